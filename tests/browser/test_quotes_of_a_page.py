"""A page with all that goes wrong between a page and its copy, cited as evidence: true
quotes are marked in it, others are not found; and a scan quoted by page. The title
looks like that of an error page; the way to it wants a cookie back, and a refresh.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from sources.models import Capture, Link
from sources.watching import link_checks
from tests import factories, files
from tests.browser.conftest import PHONE, no_serious_barriers
from tests.sources.internal_services import Visit, serving

Open = Callable[..., Page]
TITLE = "Not found: 3,150 boats and their owners"
WORDS = "Заседание совета порта состоялось в понедельник, сообщил секретарь. "
PAGE = f"""<!doctype html><!-- <meta charset="utf-8"> --><html lang="en"><head>
<meta charset="cp1251"><title>{TITLE}</title></head><body>
<article><h1>{TITLE}</h1><p>{WORDS * 4}</p>
<p>The board counted 3,150<sup>1</sup> boats and 10<sup>9</sup> crabs in the bay, it said on Monday.
The loss of the year was <del>11.5</del> <ins>12.5</ins> million crowns<a href="#n2">2</a>.
<span style="display:none">The harbour master resigned.</span> Of the quay, 70 m<sup>2</sup> are
closed, which is <b aria-hidden="true">2<sup>1</sup>/<sub>2</sub></b> times the share of last year.</p>
<p>{WORDS * 4}</p><p id="n2"><sup>2</sup> Not counting the tugs.</p></article></body></html>"""
BODY = PAGE.encode("cp1251").replace("секретарь".encode("cp1251"), b"\x98\xf1\xe5\xea\xf0", 1)
ONWARD = b"""<!doctype html><title>One moment</title>
<meta http-equiv="refresh" content="0; url='/boats/2024'"><p>You are taken to the page.</p>"""

FOUND = (
    "counted 3,150 boats and 10⁹ crabs",
    "loss of the year was 12.5 million crowns. Of the quay",
)
NEAR = ("counted 3,1501 boats and 109 crabs", "The loss of the year was 11.5 million crowns")
MISSING = "A storm drowned the fishermen of the northern villages"


@pytest.fixture
def claim(live_server: object, checker: User) -> Claim:
    made = factories.claim(checker, text="The port has 3,150 boats.")
    apply(made, Action.TAKE, by=checker)
    return made


@pytest.fixture
def address(settings: Any) -> Iterator[str]:
    def answer(visit: Visit) -> None:
        """Let in whoever brings the cookie back, and on by a refresh in the page."""
        if b"Cookie: seen=1" not in visit.request:
            headers = (f"Location: {visit.path}", "Set-Cookie: seen=1; Path=/")
            visit.answer(b"", status=302, headers=headers)
        elif visit.path == "/boats":
            visit.answer(ONWARD, headers=("Content-Type: text/html",))
        else:
            visit.answer(BODY, headers=("Content-Type: text/html",))

    with serving(answer) as site:
        settings.FETCH_PORTS = frozenset({site.port})
        yield f"{site.url}/boats"


def _workbench(claim: Claim) -> str:
    return f"/admin/claims/claim/{claim.pk}/change/"


def _attach(page: Page, address: str, quote: str) -> None:
    form = page.locator("#source")
    if form.get_attribute("open") is None:
        form.get_by_text("Add a source: a web page").click()
    form.get_by_label("URL").fill(address)
    form.get_by_label("refutes the claim").check()
    form.get_by_label("Quote").fill(quote)
    form.get_by_role("button", name="Attach").click()


def test_true_quotes_are_marked_in_the_copy_and_false_ones_are_not_there(
    claim: Claim, address: str, open_page: Open
) -> None:
    page = open_page("checker", at=_workbench(claim))
    for number, quote in enumerate((*FOUND, *NEAR, MISSING), 1):
        _attach(page, address, quote)
        expect(page.locator(f"#evidence-{number}")).to_be_visible()
        if number == 1:
            assert link_checks.check(Link.objects.get().pk)
            page.reload()
    expect(page.locator("#evidence-1 mark")).to_have_text("counted 3,150¹ boats and 10⁹ crabs")
    expect(page.locator("#evidence-2 mark")).to_contain_text("12.5 million crowns")
    for number in (3, 4):
        item = page.locator(f"#evidence-{number}")
        expect(item.locator("mark")).to_have_count(0)
        expect(item.locator(".says q")).to_contain_text("The ")
        expect(item.get_by_role("link", name="Use this quote")).to_be_visible()
    last = page.locator("#evidence-5")
    expect(last).to_contain_text("Nothing like it stands on the page.")
    expect(last.get_by_role("link", name="Use this quote")).to_have_count(0)
    expect(page.locator("#evidence-1")).to_contain_text("redirected")
    assert Capture.objects.get().title == TITLE
    no_serious_barriers(page)

    page.locator("#evidence-2").get_by_role("link", name="captured").click()
    copy = page.get_by_label("Captured text")
    expect(copy.locator("mark")).to_contain_text("12.5 million crowns")
    for words in ("Заседание совета порта", "70 m² are", "2½ times", "\ufffd"):
        expect(copy).to_contain_text(words)
    for words in ("11.5", "harbour master", "3,1501", "109"):
        expect(copy).not_to_contain_text(words)
    no_serious_barriers(page)


def test_a_scan_is_quoted_by_page(claim: Claim, open_page: Open) -> None:
    scan: FilePayload = {
        "name": "minutes.pdf",
        "mimeType": "application/pdf",
        "buffer": files.pdf("The minutes of the board, as printed.", "", ""),
    }
    page = open_page("checker", PHONE, at=_workbench(claim))
    page.get_by_text("Attach a file").click()
    form = page.locator("#file")
    form.get_by_label("refutes the claim").check()
    form.get_by_label("Quote").fill("The port sold 40 boats")
    form.get_by_label("Publisher").fill("Port of Largo")
    form.get_by_label("Transcript").fill("Page 3\nThe port sold 40 boats, the board noted.")
    form.get_by_label("File", exact=True).set_input_files(scan)
    form.get_by_role("button", name="Attach file").click()
    item = page.locator("#evidence-1")
    expect(item).to_contain_text("page 3")
    expect(item).to_contain_text("Typed by the checker, not read from the file: page 3.")
    expect(item.locator("mark")).to_have_text("The port sold 40 boats")
    no_serious_barriers(page)
