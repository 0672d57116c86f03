"""Letters and posts of notifications while workers and beat are killed at random: none
is sent twice, none is forgotten.
"""

import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from claims.choices import NotificationKind
from claims.desk.notifications import channels, events
from claims.desk.notifications.event import Event
from claims.models import ChannelPost, DeskChannel
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Mail, User
from tests import factories, smtp_server
from tests.letters import with_address
from tests.sources.internal_services import Visit, serving
from tests.workers import Workers, wait_for

pytestmark = pytest.mark.faults
EACH, KILLS = 100, 3
# So that a kill finds work under way: without it all is sent before the second one.
SECONDS_EACH = 0.03
PATIENCE = 300  # seconds: a machine busy with other tests sends two messages in one


class _Received:
    """What came in, by the id or the words that tell it from the others."""

    def __init__(self) -> None:
        self.posts: list[str] = []

    def answer(self, visit: Visit) -> None:
        head, _, body = visit.request.partition(b"\r\n\r\n")
        (length,) = re.findall(rb"Content-Length: (\d+)", head)
        while len(body) < int(length):
            body += visit.connection.recv(65_536)
        self.posts.append(json.loads(body)["text"])
        time.sleep(SECONDS_EACH)
        visit.answer(b"ok")


@pytest.fixture
def received() -> Iterator[tuple[_Received, int, smtp_server.MailServer]]:
    made = _Received()
    with serving(made.answer) as service, smtp_server.running() as server:
        server.pause = SECONDS_EACH
        yield made, service.port, server


def _unfinished() -> int:
    left = [JobState.WAITING, JobState.RUNNING]
    mails = Mail.objects.filter(job_state__in=left)
    return mails.count() + ChannelPost.objects.filter(job_state__in=left).count()


def test_two_hundred_are_sent_once_each(
    workers: Workers,
    received: tuple[_Received, int, smtp_server.MailServer],
    checker: User,
    editor: User,
) -> None:
    service, port, server = received
    workers.environment |= {
        "FACTCHECK_FETCH_ALLOW": "127.0.0.0/8",
        "FACTCHECK_FETCH_PORTS": str(port),
        "FACTCHECK_SMTP_HOST": "127.0.0.1",
        "FACTCHECK_SMTP_PORT": str(server.server_address[1]),
        "FACTCHECK_SMTP_TLS": "none",
    }
    _due(checker, with_address(editor), f"http://127.0.0.1:{port}/hook")
    chance = random.Random(14)
    stops = sorted(chance.sample(range(20, 2 * EACH - 20), KILLS))
    worker = workers.start()
    for stop in stops:
        wait_for(
            lambda stop=stop: len(service.posts) + len(server.letters) >= stop,  # type: ignore[misc]
            f"the {stop}th message",
            workers.folder,
            PATIENCE,
        )
        time.sleep(chance.uniform(0, 2 * SECONDS_EACH))
        workers.kill(worker)  # with the beat in it
        worker = workers.start()
    wait_for(lambda: not _unfinished(), "everything to be settled", workers.folder, PATIENCE)
    _each_once(Counter(re.findall(r"(?m)^Message-ID: (\S+)", "\n".join(server.letters))), Mail)
    _each_once(Counter(service.posts), ChannelPost)


def _due(checker: User, editor: User, address: str) -> None:
    kind, desk = NotificationKind.SIGNATURE, checker.memberships.get().desk
    DeskChannel.objects.create(desk=desk, service="slack", address=address, kinds=[kind.value])
    claims = [factories.claim(checker) for _ in range(EACH)]
    for number, claim in enumerate(claims):
        event = Event(f"due:{number}", claim)
        channels.post_later(event, kind)
        events.tell(event, {editor.pk: kind})
    assert _unfinished() == 2 * EACH


def _each_once(times: Counter[str], model: Any) -> None:
    """A row that a worker left in doubt says so, and may have arrived or not."""
    assert set(times.values()) == {1}, "sent twice"
    done = model.objects.filter(job_state=JobState.DONE).count()
    in_doubt = model.objects.filter(job_state=JobState.FAILED)
    assert done + in_doubt.count() == EACH
    assert done <= len(times) <= EACH and in_doubt.count() <= KILLS
    assert all("may have arrived" in row.last_error for row in in_doubt)
