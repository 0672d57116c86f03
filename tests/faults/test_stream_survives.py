"""The link stream with real processes: kill -9 anywhere, four workers at one host,
Redis away.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from factcheck.ledger import clock, due_work
from factcheck.newsroom.models import Desk
from sources.models import Link, LinkCheck, Owner, Publisher
from sources.watching import link_checks, stream
from tests.sources import visitors
from tests.workers import LossyBroker, Workers, wait_for

pytestmark = pytest.mark.faults
# Loads Django once and forks a worker for each line it reads, so that a kill costs no
# start.
NURSERY = """
import os, sys, django
django.setup()
from sources.watching import stream
for line in sys.stdin:
    connections, stream.EACH = map(int, line.split())
    pid = os.fork()
    if not pid:
        print("written", stream.run(connections=connections).written, flush=True)
        os._exit(0)
    print("started", pid, flush=True)
"""


@dataclass
class Site:
    port: int
    log: Path

    def lines(self, kind: str) -> list[list[str]]:
        return [
            line.split()[1:] for line in self.log.read_text().splitlines() if line.startswith(kind)
        ]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    log = tmp_path / "visits"
    log.touch()
    process = subprocess.Popen(
        [sys.executable, visitors.__file__, "0", str(log)], stdout=subprocess.PIPE
    )
    assert process.stdout
    try:
        yield Site(int(process.stdout.readline()), log)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class WorkerPool:
    """Stream workers of one environment, forked when they are wanted."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            env=environment,
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.written: list[int] = []

    def start(self, *, connections: int, each: int = 20) -> int:
        assert self.process.stdin
        self.process.stdin.write(f"{connections} {each}\n")
        self.process.stdin.flush()
        return self._next("started")

    def end(self, count: int) -> list[int]:
        while len(self.written) < count:
            self._next("written")
        return self.written

    def _next(self, wanted: str) -> int:
        assert self.process.stdout
        while True:
            word, number = self.process.stdout.readline().split()
            if word == "written":
                self.written.append(int(number))
            if word == wanted:
                return int(number)

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def nursery(workers: Workers, site: Site) -> Iterator[Callable[..., WorkerPool]]:
    base = workers.environment | {
        "FACTCHECK_FETCH_ALLOW": "127.0.0.0/8",
        "FACTCHECK_FETCH_PORTS": str(site.port),
    }
    made: list[WorkerPool] = []

    def make(**environment: str) -> WorkerPool:
        made.append(WorkerPool(base | environment))
        return made[-1]

    yield make
    for one in made:
        one.close()


def _links(site: Site, hosts: int, each: int) -> None:
    desk, owner = Desk.objects.get_or_create(name="Metro")[0], Owner.objects.create(name="All")
    now = clock.now()
    for number in range(hosts):
        host = f"127.0.3.{number + 1}"
        publisher = Publisher.objects.create(name=host, domain=host, owner=owner)
        Link.objects.bulk_create(
            Link(
                desk=desk,
                url=f"http://{host}:{site.port}/{page}",
                publisher=publisher,
                next_attempt_at=now,
            )
            for page in range(each)
        )


def _politely(site: Site, visits: int) -> None:
    """What the site saw: never two starts at one host within a second, never three
    connections at once.
    """
    assert len(site.lines("asked")) == visits
    for host in {line[0] for line in site.lines("asked")}:
        starts = sorted(float(line[1]) for line in site.lines("connected") if line[0] == host)
        assert min(later - earlier for earlier, later in pairwise(starts)) >= 1
        moments = sorted(
            (float(moment), change)
            for line in site.lines("connected")
            if line[0] == host
            for moment, change in ((line[1], 1), (line[2], -1))
        )
        open_now = 0
        for _, change in moments:
            open_now += change
            assert open_now <= 2


def _seen(site: Site, visits: int) -> bool:
    return len(site.lines("asked")) >= visits


def test_four_workers_visit_a_host_once_a_second(
    nursery: Callable[..., WorkerPool], site: Site
) -> None:
    _links(site, hosts=3, each=5)
    ours = nursery(FACTCHECK_HOST_DELAY="1")
    for _ in range(4):
        ours.start(connections=8, each=1)
    written = ours.end(4)
    assert sum(written) == 15
    assert sum(count > 0 for count in written) > 1, "the workers were meant to share the work"
    _politely(site, 15)


def test_a_worker_alone_is_polite_while_redis_is_away(
    nursery: Callable[..., WorkerPool], site: Site, redis: LossyBroker
) -> None:
    redis.kill()
    _links(site, hosts=2, each=4)
    ours = nursery(FACTCHECK_HOST_DELAY="1")
    ours.start(connections=8)
    assert ours.end(1) == [8]
    _politely(site, 8)


def test_kill_nine_at_any_point_leaves_every_link_checked_once(
    nursery: Callable[..., WorkerPool],
    workers: Workers,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _links(site, hosts=40, each=6)
    ours = nursery(FACTCHECK_HOST_DELAY="0", FACTCHECK_LEASE_SECONDS="1")
    chance = random.Random(20261121)
    for kill in range(10):
        wanted = len(site.lines("asked")) + chance.randrange(0, 20)
        pid = ours.start(connections=4)
        wait_for(partial(_seen, site, wanted), f"the visits before kill {kill}", workers.folder)
        os.kill(pid, signal.SIGKILL)

    def all_checked() -> bool:
        stream.run(connections=16)
        for pk in due_work.abandoned(
            Link
        ):  # what was held by a worker at three deaths is left to tasks of its own
            link_checks.check(pk)
        return not Link.objects.filter(last_checked_at=None).exists()

    monkeypatch.setattr(settings, "FETCH_PORTS", frozenset({site.port}))
    wait_for(all_checked, "what the dead workers held", workers.folder)
    assert Link.objects.filter(job_state="waiting", lease_token=None, attempts=0).count() == 240
    assert set(Counter(LinkCheck.objects.values_list("link_id", flat=True)).values()) == {1}
    assert LinkCheck.objects.count() == 240
