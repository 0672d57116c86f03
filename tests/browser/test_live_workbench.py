"""While a capture is awaited the workbench renews itself: every part that speaks of it says the same, and no typed word is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claim(checker: User) -> Claim:
    """In work, with two sources that no worker has fetched yet."""
    made = factories.claim(checker)
    factories.scale()
    apply(made, Action.TAKE, by=checker)
    for _ in range(2):
        factories.evidence(made, checker, quote="planted half of them", capture=False)
    return made


def test_all_counts_of_sources_follow_the_captures(claim: Claim, open_page: Callable[..., Page]) -> None:
    page = open_page("checker")
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    counts = (page.locator(".bench-head .line"), page.locator("#evidence header"), page.locator("#moves"))
    for count, says in zip(counts, ("0 independent sources", "0 independent, 2 needed", "0 of 2 independent sources"), strict=True):
        expect(count).to_contain_text(says)
    page.get_by_label("Short answer").fill("It planted half.")

    for item in claim.evidence.select_related("link"):
        factories.captured(item.link, "The register says that it planted half of them.")

    expect(counts[0]).to_contain_text("2 independent sources")
    expect(counts[1]).to_contain_text("2 independent, 2 needed")
    expect(counts[2]).not_to_contain_text("independent sources")
    expect(page.get_by_label("Short answer")).to_have_value("It planted half.")
