"""Each desk has one long text read at a time: its others wait, and the texts of other
desks, and its own short ones, do not.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from claims.intake import extraction_jobs
from claims.intake.extraction_jobs import extract
from claims.models import Extraction
from factcheck.ledger import clock, due_work
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture(autouse=True)
def lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction_jobs, "LONG_TEXT", 2_000)


def _job(by: User, number: int, *, long: bool, on: Desk | None = None) -> Extraction:
    sentence = f"In {number} the city planted 600 trees. "
    article = factories.article(by, on, text=sentence * (100 if long else 2))
    return Extraction.objects.get(version__article=article)


def _running(job: Extraction) -> None:
    assert due_work.lease(Extraction, job.pk) is not None


def _state(job: Extraction) -> str:
    job.refresh_from_db()
    return job.job_state


def test_a_second_long_text_of_the_desk_waits_and_loses_no_attempt(checker: User) -> None:
    first, second = (_job(checker, number, long=True) for number in (1, 2))
    _running(first)
    assert extract(second.pk) is False
    assert _state(second) == JobState.WAITING and second.attempts == 0
    assert second.next_attempt_at is not None


def test_it_is_read_once_the_first_is_done(checker: User) -> None:
    first, second = (_job(checker, number, long=True) for number in (1, 2))
    assert extract(first.pk) and extract(second.pk)
    assert _state(second) == JobState.DONE


def test_other_desks_and_short_texts_do_not_wait(checker: User) -> None:
    other = factories.person("elsewhere", factories.desk("Sports"), "checker")
    _running(_job(checker, 1, long=True))
    assert extract(_job(checker, 2, long=False).pk)
    assert extract(_job(other, 3, long=True).pk)


def test_a_worker_that_died_does_not_hold_the_desk_for_ever(checker: User) -> None:
    first, second = (_job(checker, number, long=True) for number in (1, 2))
    _running(first)
    Extraction.objects.filter(pk=first.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    assert extract(second.pk)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    keys: list[int] = []

    def send(task: str, pk: int, **_how: Any) -> bool:
        if task == Extraction.task_name:
            keys.append(pk)
        return True

    monkeypatch.setattr("factcheck.ledger.nudge.send", send)
    yield keys


def test_the_next_one_is_nudged_whether_the_first_was_read_or_not(
    checker: User, sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (_job(checker, number, long=True) for number in (1, 2, 3))
    sent.clear()
    extract(first.pk)
    assert sent == [second.pk]
    monkeypatch.setattr(extraction_jobs, "_read", lambda job: 1 / 0)
    extract(second.pk)
    assert sent == [second.pk, third.pk]


def test_of_many_at_once_one_is_read(checker: User, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [_job(checker, number, long=True) for number in range(5)]
    most = []
    real = extraction_jobs._read

    def counting(job: Extraction) -> object:
        most.append(Extraction.objects.filter(job_state=JobState.RUNNING).count())
        return real(job)

    monkeypatch.setattr(extraction_jobs, "_read", counting)

    def read(pk: int) -> bool:
        try:
            return extract(pk)
        finally:
            connections.close_all()

    at_once(*[lambda pk=job.pk: read(pk) for job in jobs])  # type: ignore[misc]
    assert most and set(most) == {1}
