"""A PDF behind an address: read by a process of its own, page by page, with few at
once; what cannot be read is said.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from sources import process_slots, response_bodies
from sources.choices import LinkState
from sources.cited_links import cite
from sources.models import Link
from sources.process_slots import BusyError, slot
from sources.response_bodies import read_body, read_document
from sources.watching import link_checks
from tests import files
from tests.sources.internal_services import Visit, serving

PAGES = (
    "The council met on Monday.",
    "It planted 14 saplings in the park.",
    "Signed: the park office.",
)


@dataclass
class Site:
    url: str = ""
    body: bytes = files.pdf(*PAGES)

    def answer(self, visit: Visit) -> None:
        visit.answer(self.body, headers=("Content-Type: application/pdf",))


@pytest.fixture
def site(settings: object) -> Iterator[Site]:
    made = Site()
    with serving(made.answer) as victim:
        settings.FETCH_PORTS = frozenset({victim.port})  # type: ignore[attr-defined]
        made.url = f"{victim.url}/minutes.pdf"
        yield made


@pytest.fixture
def link(site: Site, desk: Desk, checker: User) -> Link:
    return cite(site.url, desk=desk, by=checker)


def _check(link: Link) -> bool:
    Link.objects.filter(pk=link.pk).update(next_attempt_at=clock.now())
    done = link_checks.check(link.pk)
    link.refresh_from_db()
    return done


def test_a_quote_is_on_the_page_on_which_it_begins() -> None:
    read = read_document(files.pdf(*PAGES))
    assert [read.text[start:].split(" ", 1)[0] for start in read.pages] == ["The", "It", "Signed:"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (files.pdf(""), "only images"),
        (files.locked_pdf("Secret"), "password"),
        (b"%PDF-1.4\nnothing of the kind", "damaged"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(body: bytes, message: str) -> None:
    page = read_body(body, url="https://a.example/x.pdf", content_type="application/pdf")
    assert page.text == "" and message in page.note


def test_a_page_of_the_web_is_read_as_before_whatever_it_calls_itself() -> None:
    page = read_body(
        b"<!doctype html><p>Words of a page.</p>",
        url="https://a.example/",
        content_type="text/html",
    )
    assert (page.text, page.pages) == ("Words of a page.", ())


@pytest.mark.django_db
def test_it_becomes_a_copy_with_its_pages_and_its_record(link: Link) -> None:
    assert _check(link)
    copy = link.latest_capture
    assert (link.state, copy.content_type, bool(copy.warc_sha256)) == (
        LinkState.OK,
        "application/pdf",
        True,
    )
    assert (
        copy.page_of("14 saplings") == 2
        and copy.page_of("Signed") == 3
        and copy.page_of("not there") == 0
    )


@pytest.mark.django_db
def test_one_that_cannot_be_read_leaves_the_reason_on_the_link(link: Link, site: Site) -> None:
    site.body = files.locked_pdf("Secret")
    assert _check(link)
    assert (link.state, link.latest_capture) == (LinkState.OK, None) and "password" in link.reason


@pytest.mark.django_db
def test_while_too_many_are_read_the_check_is_repeated_and_says_nothing_of_the_link(
    link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(response_bodies, "PATIENCE", 0)
    with slot("pdf", places=1, seconds=0), slot("pdf", places=2, seconds=0):
        assert _check(link) is False
    assert (link.state, link.job_state) == (
        LinkState.UNCHECKED,
        JobState.WAITING,
    ) and "busy" in link.last_error
    assert _check(link)


def test_only_so_many_hold_a_place_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_slots, "_folder", lambda: tmp_path)
    inside, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal inside, most
        with slot("x", places=2, seconds=60):
            with lock:
                inside += 1
                most = max(most, inside)
            sum(1 for _ in tmp_path.iterdir())
            with lock:
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inside == 0 and 1 <= most <= 2
    with slot("x", places=1, seconds=0), pytest.raises(BusyError), slot("x", places=1, seconds=0):
        pass
    with slot("x", places=1, seconds=0):  # given back
        pass
