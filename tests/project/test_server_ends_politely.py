"""A process of the web server that ends, as each does after some thousand requests,
loses no request on the connections that it has.
"""

import contextlib
import http.client
import socket

import pytest

from tests.web_server import PATIENCE, WebServer, environment, web_server

__all__ = ["environment", "web_server"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def few_requests(environment: dict[str, str]) -> None:
    environment["FACTCHECK_WEB_WORKERS"] = "2"
    environment["ARGUMENTS"] = "--max-requests 3 --max-requests-jitter 0"


def test_its_last_answers_say_that_the_connection_ends(web_server: WebServer) -> None:
    client = http.client.HTTPConnection("127.0.0.1", web_server.port, timeout=PATIENCE)
    with contextlib.closing(client):
        ended = 0
        for _ in range(20):
            # On a connection that is kept, unless the answer before said that it ends.
            client.request("GET", "/healthz/live", headers={"Host": "localhost"})
            answer = client.getresponse()
            assert (answer.status, answer.read() != b"") == (200, True)
            ended += answer.headers["Connection"] == "close"
    assert ended >= 3


def test_a_request_that_is_still_being_sent_is_answered(web_server: WebServer) -> None:
    body = b"x" * 200
    head = (
        f"POST /healthz/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", web_server.port), timeout=PATIENCE) as slow:
        slow.sendall(head + body[:100])
        for _ in range(20):  # its process ends meanwhile
            assert b"200 OK" in web_server.get("/healthz/live")
        slow.sendall(body[100:])
        assert slow.recv(65536).startswith(b"HTTP/1.1 403 ")  # it has no token of a form
