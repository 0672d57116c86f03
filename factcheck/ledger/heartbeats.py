"""Signs of life of the processes in the background."""

from datetime import datetime, timedelta
from typing import Any

from celery.signals import before_task_publish
from django.db import close_old_connections

from factcheck.ledger import clock
from factcheck.ledger.models import Heartbeat

WORKER, BEAT = "worker", "beat"
# Four heartbeats: one that waited behind a long queue is no alarm.
STALE = timedelta(seconds=120)


def beat(name: str) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})


def last(name: str) -> datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def silent(at: datetime | None) -> bool:
    return at is None or clock.now() - at > STALE


@before_task_publish.connect(sender="ledger.heartbeat")
def _beat_lives(**_kwargs: Any) -> None:
    """Beat alone sends this task. Before it is sent: with the broker
    away, beat is alive and only the worker falls silent. An error here
    is logged by Celery and stops nothing.
    """
    # No request and no task end in this process, so nobody else drops a
    # connection that the database has closed.
    close_old_connections()
    beat(BEAT)
