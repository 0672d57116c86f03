"""While a capture is awaited the workbench updates automatically: every part that
speaks of it says the same, and no typed word is lost.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.ledger import clock
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


def test_all_counts_of_sources_follow_the_captures(
    claim: Claim, open_page: Callable[..., Page]
) -> None:
    page = open_page("checker", at=f"/admin/claims/claim/{claim.pk}/change/")
    counts = (
        page.locator(".bench-head .line"),
        page.locator("#evidence header"),
        page.locator("#moves"),
    )
    for count, says in zip(
        counts,
        ("0 independent sources", "0 independent, 2 needed", "0 of 2 independent sources"),
        strict=True,
    ):
        expect(count).to_contain_text(says)
    page.get_by_label("Short answer").fill("It planted half.")

    _captured(claim)

    expect(counts[0]).to_contain_text("2 independent sources")
    expect(counts[1]).to_contain_text("2 independent, 2 needed")
    expect(counts[2]).not_to_contain_text("independent sources")
    expect(page.get_by_label("Short answer")).to_have_value("It planted half.")


def test_after_a_refusal_the_page_still_renews_itself(
    claim: Claim, open_page: Callable[..., Page]
) -> None:
    page = open_page("checker", at=f"/admin/claims/claim/{claim.pk}/change/")
    source = page.locator("#source")
    if not source.get_by_label("URL").is_visible():
        page.locator("summary", has_text="Add a source").click()
    source.get_by_label("URL").fill("https://third.example/page")
    page.get_by_role("button", name="Attach", exact=True).click()
    expect(page.get_by_text("Not saved. Fix the errors")).to_be_visible()

    _captured(claim)

    expect(page.locator("#evidence header")).to_contain_text("2 independent, 2 needed")
    expect(source.get_by_label("URL")).to_have_value("https://third.example/page")


def test_what_a_person_has_in_hand_holds_all_of_it_until_they_let_go(
    claim: Claim, open_page: Callable[..., Page]
) -> None:
    page = open_page("checker", at=f"/admin/claims/claim/{claim.pk}/change/")
    fold = page.locator("#evidence-1 summary", has_text="Withdraw")
    fold.click()
    page.mouse.click(5, 5)

    with page.expect_response(lambda answer: answer.url.endswith("/change/")):
        _captured(claim)
    page.wait_for_timeout(4_000)  # longer than it waits between two looks
    expect(page.locator("#evidence header")).to_contain_text("0 independent, 2 needed")
    expect(page.locator("#moves")).to_contain_text("0 of 2 independent sources")

    fold.click()
    page.mouse.click(5, 5)
    expect(page.locator("#evidence header")).to_contain_text("2 independent, 2 needed")
    expect(page.locator("#moves")).not_to_contain_text("independent sources")


def test_a_change_by_somebody_else_is_told(
    claim: Claim, editor: User, open_page: Callable[..., Page]
) -> None:
    page = open_page("checker", at=f"/admin/claims/claim/{claim.pk}/change/")
    expect(page.locator("#evidence .waiting")).to_contain_text("updates automatically")
    factories.written(claim, editor)
    expect(page.locator("#evidence .waiting")).to_contain_text("Someone changed this claim.")
    page.get_by_role("link", name="Reload to see it.").click()
    expect(page.locator("#evidence .waiting")).to_contain_text("updates automatically")
    expect(page.get_by_label("Short answer")).to_have_value("It planted fewer.")


def _captured(claim: Claim) -> None:
    """Both sources, as a worker would leave them."""
    for item in claim.evidence.select_related("link"):
        factories.captured(item.link, "The register says that it planted half of them.")
        item.link.next_attempt_at = clock.now() + timedelta(days=7)
        item.link.save(update_fields=["next_attempt_at"])
