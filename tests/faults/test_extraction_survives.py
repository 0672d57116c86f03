"""Every article is read exactly once, whatever dies on the way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from claims import extraction
from claims.models import Extraction, Suggestion
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from sources.ingest import submit_text
from sources.models import Article
from tests.workers import TEXT, LossyBroker, Workers, gone, wait_for

pytestmark = pytest.mark.faults


def _done(pk: int) -> bool:
    return Extraction.objects.filter(pk=pk, job_state=JobState.DONE).exists()


def _all_done() -> bool:
    return not Extraction.objects.exclude(job_state=JobState.DONE).exists()


def _read_once(article: Article) -> None:
    """What is stored is what one reading of the text finds, no more and no less."""
    text = article.versions.get().text
    expected = sorted((found.start, found.end) for found in extraction.extract(text))
    assert expected, "the text of the test proposes nothing, so the test shows nothing"
    assert sorted(article.suggestions.values_list("start", "end")) == expected


def test_a_child_killed_in_mid_extraction_is_redone_once(
    workers: Workers, desk: Desk, checker: User
) -> None:
    workers.hold()
    workers.start()
    article, _ = submit_text(desk, by=checker, text=TEXT)
    child = workers.reached()
    job = Extraction.objects.get()
    assert (job.job_state, job.attempts, Suggestion.objects.count()) == (JobState.RUNNING, 1, 0)
    os.kill(child, signal.SIGKILL)
    wait_for(lambda: gone(child), "the child to die", workers.folder)
    workers.go()
    wait_for(lambda: _done(job.pk), "the extraction to be redone", workers.folder)
    job.refresh_from_db()
    assert job.attempts == 2
    _read_once(article)


def test_a_worker_killed_in_mid_extraction_is_replaced_without_loss(
    workers: Workers, desk: Desk, checker: User
) -> None:
    workers.hold()
    first = workers.start()
    article, _ = submit_text(desk, by=checker, text=TEXT)
    child = workers.reached()
    workers.kill(first)
    assert first.returncode == -signal.SIGKILL
    wait_for(lambda: gone(child), "the child to die with its worker", workers.folder)
    workers.go()
    workers.start()
    job = Extraction.objects.get()
    wait_for(lambda: _done(job.pk), "the new worker to take it over", workers.folder)
    job.refresh_from_db()
    assert job.attempts == 2
    _read_once(article)


def test_redis_without_persistence_restarts_and_nothing_is_lost(
    workers: Workers, redis: LossyBroker, desk: Desk, checker: User
) -> None:
    articles = [
        submit_text(desk, by=checker, text=f"{TEXT}\nIssue {number}.")[0] for number in range(5)
    ]
    assert redis.queued("extraction") == 5
    redis.kill()
    redis.start()
    assert redis.queued("extraction") == 0, "the restart was meant to lose the messages"
    workers.start()
    wait_for(_all_done, "the sweep to find the lost work", workers.folder)
    for article in articles:
        _read_once(article)


def test_flushall_with_work_queued_loses_nothing(
    workers: Workers, redis: LossyBroker, desk: Desk, checker: User
) -> None:
    articles = [
        submit_text(desk, by=checker, text=f"{TEXT}\nIssue {number}.")[0] for number in range(5)
    ]
    redis.flushall()
    workers.start()
    wait_for(_all_done, "the sweep to find the flushed work", workers.folder)
    for article in articles:
        _read_once(article)
    assert set(Extraction.objects.values_list("attempts", flat=True)) == {1}


CRASH = """
import os, signal, sys, django
django.setup()
from factcheck.ledger import nudge
nudge.send = lambda *told, **how: os.kill(os.getpid(), signal.SIGKILL)
from factcheck.newsroom.models import Desk, User
from sources.ingest import submit_text
submit_text(Desk.objects.get(), by=User.objects.get(username="checker"), text=sys.stdin.read())
"""


def test_a_crash_between_commit_and_nudge_loses_nothing(
    workers: Workers, redis: LossyBroker, desk: Desk, checker: User, tmp_path: Path
) -> None:
    crashed = subprocess.run(
        [sys.executable, "-c", CRASH], input=TEXT.encode(), env=workers.environment, check=False
    )
    assert crashed.returncode == -signal.SIGKILL
    assert (Extraction.objects.get().attempts, redis.queued("extraction")) == (0, 0)
    workers.start()
    wait_for(_all_done, "the sweep to find what was never sent", workers.folder)
    _read_once(Article.objects.get())


def test_with_the_broker_away_a_save_answers_and_the_work_waits(
    workers: Workers, redis: LossyBroker, desk: Desk, checker: User
) -> None:
    redis.kill()
    article, new = submit_text(desk, by=checker, text=TEXT)
    assert new
    assert Extraction.objects.get().job_state == JobState.WAITING
    redis.start()
    workers.start()
    wait_for(_all_done, "the sweep after the broker came back", workers.folder)
    _read_once(article)
