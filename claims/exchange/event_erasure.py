"""Erases old events and what was sent of them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from claims.models import Event, WebhookDelivery, WebhookEndpoint
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState

BATCH = 1000


def erase_old() -> int:
    """Erase what is older than the setting says; return how many events."""
    before = clock.now() - timedelta(days=settings.EVENT_DAYS)
    tests = WebhookDelivery.objects.filter(event=None, made_at__lt=before)
    tests.exclude(job_state=JobState.RUNNING).delete()
    _forget_replaced_secrets()
    old = Event.objects.numbered().filter(position__lt=_first_kept(before))
    erased = 0
    while pks := list(old.values_list("pk", flat=True)[:BATCH]):
        # A transaction each, so that nobody waits for the whole.
        with transaction.atomic():
            WebhookDelivery.objects.filter(event__in=pks).delete()
            erased += Event.objects.filter(pk__in=pks).delete()[0]
    return erased


def _first_kept(before: datetime) -> int:
    """The position of the first that is young or not sent yet. What
    stands behind it stays: a reader's cursor tells that something was
    erased after it only where the erased ones come before all others.
    """
    unsent = WebhookDelivery.objects.filter(
        event=OuterRef("pk"), job_state__in=(JobState.WAITING, JobState.RUNNING)
    )
    kept = Event.objects.numbered().filter(Q(at__gte=before) | Exists(unsent)).first()
    # The newest stays: the next one is numbered after it.
    first = kept or Event.objects.numbered().last()
    return (first.position or 0) if first else 0


def _forget_replaced_secrets() -> None:
    replaced = WebhookEndpoint.objects.filter(previous_until__lt=clock.now())
    for row in replaced.exclude(previous_secret=""):
        row.previous_secret = ""
        row.save(update_fields=["previous_secret"])
