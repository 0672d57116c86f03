"""Alive, ready, and what is said when the desk cannot work."""

from datetime import timedelta

import pytest
from celery.signals import before_task_publish
from django.db import connection
from django.test import Client

from factcheck.ledger import clock, heartbeats, triggers
from factcheck.ledger.models import Heartbeat
from factcheck.ledger.tasks import heartbeat

pytestmark = pytest.mark.django_db


def test_a_live_process_says_so_without_asking_the_database(
    client: Client, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/healthz/live").status_code == 200


def test_it_is_ready_while_tasks_come_through_the_queue(client: Client) -> None:
    heartbeat()
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "problems": {}})


def test_workers_that_went_quiet_are_reported(client: Client) -> None:
    Heartbeat.objects.create(name="worker", at=clock.now() - timedelta(seconds=121))
    answer = client.get("/healthz/ready")
    assert answer.status_code == 503
    assert set(answer.json()["problems"]) == {"worker"}


def test_the_scheduler_shows_that_it_lives_by_what_it_sends(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The connection is the one of this test's transaction.
    monkeypatch.setattr(heartbeats, "close_old_connections", lambda: None)
    for sent in ("sources.check_link", "ledger.heartbeat"):
        assert heartbeats.last(heartbeats.BEAT) is None
        before_task_publish.send(sender=sent)
    assert not heartbeats.silent(heartbeats.last(heartbeats.BEAT))
    # It says nothing of the workers: the queue may be away.
    assert "worker" in client.get("/healthz/ready").json()["problems"]


def test_no_worker_ever_is_reported(client: Client) -> None:
    assert client.get("/healthz/ready").json()["status"] == "degraded"


def test_a_guard_that_is_gone_is_reported(client: Client) -> None:
    heartbeat()
    on_table = " ON claims_verdict" if connection.vendor == triggers.POSTGRES else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER claims_verdict_frozen{on_table}")
    problems = client.get("/healthz/ready").json()["problems"]
    assert "claims_verdict_frozen" in problems["guards"]


def test_an_unforeseen_error_speaks_the_language_of_its_entry_point(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr("factcheck.drf.auth.TokenAuthentication.authenticate", broken)
    client.raise_request_exception = False
    answer = client.get("/api/v1/claims/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "nobody foresaw" not in answer.content.decode()
