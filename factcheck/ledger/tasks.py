"""Tasks that Celery beat runs."""

from celery import shared_task

from factcheck.ledger import heartbeats
from factcheck.ledger.nudge import sweep as sweep_due


@shared_task(name="ledger.sweep")
def sweep() -> None:
    sweep_due()


@shared_task(name="ledger.heartbeat")
def heartbeat() -> None:
    heartbeats.beat(heartbeats.WORKER)
