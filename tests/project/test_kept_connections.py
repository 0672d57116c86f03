"""A 304 leaves the connection open: who asks for one page asks for more."""

import pytest

from tests.web_server import WebServer, shared_web_server

__all__ = ["shared_web_server"]
pytestmark = pytest.mark.django_db(transaction=True)
ASKED = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: *\r\n"


def test_two_unchanged_pages_come_over_one_connection(shared_web_server: WebServer) -> None:
    answers = shared_web_server.send(ASKED + b"\r\n" + ASKED + b"Connection: close\r\n\r\n")
    assert answers.count(b"HTTP/1.1 304") == 2
    assert answers.lower().count(b"connection: close") == 1
    assert b"content-length" not in answers.lower() and answers.endswith(b"\r\n\r\n")


def test_an_answer_without_a_length_still_ends_its_connection(
    shared_web_server: WebServer,
) -> None:
    asked = b"GET /datafeed.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answers = shared_web_server.send(asked + ASKED + b"\r\n")
    assert answers.count(b"HTTP/1.1 ") == 1 and b"Transfer-Encoding: chunked" in answers
