"""Tasks that Celery beat runs."""

from celery import shared_task

from factcheck.ledger import clock
from factcheck.ledger.models import Heartbeat
from factcheck.ledger.nudge import sweep as sweep_due


@shared_task(name="ledger.sweep")
def sweep() -> None:
    sweep_due()


@shared_task(name="ledger.heartbeat")
def heartbeat() -> None:
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": clock.now()})
