"""What the web server refuses itself, how it ends, and what it does with a view that
hangs.
"""

import json
import signal
import time

import pytest

from tests.web_server import WebServer, environment, shared_web_server, status, web_server

__all__ = ["environment", "shared_web_server", "web_server"]

pytestmark = pytest.mark.django_db(transaction=True)
HOST = b"Host: localhost\r\n"
POST = b"POST /api/v1/claims/ HTTP/1.1\r\n" + HOST
CHUNKED = b"Transfer-Encoding: chunked\r\n"
REFUSED = {
    "too long an address": (414, b"GET /api/" + b"x" * 9_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"),
    "an address without an end": (414, b"GET /api/" + b"x" * 70_000),
    "too large a header": (431, POST + b"X-One: " + b"x" * 70_000 + b"\r\n\r\n"),
    "too many headers": (431, POST + b"X-One: x\r\n" * 200 + b"\r\n"),
    "too large a body": (413, POST + b"Content-Length: 1000000000000\r\n\r\n"),
    "no request line": (400, b"NONSENSE\r\n\r\n"),
    "line feeds alone": (400, b"GET /api/v1/ HTTP/1.1\nHost: localhost\n\n"),
    "two lengths": (400, POST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
    "a length and chunks": (400, POST + CHUNKED + b"Content-Length: 3\r\n\r\n0\r\n\r\n"),
    "chunks in HTTP/1.0": (400, b"POST /api/ HTTP/1.0\r\n" + CHUNKED + b"\r\n0\r\n\r\n"),
    "HTTP/0.9": (400, b"GET /api/v1/\r\n\r\n"),
    "a length with a sign": (400, POST + b"Content-Length: +3\r\n\r\nabc"),
    "a chunk of a bad size": (400, POST + CHUNKED + b"\r\n0x3\r\nabc\r\n0\r\n\r\n"),
    "a folded header": (400, POST + b"X-One: a\r\n b\r\n\r\n"),
    "an unknown coding": (501, POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
}


def body_of(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]


def test_refusals_are_problems_and_end_the_connection(shared_web_server: WebServer) -> None:
    for name, (expected, request) in REFUSED.items():
        answer = shared_web_server.send(request)  # until the server closes
        assert status(answer) == expected, name
        assert b"\r\nContent-Type: application/problem+json\r\n" in answer, name
        told = json.loads(body_of(answer))
        assert (told["status"], told["errors"]) == (expected, []), name
        assert answer.count(b"HTTP/1.") == 1, f"{name}: a second request was smuggled in"


def test_a_reader_gets_a_sentence_and_nothing_of_what_was_sent(
    shared_web_server: WebServer,
) -> None:
    answer = shared_web_server.send(
        b"GET /verdicts/" + b"secret" * 2_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"
    )
    assert (status(answer), b"text/plain" in answer) == (414, True)
    assert b"secret" not in answer
    assert b"too long" in body_of(answer)


def test_an_unknown_host_is_a_400_without_a_traceback(shared_web_server: WebServer) -> None:
    for host in (b"other.example", b"local host", b"localhost, other", b"[::1"):
        answer = shared_web_server.send(
            b"GET /admin/login/ HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n"
        )
        assert status(answer) == 400
        assert b"Traceback" not in answer


@pytest.fixture
def with_measured_pages(environment: dict[str, str]) -> None:
    environment["ARGUMENTS"] = "benchmarks.slow_site:application"


def test_whole_bodies_reach_the_view_however_they_are_sent(
    with_measured_pages: None, web_server: WebServer
) -> None:
    head = b"POST /measured/echo HTTP/1.1\r\nConnection: close\r\n" + HOST
    spoofed = b"X-Forwarded-For: 192.0.2.1\r\nX_Forwarded_For: 192.0.2.2\r\n"
    chunked = web_server.send(head + CHUNKED + spoofed + b"\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    expecting = web_server.send(head + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\nabcde")
    assert json.loads(body_of(chunked))["read"] == 5
    assert json.loads(body_of(chunked))["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"
    assert expecting.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")


def test_what_is_under_way_at_the_end_is_answered(
    with_measured_pages: None, web_server: WebServer
) -> None:
    with web_server.connect() as client, web_server.connect() as idle:
        client.sendall(b"GET /measured/wait/1.5 HTTP/1.1\r\n" + HOST + b"\r\n")
        idle.sendall(b"GET / HTTP/1.1\r\n")
        time.sleep(0.5)
        web_server.process.send_signal(signal.SIGTERM)
        assert status(client.recv(65536)) == 200
    assert web_server.process.wait(20) == 0


@pytest.fixture
def impatient(environment: dict[str, str], with_measured_pages: None) -> None:
    environment |= {"FACTCHECK_REQUEST_SECONDS": "5", "FACTCHECK_WEB_THREADS": "1"}


def test_a_view_that_hangs_does_not_hold_the_site(impatient: None, web_server: WebServer) -> None:
    with web_server.connect() as hanging:
        hanging.sendall(b"GET /measured/wait/600 HTTP/1.1\r\n" + HOST + b"\r\n")
        time.sleep(0.5)
        assert status(web_server.get("/healthz/live", timeout=60)) == 200
    assert any("request_stuck" in line["event"] for line in web_server.lines())
