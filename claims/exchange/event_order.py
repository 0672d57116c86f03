"""Gives events their places, after the commit.

Two transactions at once may write the events 7 and 8 and commit 8
first. Whoever had read up to 8 by then would never see 7. So a place is
given only to what is committed, by one process at a time: what gets a
place later stands behind all that had one, and nobody can have read
past it. The webhooks of an event are written with its place, so that
each event is handed to each endpoint once.
"""

from collections import Counter

from django.db import transaction
from django.db.models import Max

from claims.exchange.webhooks import handing_over
from claims.models import Event, EventCount
from factcheck.ledger import named_lock

BATCH = 500


def number_events() -> int:
    """Number all that are committed; return how many that were."""
    numbered = 0
    # Most who ask find none, and then lock nothing.
    while Event.objects.unnumbered().exists() and (batch := _number_batch()):
        numbered += batch
    return numbered


def _number_batch() -> int:
    with transaction.atomic():
        # The lock comes before the read, so that the read sees every event which the
        # previous holder of the lock has numbered.
        named_lock.take("claims.event_order")
        events = list(Event.objects.unnumbered().select_related("desk")[:BATCH])
        last = Event.objects.aggregate(last=Max("position"))["last"] or 0
        known = _counts(events)
        counts = Counter({claim: row.number for claim, row in known.items()})
        for place, event in enumerate(events, last + 1):
            event.position = place
            if event.claim_id:
                counts[event.claim_id] += 1
                event.sequence = counts[event.claim_id]
        Event.objects.bulk_update(events, ["position", "sequence"])
        _keep(counts, known)
        handing_over.hand_over(events)
    return len(events)


def _counts(events: list[Event]) -> dict[int, EventCount]:
    claims = {event.claim_id for event in events}
    return {row.claim_id: row for row in EventCount.objects.filter(claim__in=claims)}


def _keep(counts: Counter[int], known: dict[int, EventCount]) -> None:
    for claim, row in known.items():
        row.number = counts[claim]
    EventCount.objects.bulk_update(known.values(), ["number"])
    # Not as one INSERT that updates what it meets: SQLite asks the guards of an insert
    # first, and one of them refuses a row that is there.
    EventCount.objects.bulk_create(
        EventCount(claim_id=claim, number=number)
        for claim, number in counts.items()
        if claim not in known
    )
