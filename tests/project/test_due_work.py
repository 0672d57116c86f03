"""Work as rows: leases, fencing, poison, and nudges that get lost."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.models import Extraction, Suggestion
from factcheck.ledger import clock, due_work
from factcheck.ledger.due_work import JobState, PermanentWorkError
from factcheck.newsroom.models import Desk, User
from sources.cited_links import cite
from sources.models import Link
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(checker: User) -> Extraction:
    factories.article(checker)
    return Extraction.objects.get()


def _nothing(row: Extraction, result: object) -> None:
    """An effect that is none."""


def test_one_row_is_claimed_once(job: Extraction) -> None:
    assert isinstance(due_work.lease(Extraction, job.pk), uuid.UUID)
    assert due_work.lease(Extraction, job.pk) is None


def test_a_lease_that_ran_out_is_claimed_again(job: Extraction) -> None:
    first = due_work.lease(Extraction, job.pk)
    Extraction.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    second = due_work.lease(Extraction, job.pk)
    assert second not in {None, first}
    job.refresh_from_db()
    assert job.attempts == 2


def test_a_worker_that_lost_its_lease_writes_nothing(job: Extraction) -> None:
    written = []

    def slow(row: Extraction) -> str:
        due_work.lease(
            Extraction, row.pk, takeover=True
        )  # meanwhile somebody else was given the work
        return "late"

    assert (
        due_work.run_due(
            Extraction, job.pk, prepare=slow, store=lambda row, result: written.append(result)
        )
        is False
    )
    assert written == []


def test_an_error_is_kept_in_words_and_tried_later(
    job: Extraction, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(row: Extraction) -> None:
        raise ConnectionError("the database of names was away")

    assert due_work.run_due(Extraction, job.pk, prepare=broken, store=_nothing) is False
    job.refresh_from_db()
    assert (job.job_state, job.attempts) == (JobState.WAITING, 1)
    assert "the database of names was away" in job.last_error
    assert job.next_attempt_at > clock.now()
    assert due_work.lease(Extraction, job.pk) is None, "it must wait its time"


def test_poison_fails_after_five_attempts_and_stays_visible(
    job: Extraction, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(row: Extraction) -> None:
        raise ValueError("no such encoding")

    for _ in range(due_work.MAX_ATTEMPTS + 2):
        Extraction.objects.update(next_attempt_at=clock.now())
        due_work.run_due(Extraction, job.pk, prepare=broken, store=_nothing)
    job.refresh_from_db()
    assert (job.job_state, job.attempts) == (JobState.FAILED, due_work.MAX_ATTEMPTS)
    assert "no such encoding" in job.last_error


def test_what_recurs_is_never_given_up_for_a_trouble_of_ours(
    desk: Desk, checker: User, caplog: pytest.LogCaptureFixture
) -> None:
    def full(row: Link) -> None:
        raise OSError("the disk is full")

    link = cite("https://register.example/page", desk=desk, by=checker)
    for _ in range(due_work.MAX_ATTEMPTS):
        Link.objects.update(next_attempt_at=clock.now())
        due_work.run_due(Link, link.pk, prepare=full, store=_nothing)
    link.refresh_from_db()
    assert (link.job_state, link.attempts) == (JobState.WAITING, 0)
    assert "the disk is full" in link.last_error
    assert timedelta(hours=5) < link.next_attempt_at - clock.now() < timedelta(hours=7)


def test_many_rows_are_locked_in_the_order_of_their_keys(desk: Desk, checker: User) -> None:
    links = [
        cite(f"https://register.example/{number}", desk=desk, by=checker).pk for number in range(3)
    ]
    token = uuid.uuid4()
    Link.objects.update(lease_token=token, job_state=JobState.RUNNING, attempts=1)
    for work in (
        lambda: due_work.renew(Link, links, token),
        lambda: due_work.release(Link, links, token, seconds=0),
    ):
        with CaptureQueriesContext(connection) as queries:
            work()
        said = [query["sql"] for query in queries if "sources_link" in query["sql"]]
        assert [sql.split()[0] for sql in said] == ["SELECT", "UPDATE"]
        assert "ORDER BY 1 ASC" in said[0]
        assert connection.vendor == "sqlite" or "FOR NO KEY UPDATE" in said[0]
    assert (
        Link.objects.filter(lease_token=None, attempts=0, job_state=JobState.WAITING).count() == 3
    )


def test_a_row_whose_worker_died_every_time_becomes_failed(job: Extraction) -> None:
    for _ in range(due_work.MAX_ATTEMPTS):
        assert due_work.lease(Extraction, job.pk)
        Extraction.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert due_work.abandoned(Extraction) == []
    job.refresh_from_db()
    assert job.job_state == JobState.FAILED
    assert "died 5 times" in job.last_error


def test_what_time_cannot_heal_fails_at_once(job: Extraction) -> None:
    def hopeless(row: Extraction) -> None:
        raise PermanentWorkError("The page holds no text. Paste it instead.")

    due_work.run_due(Extraction, job.pk, prepare=hopeless, store=_nothing)
    job.refresh_from_db()
    assert (job.job_state, job.attempts, job.last_error) == (
        JobState.FAILED,
        1,
        "The page holds no text. Paste it instead.",
    )


def test_a_failing_effect_leaves_nothing_half_written(
    job: Extraction, caplog: pytest.LogCaptureFixture
) -> None:
    def half(row: Extraction, result: object) -> None:
        Extraction.objects.filter(pk=row.pk).update(suggestion_count=99)
        raise OSError("the disk is full")

    due_work.run_due(Extraction, job.pk, prepare=lambda row: None, store=half)
    job.refresh_from_db()
    assert (job.suggestion_count, job.job_state) == (None, JobState.WAITING)
    assert not Suggestion.objects.exists()


def test_a_lost_nudge_is_found_once_a_while(job: Extraction) -> None:
    assert due_work.abandoned(Extraction) == [], "its nudge may still wait in the queue"
    Extraction.objects.update(nudged_at=clock.now() - timedelta(hours=1))
    assert due_work.abandoned(Extraction) == [job.pk]
    assert due_work.abandoned(Extraction) == [], "not again before the nudge can be thought lost"


def test_what_is_due_again_is_nudged_by_the_next_sweep(job: Extraction) -> None:
    due_work.run_due(Extraction, job.pk, prepare=lambda row: 1 // 0, store=_nothing)
    Extraction.objects.update(next_attempt_at=clock.now())
    assert due_work.abandoned(Extraction) == [job.pk]


def test_run_again_is_nudged_once(job: Extraction) -> None:
    Extraction.objects.update(job_state=JobState.FAILED, next_attempt_at=None, nudged_at=None)
    job.refresh_from_db()
    due_work.request(job)
    job.save()
    assert due_work.abandoned(Extraction) == []


def test_looking_for_lost_work_waits_for_nobody(job: Extraction) -> None:
    Extraction.objects.update(nudged_at=None)
    with CaptureQueriesContext(connection) as queries:
        assert due_work.abandoned(Extraction) == [job.pk]
    looked = next(
        query["sql"]
        for query in queries
        if query["sql"].startswith("SELECT") and "nudged_at" in query["sql"]
    )
    assert connection.vendor == "sqlite" or looked.endswith("FOR NO KEY UPDATE SKIP LOCKED")


def test_retry_makes_failed_work_due_from_the_start(job: Extraction) -> None:
    Extraction.objects.update(
        job_state=JobState.FAILED, attempts=5, next_attempt_at=None, last_error="It broke."
    )
    job.refresh_from_db()
    with transaction.atomic():
        due_work.request(job)
        job.save()
    assert due_work.lease(Extraction, job.pk) is not None
