"""Finds the deadlines that are near or missed, and tells of each once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from claims.choices import NotificationKind
from claims.desk.notifications import events
from claims.models import Claim, Notification
from claims.querysets.claims import ClaimQuerySet
from factcheck.ledger import clock

NEAR = timedelta(hours=2)
# What was missed before nobody needs to hear of now: a newsroom that imports its
# archive has thousands.
NEWS = timedelta(days=1)


def tell_deadlines() -> int:
    """Safe to run at any time, again, and several at once."""
    return sum(
        _tell(pk, kind)
        for kind in (NotificationKind.DEADLINE_NEAR, NotificationKind.DEADLINE_MISSED)
        for pk in _due(kind).order_by("pk").values_list("pk", flat=True)
    )


def _due(kind: NotificationKind) -> ClaimQuerySet:
    now = clock.now()
    begin = now if kind == NotificationKind.DEADLINE_NEAR else now - NEWS
    told = Notification.objects.filter(claim=OuterRef("pk"), kind=kind, due_at=OuterRef("due_at"))
    due = Claim.objects.unfinished().filter(due_at__gt=begin, due_at__lte=begin + _span(kind))
    return due.exclude(Exists(told))


def _span(kind: NotificationKind) -> timedelta:
    return NEAR if kind == NotificationKind.DEADLINE_NEAR else NEWS


def _tell(pk: int, kind: NotificationKind) -> bool:
    with transaction.atomic():
        # Queried again under the lock: the deadline may have moved, or another sweep
        # come first.
        claim = _due(kind).filter(pk=pk).select_for_update(of=("self",), no_key=True).first()
        if claim:
            events.deadline(claim, kind)
    return claim is not None
