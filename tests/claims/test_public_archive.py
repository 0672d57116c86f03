"""Cited pages of published verdicts in the Internet Archive: asked for by its protocol,
once, politely, and never before they are public.
"""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import connections
from django.test import Client

from claims.choices import Action
from claims.models import Claim, PublicChange
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import User
from sources import public_archive
from sources.models import Link, PublicCopy
from tests import factories
from tests.sources.internal_services import Visit, serving

pytestmark = pytest.mark.django_db
JOB = {"url": "", "job_id": "spn2-7"}
PENDING = {"status": "pending", "resources": []}
DONE = {"status": "success", "timestamp": "20260504101500", "original_url": "http://other.example"}


@dataclass
class Archive:
    """Answers as the test says, the last one again and again."""

    answers: list[tuple[int, Any]] = field(default_factory=lambda: [(200, JOB)])
    headers: tuple[str, ...] = ()
    got: list[tuple[str, str, str]] = field(default_factory=list)

    def answer(self, visit: Visit) -> None:
        head, _, body = visit.request.partition(b"\r\n\r\n")
        method, path, _version = head.decode().splitlines()[0].split()
        if b"Content-Length" in head and not body:
            body = visit.connection.recv(65_536)
        assert b"Authorization: LOW access:secret" in head
        self.got.append((method, path, body.decode()))
        status, said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        words = said if isinstance(said, str) else json.dumps(said)
        visit.answer(words.encode(), status=status, headers=self.headers)


@pytest.fixture
def archive(settings: Any) -> Iterator[Archive]:
    made = Archive()
    with serving(made.answer) as server:
        settings.FETCH_PORTS = frozenset({server.port})
        settings.PUBLIC_ARCHIVE, settings.PUBLIC_ARCHIVE_KEYS = server.url, "access:secret"
        yield made


def _tried(*, anew: bool = True) -> list[PublicCopy]:
    """Each copy one step further; `anew` as if the others were long ago."""
    rows = PublicCopy.objects.order_by("pk")
    rows.filter(job_state=JobState.WAITING).update(next_attempt_at=clock.now())
    for row in rows:
        if anew:
            rows.update(sent_at=None, refused_at=None)
        public_archive.archive(row.pk)
    return list(rows.all())


def test_what_is_published_is_asked_for_and_shown(
    archive: Archive, checker: User, editor: User, approved: Claim
) -> None:
    assert not PublicCopy.objects.exists(), "Nobody may learn what an unpublished claim cites."
    apply(approved, Action.PUBLISH, by=editor)
    address = approved.evidence.get(number=1).link.url
    archive.answers = [(200, JOB), (200, JOB), (200, PENDING), (200, PENDING), (200, DONE)]
    first, second = _tried()
    assert {first.job, second.job} == {"spn2-7"} and first.job_state == JobState.WAITING
    _tried()
    before = PublicChange.objects.version()
    done, _ = _tried()
    assert [(method, path) for method, path, _body in archive.got[::2]] == [
        ("POST", "/save"),
        ("GET", "/save/status/spn2-7"),
        ("GET", "/save/status/spn2-7"),
    ]
    assert parse_qs(archive.got[0][2])["url"] == [address]
    # The address is made of ours: what the archive calls it is not believed.
    assert done.address.endswith(f"/web/20260504101500/{address}")
    assert done.job_state == JobState.DONE and PublicChange.objects.version() != before
    page = Client().get(f"/verdicts/{Claim.objects.get(pk=approved.pk).address}/").text
    assert f'href="{done.address}"' in page and "4 May 2026" in page
    staff = Client()
    staff.force_login(checker)
    assert done.address in staff.get(f"/admin/claims/claim/{approved.pk}/change/").text
    asked = len(archive.got)
    _tried()
    assert len(archive.got) == asked


def test_without_keys_nobody_is_asked(checker: User, editor: User) -> None:
    factories.published(checker, editor)
    assert not PublicCopy.objects.exists()


def test_a_page_is_asked_for_once_and_an_archived_one_never(
    archive: Archive, checker: User, editor: User
) -> None:
    published = factories.published(checker, editor)
    link = published.evidence.get(number=1).link
    kept, file = (
        Link.objects.create(desk=link.desk, publisher=link.publisher, url=url)
        for url in ("https://web.archive.org/web/2026/https://a.example/", "urn:sha256:" + "0" * 64)
    )
    public_archive.ask_for([link.pk, kept.pk, file.pk])
    assert PublicCopy.objects.count() == 2 and not PublicCopy.objects.filter(link=kept).exists()


@pytest.mark.parametrize("refusal", [(429, "Too many"), (503, ""), (200, "<html>Sorry</html>")])
def test_one_that_is_turned_away_waits_and_so_do_all(
    archive: Archive, checker: User, editor: User, refusal: tuple[int, str]
) -> None:
    factories.published(checker, editor)
    archive.answers, archive.headers = [refusal], ("Retry-After: 40",)
    first, second = _tried(anew=False)
    assert len(archive.got) == 1, "the second one gives it peace"
    assert first.job_state == second.job_state == JobState.WAITING
    now = clock.now()
    assert now < first.next_attempt_at <= now + timedelta(seconds=40)
    assert "archive" in first.last_error and not first.address
    long_ago = now - public_archive.GIVE_UP_AFTER - timedelta(seconds=1)
    PublicCopy.objects.update(asked_at=long_ago)
    assert _tried()[0].job_state == JobState.FAILED


def test_a_refusal_of_the_page_is_told_and_can_be_tried_again(
    archive: Archive, checker: User, editor: User
) -> None:
    factories.published(checker, editor)
    no = {"status": "error", "status_ext": "error:blocked-url", "message": "This URL is blocked."}
    archive.answers = [(200, no)]
    failed = _tried()[0]
    assert failed.job_state == JobState.FAILED and "This URL is blocked." in failed.last_error
    staff = Client()
    staff.force_login(editor)
    page = staff.get("/admin/jobs/?kind=public-copy&state=failed").text
    assert failed.link.url in page and "This URL is blocked." in page
    public_archive.ask_again(failed, by=editor)
    archive.answers = [(200, JOB)]
    assert _tried()[0].job == "spn2-7"


def test_wrong_keys_name_their_setting(archive: Archive, checker: User, editor: User) -> None:
    factories.published(checker, editor)
    archive.answers = [(401, "You need to be logged in.")]
    assert "FACTCHECK_PUBLIC_ARCHIVE_KEYS" in _tried()[0].last_error


def test_five_are_handed_over_in_a_minute(archive: Archive, checker: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    links = [factories.evidence(claim, checker, capture=False).link_id for _ in range(7)]
    public_archive.ask_for(links)
    _tried(anew=False)
    assert len(archive.got) == public_archive.A_MINUTE
    assert {row.job_state for row in PublicCopy.objects.all()} == {JobState.WAITING}


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_several_workers_hand_over_no_more(archive: Archive, checker: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    for _ in range(8):
        public_archive.ask_for([factories.evidence(claim, checker, capture=False).link_id])
    together = threading.Barrier(8)

    def work(pk: int) -> None:
        try:
            together.wait()
            public_archive.archive(pk)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work, args=[row.pk]) for row in PublicCopy.objects.all()]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(archive.got) == public_archive.A_MINUTE
