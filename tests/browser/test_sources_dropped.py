"""A source that is pasted or dropped anywhere fills in the form that adds it, and while
the verdict is written its evidence stands beside it.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers

pytestmark = pytest.mark.django_db(transaction=True)
PASTE = """([kind, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    if (kind === "file") data.items.add(new File(["Trees: 450"], "trees.txt"));
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
        : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
}"""


def test_what_is_pasted_or_dropped_fills_in_a_form_and_saves_nothing(
    open_page: Callable[..., Page], checker: User
) -> None:
    claim = factories.ready(checker)
    page = open_page("checker", DESKTOP)
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    source = page.locator("#source")
    page.evaluate(PASTE, ["paste", "not an address"])
    assert source.get_attribute("open") is None
    page.evaluate(PASTE, ["paste", "https://stats.example/table-4"])
    expect(source.get_by_label("URL")).to_have_value("https://stats.example/table-4")
    expect(source).to_contain_text("Nothing is saved until you attach it.")
    no_serious_barriers(page)
    # What is there is not replaced unasked.
    page.evaluate("document.activeElement.blur()")
    page.evaluate(PASTE, ["drop", "https://other.example/"])
    expect(source.get_by_label("URL")).to_have_value("https://stats.example/table-4")
    source.get_by_role("button", name="Use https://other.example/").click()
    expect(source.get_by_label("URL")).to_have_value("https://other.example/")
    page.evaluate("document.activeElement.blur()")
    page.evaluate(PASTE, ["file", ""])
    assert page.evaluate("document.querySelector('#file [type=file]').files[0].name") == "trees.txt"
    # Words pasted into a field are meant for the field.
    page.get_by_label("Short answer").focus()
    page.evaluate(PASTE, ["paste", "https://third.example/"])
    expect(source.get_by_label("URL")).to_have_value("https://other.example/")
    assert claim.evidence.count() == 2


def test_evidence_stands_beside_the_verdict_and_the_bar_in_reach(
    open_page: Callable[..., Page], checker: User
) -> None:
    claim = factories.ready(checker)
    page = open_page("checker", DESKTOP)
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.get_by_label("Explanation").focus()
    page.get_by_role("group", name="Show evidence").get_by_text("2").click()
    item, words = page.locator("#evidence-2"), page.get_by_label("Explanation")
    expect(item).to_be_in_viewport()
    expect(words).to_be_in_viewport()
    left, right = item.bounding_box(), words.bounding_box()
    assert left and right and left["x"] + left["width"] <= right["x"]
    bar = page.locator("#bar")
    expect(bar.get_by_role("button", name="Sign and submit")).to_be_in_viewport()
    # Going backwards with Tab the bar covers nothing that has the focus.
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(
            "document.activeElement.closest('#bar') !== null ||"
            " document.activeElement.getBoundingClientRect().bottom >"
            " document.getElementById('bar').getBoundingClientRect().bottom"
        )
    page = open_page("checker", PHONE)
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    box = page.locator("#bar").bounding_box()
    assert box and box["y"] > PHONE[1] * 0.85
    no_serious_barriers(page)
