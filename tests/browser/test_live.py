"""A debate fed in chunks by a script, followed by two editors, one on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.live import decisions, streams
from claims.live.streams import Chunk
from claims.matching import index
from claims.models import Claim, LiveSentence
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.browser.conftest import PHONE, no_serious_barriers
from tests.claims.live_cases import DEBATE, KNOWN, LAST, SENTENCES, debate, read, send
from tests.workers import Workers

pytestmark = pytest.mark.django_db(transaction=True)
SEEN = 10_000  # ms within which all of it is shown


def test_a_debate_is_followed_and_decided_while_it_is_heard(
    open_page: Callable[..., Page], workers: Workers, desk: Desk, checker: User, editor: User
) -> None:
    factories.claim(checker, text=KNOWN)
    index.update_due()
    stream = debate(desk, checker)
    workers.start()
    place = f"/admin/claims/livestream/{stream.pk}/change/"
    phone = open_page("checker", PHONE, at=place, has_touch=True)
    desktop = open_page("editor", at=place)
    expect(phone.get_by_text("Nothing was heard yet.")).to_be_visible()
    for chunk in DEBATE:
        streams.add_chunk(stream, chunk, by=checker)
    for page in (phone, desktop):
        expect(page.locator(".sentence")).to_have_count(5, timeout=3 * SEEN)
        expect(page.locator("#sentence-2 .differences")).to_contain_text("40 boats there")
        assert page.locator(".sentence .said").first.text_content() == LAST
    expect(phone.get_by_text("Nothing was heard yet.")).to_have_count(0)
    no_serious_barriers(phone)
    sizes = phone.eval_on_selector_all(
        ".decide .button", "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert sizes and min(sizes) >= 44

    # One key at the desk, one thumb on the phone, and each sees the other's.
    desktop.locator("#sentence-2").focus()
    desktop.keyboard.press("a")
    expect(phone.locator("#sentence-2")).to_contain_text("Accepted by editor", timeout=SEEN)
    phone.locator("#sentence-1").get_by_role("button", name="Dismiss").tap()
    expect(desktop.locator("#sentence-1")).to_contain_text("Dismissed by checker", timeout=SEEN)
    assert Claim.objects.get(live_sentences__number=2).text == SENTENCES[1]

    # A page that is loaded anew has lost nothing, and has nothing twice.
    phone.reload()
    expect(phone.locator(".sentence")).to_have_count(5)
    expect(phone.locator("#sentence-2")).to_contain_text("Accepted by editor")
    streams.end(stream, by=checker)
    expect(phone.get_by_role("link", name="Go to the article")).to_be_visible(timeout=3 * SEEN)
    assert LiveSentence.objects.filter(stream=stream).count() == 5


def test_without_a_script_each_button_loads_the_page_anew(
    open_page: Callable[..., Page], desk: Desk, checker: User
) -> None:
    stream = debate(desk, checker)
    send(stream, checker, Chunk("It rose by 12 percent."), Chunk("Good evening."))
    read(stream)
    place = f"/admin/claims/livestream/{stream.pk}/change/"
    page = open_page("checker", at=place, java_script_enabled=False)
    page.locator("#sentence-1").get_by_role("button", name="Accept").click()
    expect(page.locator("#sentence-1")).to_contain_text("Accepted by checker")
    decisions.dismiss(stream.sentences.get(number=2), by=checker)
    page.reload()
    expect(page.locator("#sentence-2")).to_contain_text("Dismissed by checker")
