"""A claim file on paper: what is known and who did what, and nothing to press."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.desk.queries import Question, open_query
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
UPRIGHT, SIDEWAYS = (794, 1123), (1123, 794)  # A4 at 96 dots an inch
PRESSED = (
    "button, .button, input:not([type=hidden]), select, textarea, summary, #header, .breadcrumbs"
)


@pytest.mark.parametrize(("stage", "paper"), [("ready", UPRIGHT), ("submitted", SIDEWAYS)])
def test_a_claim_file_is_printed_whole_and_plain(
    open_page: Callable[..., Page],
    checker: User,
    editor: User,
    stage: str,
    paper: tuple[int, int],
) -> None:
    claim = getattr(factories, stage)(checker, text="The harbour froze in May.")
    open_query(claim, by=editor, question=Question(text="Which year?"))
    at = f"/admin/claims/claim/{claim.pk}/change/"
    page = open_page("editor", paper, at=at, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("heading", name=claim.text).first).to_be_visible()
    for part in ("#claim", "#evidence", "#reader", "#queries", "#signatures", "#history"):
        expect(page.locator(part)).to_be_visible()
    evidence = claim.evidence.select_related("link").first()
    assert evidence is not None
    expect(page.locator("#evidence")).to_contain_text(evidence.link.url)
    shown = "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML)"
    assert page.locator(PRESSED).evaluate_all(shown) == []
    body = page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
    assert body == "rgb(255, 255, 255)"
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    work, history = (page.locator(name).bounding_box() for name in ("#queries", "#history"))
    assert work and history and history["y"] >= work["y"] + work["height"], "below each other"
