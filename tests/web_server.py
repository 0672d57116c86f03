"""The web server as it is shipped, in processes of its own."""

import contextlib
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from demo.children import free_port
from tests.workers import database_url

COMMAND = ["-m", "gunicorn", "--config", "python:factcheck.serving.config"]
PATIENCE = 30  # seconds for what no test is about


@dataclass
class WebServer:
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    tls: bool = False

    def connect(self, *, timeout: float = PATIENCE) -> socket.socket:
        client = socket.create_connection(("127.0.0.1", self.port), timeout=timeout)
        if not self.tls:
            return client
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        return trusting.wrap_socket(client, server_hostname="localhost")

    def send(self, request: bytes, *, timeout: float = PATIENCE) -> bytes:
        """All that comes back until the server closes."""
        with self.connect(timeout=timeout) as client:
            with contextlib.suppress(ConnectionError):  # refused before it was all sent
                client.sendall(request)
            parts = []
            with contextlib.suppress(ConnectionError):
                while part := client.recv(65536):
                    parts.append(part)
            return b"".join(parts)

    def get(self, path: str, *, timeout: float = PATIENCE) -> bytes:
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        return self.send(head.encode(), timeout=timeout)

    def lines(self) -> list[dict[str, Any]]:
        """What it logged."""
        said = self.log.read_text("utf-8").splitlines()
        return [json.loads(line) for line in said if line.startswith("{")]


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else 0


def environment_of_a_server(folder: Path) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "FACTCHECK_ENV": "test",
        "FACTCHECK_DATA_DIR": str(folder),
        "DATABASE_URL": database_url(),
        "FACTCHECK_WEB_WORKERS": "1",
        "FACTCHECK_WEB_THREADS": "2",
        "PYTHONWARNINGS": "ignore",
    }


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of a server; a test may change it before `web_server` starts."""
    return environment_of_a_server(tmp_path)


@pytest.fixture
def web_server(environment: dict[str, str], tmp_path: Path) -> Iterator[WebServer]:
    with serving(environment, tmp_path, free_port()) as server:
        yield server


@pytest.fixture(scope="module")
def shared_web_server(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WebServer]:
    """For tests that leave the server as it was: to start one takes three seconds of a
    processor.
    """
    folder = tmp_path_factory.mktemp("web_server")
    with serving(environment_of_a_server(folder), folder, free_port()) as server:
        yield server


@contextlib.contextmanager
def serving(environment: dict[str, str], folder: Path, port: int) -> Iterator[WebServer]:
    log = folder / "web.log"
    arguments = [*COMMAND, *environment.pop("ARGUMENTS", "").split()]
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=environment | {"FACTCHECK_BIND": f"127.0.0.1:{port}"},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    server = WebServer(port, process, log)
    try:
        _wait(server)
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(server: WebServer) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.process.poll() is None:
        with contextlib.suppress(OSError):
            if status(server.get("/healthz/live")) == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"The web server did not start.\n{server.log.read_text()[-4000:]}")
