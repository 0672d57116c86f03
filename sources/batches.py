"""Many due links at once: claimed together, and what was found of them written together."""

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from factcheck.ledger import clock, due
from factcheck.ledger.due import JobState
from sources import linkcheck
from sources.classify import Finding
from sources.exchange import Exchange
from sources.models import Capture, Link, LinkCheck
from sources.signals import captures_confirmed

WIDE = 4  # how many rows are looked through for each that is wanted, past those of hosts that have enough


@dataclass(frozen=True, slots=True)
class Known:
    """What of the link's last copy tells whether the page is still the same."""

    capture_id: int
    body_sha256: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Claimed:
    link: Link
    known: Known | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A look of which nothing is to be kept but the rows: no new text, no news about death."""

    link: Link
    exchange: Exchange
    finding: Finding
    body_sha256: str = ""
    capture_id: int | None = None


def claim(token: uuid.UUID, *, most: int, each: int, held: Counter[int]) -> list[Claimed]:
    """Lease what is due longest, at most `each` of one publisher with those that are `held` already.

    One worker sees the rows another is just choosing from as taken (SKIP LOCKED); SQLite has one writer at a time.
    """
    full = [publisher for publisher, count in held.items() if count >= each]
    with transaction.atomic():
        now = clock.now()
        ready = Link.objects.filter(due.claimable(now), attempts__lt=due.STREAMED).order_by("next_attempt_at")
        if full:
            ready = ready.exclude(publisher__in=full)
        rows = ready.select_for_update(skip_locked=True, no_key=True).values_list("pk", "publisher_id")[: WIDE * most]
        chosen = _chosen(rows, most=most, each=each, held=held)
        Link.objects.filter(due.claimable(now), pk__in=chosen).update(
            job_state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=now + timedelta(seconds=settings.LEASE_SECONDS),
            lease_token=token,
        )
    links = list(Link.objects.filter(pk__in=chosen, lease_token=token).order_by("next_attempt_at"))
    known = _known(link.latest_capture_id for link in links)
    return [Claimed(link, known.get(link.latest_capture_id)) for link in links]


@dataclass(frozen=True, slots=True)
class Written:
    """`waiting` are locked by somebody at the moment; `news` say now that a source is dead, which is kept one by one."""

    count: int
    waiting: list[Seen]
    news: list[Seen]


def write(token: uuid.UUID, seen: Sequence[Seen]) -> Written:
    """Write the rows of links that are still ours; results of those that are not are dropped."""
    ours = Link.objects.filter(pk__in=[one.link.pk for one in seen], lease_token=token)
    with transaction.atomic():
        now = clock.now()
        locked = set(ours.order_by("pk").select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
        noted = {one.link.pk: _dies(one, now) for one in seen if one.link.pk in locked}
        done = [one for one in seen if noted.get(one.link.pk) is False]
        _update([one.link for one in done])
        LinkCheck.objects.bulk_create(
            linkcheck.history(
                one.link, one.exchange, one.finding, now=now, body_sha256=one.body_sha256, capture_id=one.capture_id
            )
            for one in done
        )
    confirmed = {one.link.pk: one.capture_id for one in done if one.capture_id}
    if confirmed:
        captures_confirmed.send(Link, captures=confirmed)
    left = set(ours.values_list("pk", flat=True)) - noted.keys() if len(locked) < len(seen) else set()
    return Written(
        len(done), [one for one in seen if one.link.pk in left], [one for one in seen if noted.get(one.link.pk)]
    )


def _dies(one: Seen, now: datetime) -> bool:
    was = one.link.dead_since is not None
    linkcheck.note(one.link, one.exchange, one.finding, now=now)
    return (one.link.dead_since is not None) != was


def _chosen(rows: Any, *, most: int, each: int, held: Counter[int]) -> list[int]:
    counts = held.copy()
    chosen: list[int] = []
    for pk, publisher in rows:
        if counts[publisher] < each and len(chosen) < most:
            counts[publisher] += 1
            chosen.append(pk)
    return chosen


def _known(captures: Any) -> dict[int | None, Known]:
    rows = Capture.objects.filter(pk__in=[pk for pk in captures if pk]).order_by()
    return {row[0]: Known(*row) for row in rows.values_list("pk", "body_sha256", "content_type")}


# --- the update of many rows at once ---

# An upsert would do as well, but the guard against INSERT OR REPLACE on SQLite refuses it.
COLUMNS = {
    "state": "text", "reason": "text", "http_status": "smallint", "final_url": "text", "last_checked_at": "timestamptz",
    "failures": "integer", "failing_since": "timestamptz", "dead_since": "timestamptz", "next_attempt_at": "timestamptz",
}  # fmt: skip
SETTLED = "job_state = 'waiting', attempts = 0, nudged_at = NULL, lease_until = NULL, lease_token = NULL, last_error = ''"


def _update(links: Sequence[Link]) -> None:
    if not links:
        return
    rows: list[tuple[Any, ...]] = [(*(_stored(link, name) for name in COLUMNS), link.pk) for link in links]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{kind}[]" for kind in (*COLUMNS.values(), "bigint"))
            values = ", ".join(f"{name} = v.{name}" for name in COLUMNS)
            cursor.execute(
                f"UPDATE sources_link l SET {values}, {SETTLED} FROM unnest({arrays}) AS v({', '.join(COLUMNS)}, id) WHERE l.id = v.id",
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            values = ", ".join(f"{name} = %s" for name in COLUMNS)
            cursor.executemany(f"UPDATE sources_link SET {values}, {SETTLED} WHERE id = %s", rows)


def _stored(link: Link, name: str) -> object:
    value = getattr(link, name)
    return _for_database(value) if isinstance(value, datetime) else value


def _for_database(value: datetime) -> object:
    adapt: Callable[[datetime], object] = connection.ops.adapt_datetimefield_value
    return adapt(value)
