"""Real Redis and real workers for tests that need them: fault tests and browser
tests.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection
from kombu import pools
from redis import Redis

from tests.valkey import Valkey

TEXT = """Harbour board reports more ships

By Ana Field - 2026-05-04

The harbour board said on Monday that 412 ships called at Port Evers last year, 38 more than the year before.
Mayor Lena Brandt said the city had paid 4.2 million euros for the new quay.
"""


@dataclass
class Workers:
    """Starts the product's worker with an embedded beat, and ends what it started."""

    folder: Path
    environment: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "tests.paused_worker",
            "worker",
            "-B",
            "--concurrency",
            "1",
            "-Q",
            "extraction,links,stream,webhooks,default",
            "--loglevel",
            "INFO",
            "--schedule",
            str(self.folder / "beat"),
        ]
        with (self.folder / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env=self.environment,
                stdout=log,
                stderr=log,
                cwd=settings.BASE_DIR,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9 of the worker and every child of it, as when a machine goes away."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def hold(self) -> None:
        (self.folder / "hold").touch()

    def go(self) -> None:
        (self.folder / "hold").unlink()

    def reached(self) -> int:
        """The process id of the child that waits at the barrier."""
        mark = self.folder / "reached"
        wait_for(mark.exists, "a task to reach the barrier", self.folder)
        pid = int(wait_for(mark.read_text, "the process id at the barrier", self.folder))
        mark.unlink()
        return pid


def wait_for(answer: Callable[[], object], what: str, folder: Path, seconds: float = 60) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = answer()
        if found:
            return str(found)
        time.sleep(0.05)
    log = folder / "worker.log"
    raise AssertionError(
        f"Waited {seconds} s for {what}.\n{log.read_text()[-4000:] if log.exists() else ''}"
    )


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"


class LossyBroker(Valkey):
    """Keeps nothing on disk, so that a kill loses what a broker can lose."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._command += ["--appendonly", "no", "--save", ""]

    def flushall(self) -> None:
        self._client().flushall()

    def queued(self, queue: str) -> int:
        return int(self._client().llen(queue))  # type: ignore[arg-type]

    def _client(self) -> "Redis":
        return Redis(port=self.port, socket_timeout=2)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[LossyBroker]:
    """A broker of this test's own that can be killed and started again."""
    folder = tmp_path / "redis"
    folder.mkdir()
    before = current_app.conf.broker_url
    with LossyBroker(folder) as server:
        _point_at(server.url)
        yield server
        _point_at(before)


def _point_at(url: str) -> None:
    current_app.conf.broker_url = current_app.conf.broker_read_url = (
        current_app.conf.broker_write_url
    ) = url
    pools.reset()
    current_app._pool = current_app.amqp._producer_pool = None


@pytest.fixture
def workers(
    transactional_db: None, redis: LossyBroker, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Workers]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "FACTCHECK_ENV": "test",
        "FACTCHECK_DATA_DIR": str(tmp_path),
        "FAULT_FOLDER": str(tmp_path),
        "DATABASE_URL": database_url(),
        "REDIS_URL": redis.url,
        # Where nobody kills the workers, what a busy machine does in four seconds was
        # thrown away, and tried again a minute later.
        "FACTCHECK_LEASE_SECONDS": "3" if request.node.get_closest_marker("faults") else "60",
        "FACTCHECK_RENUDGE_SECONDS": "2",
        "FACTCHECK_SWEEP_SECONDS": "1",
    }
    made = Workers(tmp_path, environment)
    yield made
    for process in made.running:
        if process.poll() is None:
            made.kill(process)


def database_url() -> str:
    """The address of the test database, for a process that is not this one."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    host = quote(told["HOST"], safe="")  # may be the folder of a socket
    return f"postgres://{told['USER']}:{told['PASSWORD']}@{host}:{told['PORT']}/{told['NAME']}"
