"""Each sentence of a debate is read exactly once, whatever dies on the way."""

import os
import signal

import pytest

from claims.live import streams
from claims.models import Extraction, LiveStream
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from tests.claims.live_cases import DEBATE, LAST, SENTENCES, debate, send
from tests.workers import LossyBroker, Workers, gone, wait_for

pytestmark = pytest.mark.faults


def _read(stream: LiveStream) -> list[str]:
    return list(stream.sentences.order_by("number").values_list("text", flat=True))


def test_a_killed_child_and_a_flushed_redis_lose_no_sentence_and_double_none(
    workers: Workers, redis: LossyBroker, desk: Desk, checker: User
) -> None:
    stream = debate(desk, checker)
    workers.hold()
    first = workers.start()
    send(stream, checker, *DEBATE[:2])
    child = workers.reached()
    assert LiveStream.objects.get().job_state == JobState.RUNNING and not _read(stream)
    os.kill(child, signal.SIGKILL)
    wait_for(lambda: gone(child), "the child to die", workers.folder)
    # While nobody reads, more is said; then the machine goes away, with its queue.
    send(stream, checker, *DEBATE[2:])
    workers.kill(first)
    redis.flushall()
    workers.go()
    workers.start()
    whole = [*SENTENCES, LAST]
    wait_for(lambda: _read(stream) == whole, "all sentences to be read", workers.folder)
    streams.end(stream, by=checker)
    wait_for(
        lambda: LiveStream.objects.filter(carried_over_at__isnull=False).exists(),
        "the article to be made and read",
        workers.folder,
    )
    assert _read(stream) == whole and Extraction.objects.count() == 1
    assert LiveStream.objects.get().job_state == JobState.DONE
