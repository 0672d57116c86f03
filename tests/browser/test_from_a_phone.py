"""What a minister said just now, typed in and published on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from claims.models import Claim, Evidence
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import PHONE, no_serious_barriers

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 8
QUOTE = "18 kilometres of track"


class Taps:
    """A thumb that counts. Words are typed where the focus is, and the
    keyboard's own keys lead on: Next as Tab, Go as Enter.
    """

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def tap(self, place: Locator) -> None:
        place.tap()
        self.count += 1

    def type(self, *words: str) -> None:
        for number, text in enumerate(words):
            if number:
                self.page.keyboard.press("Tab")
            self.page.keyboard.type(text)


def _cite(thumb: Taps, url: str) -> None:
    form = thumb.page.locator("#source")
    expect(form.get_by_label("URL")).to_be_focused()
    thumb.type(url)
    thumb.tap(form.get_by_label("refutes the claim"))
    # The quote; no finding; its place, from where the keyboard sends the form.
    thumb.page.keyboard.press("Tab")
    thumb.type(QUOTE, "", "page 7")
    thumb.page.keyboard.press("Enter")


def test_a_ministers_claim_is_published_in_eight_taps_a_person(
    open_page: Callable[..., Page], checker: User, editor: User
) -> None:
    factories.scale()
    page = open_page("checker", PHONE, has_touch=True)
    thumb = Taps(page)
    thumb.tap(page.get_by_role("link", name="Add claim"))
    expect(page.get_by_label("Claim", exact=True)).to_be_focused()
    thumb.type("We have built 40 kilometres of track.", "Vera Holm", "https://radio.example/holm")
    no_serious_barriers(page)
    thumb.tap(page.get_by_role("button", name="Create and assign to me"))

    _cite(thumb, "https://railways.example/report")
    expect(page.get_by_text("Evidence 1 attached.")).to_be_visible()
    _cite(thumb, "https://statistics.example/tracks")
    expect(page.get_by_text("Evidence 2 attached.")).to_be_visible()
    for item in Evidence.objects.select_related("link"):  # as workers would
        factories.captured(item.link, f"The railways laid {QUOTE} last year.")

    thumb.tap(page.get_by_label("accurate", exact=True))
    thumb.tap(page.get_by_label("False").first)
    page.keyboard.press("Tab")
    thumb.type("It was 18 kilometres.", "The report and the office both count **18** kilometres.")
    thumb.tap(page.get_by_role("button", name="Save verdict"))
    expect(page.get_by_text("Verdict saved as revision 1.")).to_be_visible()
    thumb.tap(page.get_by_role("button", name="Sign and submit"))
    expect(page.get_by_text("in review").first).to_be_visible()
    assert thumb.count <= MOST

    page = open_page("editor", PHONE, has_touch=True)
    second = Taps(page)
    second.tap(page.get_by_role("link", name="We have built 40 kilometres").first)
    second.tap(page.get_by_role("link", name="Approve and publish"))
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    no_serious_barriers(page)
    second.tap(page.get_by_role("button", name="Approve and publish"))
    expect(page.get_by_text("published").first).to_be_visible()
    assert second.count <= MOST
    assert Claim.objects.get().status == "published"
