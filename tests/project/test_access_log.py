"""One line a request, and no secret in any of them: those of invitations and reset
links stand in the path.
"""

import json
import logging

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import path, resolve

from factcheck.ledger.logs import JsonFormatter, safe_path
from tests.web_server import WebServer, shared_web_server, status

__all__ = ["shared_web_server"]

SECRET = "kq3-9f86d081884c7d65"


@pytest.mark.django_db(transaction=True)
def test_no_secret_of_an_address_is_logged(shared_web_server: WebServer) -> None:
    addresses = [
        f"/healthz/live?token={SECRET}",
        f"/invitations/{SECRET}/",
        f"/verdicts/{SECRET}/?q={SECRET}",
        f"/admin/password/{SECRET}/?next=/{SECRET}/",
        f"/api/v1/{SECRET}/",
        f"/%C3%A9{SECRET}/",
        f"/{SECRET}" + "x" * 9_000,
        f"http://localhost/{SECRET}/",
    ]
    for address in addresses:
        assert status(shared_web_server.get(address))
    lines = [line for line in shared_web_server.lines() if line["logger"] == "factcheck.access"]
    assert {"refused", "request"} == {line["event"] for line in lines}
    assert SECRET not in shared_web_server.log.read_text()


@pytest.mark.django_db(transaction=True)
def test_a_line_tells_what_was_asked_and_how_it_went(shared_web_server: WebServer) -> None:
    shared_web_server.send(
        b"GET /api/v1/claims/ HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: mine-1\r\n"
        b"Connection: close\r\n\r\n"
    )
    line = next(one for one in shared_web_server.lines() if one["request_id"] == "mine-1")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/v1/claims/", 401)
    assert line["ms"] >= 0 and line["bytes"] > 0
    assert "REMOTE_ADDR" not in line and "127.0.0.1" not in json.dumps(line)


def asked(address: str, **route: object) -> HttpRequest:
    request = RequestFactory().get(address)
    pattern = path("reset/<int:user>/<str:key>/", lambda request, user, key: None)
    request.resolver_match = pattern.resolve(request.path[1:])
    return request


def test_ids_are_told_and_other_parts_of_the_path_are_not() -> None:
    request = asked(f"/reset/7/{SECRET}/")
    assert safe_path(request) == "/reset/<int:user>/<str:key>/ user=7"
    known = RequestFactory().get("/api/v1/claims/")
    known.resolver_match = resolve(known.path)
    assert safe_path(known) == "/api/v1/claims/"


@pytest.mark.parametrize("address", [f"/reset/7/{SECRET}/", f"/reset/7/é{SECRET}/"])
def test_what_django_says_of_a_refused_request_holds_no_secret(address: str) -> None:
    request = asked(address)
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "Forbidden (%s): %s",
        ("no token", request.path.encode("unicode_escape").decode("ascii")), None,
    )  # fmt: skip
    record.request = request
    said = JsonFormatter().format(record)
    assert SECRET not in said and "/reset/<int:user>/" in said
