"""A source turns out wrong: an editor finds what stands on it, has all of it looked at
again, and decides.
"""

import os
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from factcheck.newsroom.models import User
from sources.models import Link
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers
from tests.claims.recheck_cases import TABLE, WRONG, published_citing, shelved

pytestmark = pytest.mark.django_db(transaction=True)


def _seen(page: Page, name: str) -> None:
    no_serious_barriers(page)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_from_a_wrong_source_to_the_last_decision(
    open_page: Callable[..., Page], checker: User, editor: User, size: tuple[int, int], scheme: str
) -> None:
    claims = [published_citing(checker, editor), published_citing(checker, editor)]
    page = open_page(
        "editor",
        size,
        color_scheme=scheme,
        at=reverse("admin:sources_link_change", args=[Link.objects.get(url=TABLE).pk]),
    )
    page.locator("summary", has_text="Request recheck of all").click()
    _seen(page, f"link-{scheme}")
    page.get_by_label("Problem").fill(WRONG)
    page.get_by_role("button", name="Request recheck of all").click()
    expect(page.get_by_text("2 rechecks opened.")).to_be_visible()
    _seen(page, f"uses-{scheme}")
    page.goto(reverse("admin:claims_claim_change", args=[claims[0].pk]))
    expect(page.get_by_text(WRONG)).to_be_visible()
    _seen(page, f"bench-{scheme}")
    page.get_by_role("link", name="Open recheck").click()
    _seen(page, f"review-{scheme}")
    page.get_by_label("Reason the verdict is unaffected").fill("It cites another table.")
    page.get_by_role("button", name="Unaffected").click()
    expect(page.get_by_text("It cites another table.")).to_be_visible()
    page.goto("/admin/")
    expect(page.get_by_text("Rechecks due")).to_be_visible()
    page.get_by_role("link", name=str(claims[1])).first.click()
    page.get_by_role("link", name="Correct verdict …").click()
    expect(page.get_by_label("What was wrong")).to_have_value(WRONG)
    page.goto(reverse("admin:claims_recheck_changelist"))
    _seen(page, f"list-{scheme}")


def test_a_reader_is_told_until_when_it_holds(
    open_page: Callable[..., Page], checker: User, editor: User
) -> None:
    claim = shelved(checker, editor, days=30)
    page = open_page("", PHONE)
    page.goto(f"/verdicts/{claim.address}/")
    expect(page.get_by_text("Next recheck by")).to_be_visible()
    _seen(page, "reader")
