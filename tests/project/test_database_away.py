"""A database that is away or busy is a 503 that says when to come back, at every door;
a wrong query is still a 500.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client

from factcheck.ledger import triggers
from factcheck.newsroom.models import Desk
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
DOORS = ("/api/v1/claims/", "/admin/claims/claim/", "/verdicts/")


@contextmanager
def gone() -> Iterator[None]:
    """Nobody listens at the address, and there is no file at the path."""
    postgres = connection.vendor == triggers.POSTGRES
    name, value = ("PORT", "9") if postgres else ("NAME", "/no/such/folder/factcheck.sqlite3")
    before = connection.settings_dict[name]
    connection.close()
    connection.settings_dict[name] = value
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict[name] = before


@contextmanager
def ended() -> Iterator[None]:
    """The server ends the connection that the process holds, as a restart does."""
    if connection.vendor != triggers.POSTGRES:
        pytest.skip("Only on PostgreSQL: SQLite has no server.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with _another_connection() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    yield
    connection.close()


def _another_connection() -> "psycopg.Connection[tuple[object, ...]]":
    told = connection.settings_dict
    return psycopg.connect(
        host=told["HOST"],
        port=told["PORT"],
        user=told["USER"],
        dbname=told["NAME"],
        autocommit=True,
    )


@contextmanager
def busy() -> Iterator[None]:
    """Somebody else holds a lock for longer than a request waits."""
    if connection.vendor == triggers.POSTGRES:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        with _another_connection() as other, other.transaction():
            other.execute("LOCK TABLE newsroom_desk, newsroom_user, claims_verdict")
            yield
        connection.close()
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()
    connection.close()


def _clients(desk: Desk) -> tuple[Client, Client]:
    person = factories.person("everybody", desk, "editor", "checker")
    api, pages = Api(person).client, Client()
    pages.force_login(person)
    api.raise_request_exception = pages.raise_request_exception = False
    return api, pages


@pytest.mark.parametrize("away", [gone, ended])
def test_each_door_says_when_to_come_back(desk: Desk, away: object) -> None:
    api, pages = _clients(desk)
    for door in DOORS:
        client = api if door.startswith("/api/") else pages
        with away():  # type: ignore[operator]
            answer = client.get(door)
        assert answer.status_code == 503 and int(answer["Retry-After"]) > 0, door
        if client is api:
            assert is_problem(answer, 503)
        else:
            assert "send it again" in answer.text and "<script" not in answer.text
        assert client.get(door).status_code == 200, door


def test_what_waits_too_long_for_a_lock_is_not_saved_and_may_be_sent_again(desk: Desk) -> None:
    api = _clients(desk)[0]
    body = {"text": "The city planted 600 trees."}
    with busy():
        answer = api.post("/api/v1/claims/", body, content_type="application/json")
        assert is_problem(answer, 503) and answer["Retry-After"]
    assert api.post("/api/v1/claims/", body, content_type="application/json").status_code == 201


def test_health_is_told_apart(desk: Desk) -> None:
    client = Client()
    with gone():
        assert client.get("/healthz/live").status_code == 200
        assert client.get("/healthz/ready").json()["problems"] == {"database": "does not answer"}


def test_a_wrong_query_is_a_500(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    api = _clients(desk)[0]

    def wrong(*_: object, **__: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM no_such_table")

    with pytest.raises((OperationalError, ProgrammingError)):
        wrong()
    monkeypatch.setattr("factcheck.newsroom.tokens.find", wrong)
    answer = api.get("/api/v1/claims/")
    assert is_problem(answer, 500) and "Retry-After" not in answer
