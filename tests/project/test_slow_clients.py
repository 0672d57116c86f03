"""Fifty slow clients hold their connections, and readers notice nothing."""

import contextlib
import socket
import time
from collections.abc import Iterator

import pytest

from factcheck.newsroom.models import User
from factcheck.serving import config
from tests import factories
from tests.web_server import WebServer, environment, status, web_server

__all__ = ["environment", "web_server"]

pytestmark = pytest.mark.django_db(transaction=True)
SLOW_CLIENTS = 50
# With this cookie Django reads the body to look for the token in it.
FORM = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=" + b"a" * 32 + b"\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nu"
)
SLOW = {
    "a body of which one byte comes": FORM,
    "a head without an end": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-One: ",
    "nothing at all": b"",
    "a large answer that nobody reads": b"GET /measured/large/4 HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.fixture
def verdict(checker: User, editor: User) -> str:
    claim = factories.published(checker, editor)
    claim.refresh_from_db()
    return f"/verdicts/{claim.address}/"


@pytest.fixture
def environment_with_a_large_answer(environment: dict[str, str]) -> None:
    environment["ARGUMENTS"] = "benchmarks.slow_site:application"


@contextlib.contextmanager
def slow_clients(server: WebServer, first: bytes, many: int = SLOW_CLIENTS) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for _ in range(many):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", server.port))
            client.sendall(first)
        yield


@pytest.mark.parametrize("first", SLOW.values(), ids=SLOW.keys())
def test_a_verdict_opens_within_a_second(
    verdict: str, environment_with_a_large_answer: None, web_server: WebServer, first: bytes
) -> None:
    assert status(web_server.get(verdict)) == 200
    with slow_clients(web_server, first):
        assert _best_of(3, web_server, verdict) < 1
        assert _best_of(3, web_server, "/healthz/live") < 1


def test_who_waited_longest_makes_room_when_the_server_is_full(web_server: WebServer) -> None:
    full = config.worker_connections + SLOW_CLIENTS
    with slow_clients(web_server, b"GET / HTTP/1.1\r\n", many=full):
        assert status(web_server.get("/healthz/live", timeout=20)) == 200


def _best_of(times: int, server: WebServer, path: str) -> float:
    """Seconds until the answer: other tests may have the processor meanwhile."""
    seconds = []
    for _ in range(times):
        begun = time.monotonic()
        with contextlib.suppress(TimeoutError):
            assert status(server.get(path, timeout=10)) == 200
        seconds.append(time.monotonic() - begun)
    return min(seconds)
