"""What a person is typing is never stored in the browser: it waits for them on the
server, and no colleague at the same tab finds it.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import log_out

Open = Callable[..., Page]
STORED = "JSON.stringify({...sessionStorage})"
EVERYWHERE = "JSON.stringify([{...sessionStorage}, {...localStorage}])"


@pytest.fixture
def claim(live_server: object, checker: User, editor: User) -> Claim:
    factories.scale()
    return factories.ready(checker, text="The city planted 900 trees.")


def _typed(page: Page, claim: Claim) -> None:
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.get_by_label("Explanation").fill("Half a thought")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    assert "Half a thought" not in page.evaluate(EVERYWHERE)
    # As an extension or an older version may have left it.
    page.evaluate("sessionStorage.setItem('draft', 'Half a thought')")


def test_signing_out_empties_the_storage_of_every_tab(claim: Claim, open_page: Open) -> None:
    page = open_page("checker")
    other = page.context.new_page()
    for tab in (page, other):
        _typed(tab, claim)
    log_out(page)
    page.wait_for_load_state()
    assert page.evaluate(STORED) == other.evaluate(STORED) == "{}"
    page.go_back()
    expect(page.get_by_text("Half a thought")).to_have_count(0)


def test_who_signs_in_at_the_same_tab_later_finds_no_draft(claim: Claim, open_page: Open) -> None:
    page = open_page("checker")
    _typed(page, claim)
    page.reload()
    expect(page.get_by_label("Explanation")).to_have_value("Half a thought")
    # The session ended by itself, and somebody else signed in.
    page.context.clear_cookies()
    page.context.add_cookies(open_page("editor").context.cookies())
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    expect(page.get_by_label("Explanation")).not_to_have_value("Half a thought")
    expect(page.locator(".restored")).to_have_count(0)
    assert "Half a thought" not in page.content()
