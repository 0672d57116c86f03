"""A whole check, from a suggestion to a published verdict, without a mouse: every step
is a key, pressed where the focus is.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim, Evidence
from factcheck.newsroom.models import User
from tests import factories
from tests.claims import triage_cases

pytestmark = pytest.mark.django_db(transaction=True)
SENTENCE = "The Port Evers Office counted 410 boats in 2025."
ARTICLE = re.compile(r"/article/\d+/change/")
CLAIM = re.compile(r"/claim/\d+/change/")
QUOTE = "401 boats in 2025"


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _tab_to(page: Page, name: str, *, role: str = "button", most: int = 12) -> None:
    """On by Tab until the focus is there, as people do."""
    there = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    for _step in range(most):
        if there.count() and there.first.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no {role} “{name}” within {most} Tabs")


def _attach(page: Page, url: str) -> None:
    """From the field of the address, where the focus is."""
    expect(page.locator("#source").get_by_label("URL")).to_be_focused()
    page.keyboard.type(url)
    _press(page, "Tab", "Space", "ArrowDown", "Tab")
    page.keyboard.type(QUOTE)
    _tab_to(page, "Attach")
    _press(page, "Enter")


def _captures() -> None:
    """As workers would; the page sees it by itself."""
    for item in Evidence.objects.select_related("link"):
        factories.captured(item.link, f"The yearbook counts {QUOTE}.")


def test_a_check_from_suggestion_to_published_needs_no_mouse(
    open_page: Callable[..., Page], checker: User, editor: User
) -> None:
    factories.scale()
    article = triage_cases.article(checker, SENTENCE)
    triage_cases.suggestion(article, SENTENCE, rank=0, score="0.9")
    triage_cases.read(article)

    # Triage: the article from home, its suggestion accepted, the claim opened.
    page = open_page("checker")
    _press(page, "g", "t")
    page.wait_for_url("**/article/?triage=open")
    _press(page, "j", "Enter")
    page.wait_for_url(ARTICLE)
    _press(page, "j", "a")
    expect(page.get_by_role("link", name="Open claim")).to_be_visible()
    _press(page, "o")
    page.wait_for_url(CLAIM)

    # The checker takes it, cites two sources and writes the verdict.
    _press(page, "m", "Enter")
    expect(page.get_by_text("in progress").first).to_be_visible()
    _press(page, "s")
    _attach(page, "https://board.example/yearbook")
    expect(page.get_by_text("Evidence 1 attached.")).to_be_visible()
    _attach(page, "https://statistics.example/table-7")
    expect(page.get_by_text("Evidence 2 attached.")).to_be_visible()
    _captures()
    _press(page, "v", "Space", "Tab")
    page.keyboard.type("It was 401 boats, says the yearbook.")
    _press(page, "Tab")
    page.keyboard.type("The yearbook counts **401** boats.")
    _tab_to(page, "Save verdict", most=15)
    _press(page, "Enter")
    expect(page.get_by_text("Verdict saved as revision 1.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign and submit")).to_be_enabled()
    _press(page, "m")
    expect(page.get_by_role("button", name="Sign and submit")).to_be_focused()
    _press(page, "Enter")
    expect(page.get_by_text("in review").first).to_be_visible()

    # The editor finds it first on the home screen, reads, and publishes.
    page = open_page("editor")
    _press(page, "j", "Enter")
    page.wait_for_url(CLAIM)
    _press(page, "m", "Enter")
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    _press(page, "m")
    expect(page.get_by_role("button", name="Approve and publish")).to_be_focused()
    _press(page, "Enter")
    expect(page.get_by_text("published").first).to_be_visible()
    assert Claim.objects.get().status == "published"
