"""Files and pages that attack their reader, at each door: an answer in words, in time,
and the next document is read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from sources import pdftext, readable
from sources.choices import LinkState
from sources.cited_links import cite
from sources.ingest import fetch_article, submit_url
from sources.models import Article, ArticleFetch, Capture
from sources.sandbox import Limits
from sources.watching import link_checks
from tests import factories, files
from tests import hostile_files as hostile
from tests.project.api import Api, is_problem
from tests.reader import Reader
from tests.shared_rows import shared
from tests.sources.internal_services import Visit, serving

pytestmark = pytest.mark.django_db
WORDS = "Words of the page, 42 of them."
SECONDS = 60  # on a machine that others use; the reader has 20

PAGES = {
    "deep": lambda: hostile.DEEP,
    "table": lambda: hostile.TABLE,
    "entities": lambda: hostile.ENTITIES,
    "a file as entity": lambda: hostile.ENTITY_OF_A_FILE,
    "one line": lambda: hostile.one_line(15),
}
PDFS: dict[str, Callable[[], bytes]] = {
    "flate": lambda: hostile.flate_pdf(megabytes=200),
    "flate in flate": lambda: hostile.zeros_pdf(megabytes=500),
    "nested pages": hostile.nested_objects_pdf,
    "object streams": lambda: hostile.object_streams_pdf(megabytes=200),
}

SAYS = {"stance": "refutes", "publisher": "Park office", "title": "Minutes"}


@shared
def claim(checker: User) -> Claim:
    made = factories.claim(checker)
    apply(made, Action.TAKE, by=checker)
    return made


@pytest.fixture
def served(settings: Any) -> Iterator[Callable[[bytes], str]]:
    sent = [b""]

    def answer(visit: Visit) -> None:
        kind = "application/pdf" if sent[0].startswith(b"%PDF") else "text/html"
        visit.answer(sent[0], headers=(f"Content-Type: {kind}",))

    with serving(answer) as site:
        settings.FETCH_PORTS = frozenset({site.port})

        def serve(body: bytes) -> str:
            sent[0] = body
            return f"{site.url}/document"

        yield serve


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS


def _sent_by_api(claim: Claim, by: User, body: bytes) -> Any:
    return Api(by).send(
        f"claims/{claim.public_id}/files/",
        {**SAYS, "quote": WORDS, "file": SimpleUploadedFile("minutes", body)},
    )


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_read_for_its_words_by_the_api(kind: str, claim: Claim, checker: User) -> None:
    answer = _sent_by_api(claim, checker, PAGES[kind]())
    assert answer.status_code == 201
    assert WORDS in Capture.objects.get().text and "root:" not in Capture.objects.get().text


@pytest.mark.parametrize("kind", ["deep", "table", *PDFS])
def test_the_workbench_reads_it_or_says_why_not(
    kind: str, client: Reader, claim: Claim, checker: User
) -> None:
    client.force_login(checker)
    answer = client.post(
        reverse("admin:claims_claim_file", args=[claim.pk]),
        {**SAYS, "quote": WORDS, "file": SimpleUploadedFile("minutes", {**PAGES, **PDFS}[kind]())},
    )
    if kind in PAGES:
        assert answer.status_code == 302 and WORDS in Capture.objects.get().text
    else:
        assert answer.status_code == 400 and "to a new PDF" in answer.content.decode()
        assert WORDS in answer.content.decode()  # what was typed is kept
        assert not Capture.objects.exists()


@pytest.mark.parametrize("kind", PDFS)
def test_a_pdf_is_refused_in_words_by_the_api(kind: str, claim: Claim, checker: User) -> None:
    answer = _sent_by_api(claim, checker, PDFS[kind]())
    assert is_problem(answer, 400) and "to a new PDF" in answer.text
    assert not Capture.objects.exists()


def test_of_ten_thousand_pages_the_first_are_read(claim: Claim, checker: User) -> None:
    assert _sent_by_api(claim, checker, hostile.many_pages_pdf()).status_code == 201
    assert Capture.objects.get().note == "Only the first 500 of 10000 pages were read as text."


@pytest.mark.parametrize("kind", [*PAGES, *PDFS])
def test_a_link_is_checked_and_says_what_could_not_be_read(
    kind: str, served: Callable[[bytes], str], desk: Desk, checker: User
) -> None:
    link = cite(served({**PAGES, **PDFS}[kind]()), desk=desk, by=checker)
    assert link_checks.check(link.pk)
    link.refresh_from_db()
    if link.latest_capture:
        assert WORDS in link.latest_capture.text
    else:  # refused, or larger than a fetch may be
        assert link.reason
    assert (link.job_state, link.attempts) == (JobState.WAITING, 0)
    assert link.next_attempt_at > clock.now()  # not again at once


@pytest.mark.parametrize("kind", ["deep", "table", "entities", *PDFS])
def test_an_article_is_fetched_or_says_what_could_not_be_read(
    kind: str, served: Callable[[bytes], str], desk: Desk, checker: User
) -> None:
    submit_url(desk, by=checker, url=served({**PAGES, **PDFS}[kind]()))
    job = ArticleFetch.objects.get()
    fetch_article(job.pk)
    job.refresh_from_db()
    if kind in PDFS:
        assert job.job_state == JobState.FAILED and "to a new PDF" in job.last_error
        assert not fetch_article(job.pk)
    else:
        assert WORDS in Article.objects.get().versions.get().text


@pytest.mark.parametrize("kind", ["deep", "table", "entities"])
def test_a_pasted_page_becomes_its_words(kind: str, client: Reader, checker: User) -> None:
    client.force_login(checker)
    client.post("/admin/sources/article/add/", {"text": PAGES[kind]().decode()})
    assert WORDS in Article.objects.get().versions.get().text


def test_what_takes_too_long_is_refused_at_each_door(
    client: Reader,
    claim: Claim,
    checker: User,
    desk: Desk,
    served: Callable[[bytes], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(readable, "LIMITS", Limits(0, readable.LIMITS.memory))
    monkeypatch.setattr(pdftext, "SECONDS", 0)
    page = b"<!doctype html><p>Words of a page."
    for body, words in ((page, "too much time or memory"), (files.pdf("Words."), "too long")):
        answer = _sent_by_api(claim, checker, body)
        assert is_problem(answer, 400) and words in answer.text
        link = cite(served(body) + words[-4:], desk=desk, by=checker)
        assert link_checks.check(link.pk)
        link.refresh_from_db()
        assert (link.state, link.latest_capture) == (LinkState.OK, None) and words in link.reason
    client.force_login(checker)
    answer = client.post("/admin/sources/article/add/", {"text": page.decode()})
    assert "too much time or memory" in answer.content.decode()
    assert page.decode().split(">")[-1] in answer.content.decode()  # what was typed is kept
