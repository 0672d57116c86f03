"""Many due links at once: claimed together, and what was found of them written together."""

import json
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from factcheck.ledger import clock, due_work
from factcheck.ledger.due_work import JobState
from sources.classify import Finding
from sources.fetch_types import FetchResult
from sources.models import Link
from sources.signals import captures_unchanged
from sources.watching import link_checks
from sources.watching.link_checks import RecordedCheck

KNOWN = ("latest_capture__body_sha256", "latest_capture__content_type")
# how many rows are looked through at most for each that is wanted, past those of publishers that
# have enough
WIDE = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What of the link's last copy tells whether the page is still the same."""

    capture_id: int
    body_sha256: str
    content_type: str

    def is_shown_by(self, body_sha256: str, content_type: str) -> bool:
        """Byte by byte the same, and to be read in the same way."""
        return (body_sha256, content_type[:200]) == (self.body_sha256, self.content_type)


class LeasedLink(NamedTuple):
    """What of a link's row a look needs; a whole model costs as much as fetching it."""

    pk: int
    url: str
    publisher_id: int
    state: str
    failures: int
    failing_since: datetime | None
    dead_since: datetime | None
    published_since: datetime | None
    latest_capture_id: int | None


@dataclass(frozen=True, slots=True)
class Leased:
    link: LeasedLink
    known: Known | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A look of which nothing is to be kept but the rows: no new text, no news about death."""

    link: LeasedLink
    exchange: FetchResult
    finding: Finding
    body_sha256: str = ""
    capture_id: int | None = None


def claim(token: uuid.UUID, *, most: int, each: int, held: Counter[int]) -> list[Leased]:
    """Lease what is due longest, at most `each` of one publisher with those that are `held`
    already.

    What another worker holds, or is taking at this moment, is passed over (SKIP LOCKED). SQLite has
    one writer at a time.
    """
    full = [publisher for publisher, count in held.items() if count >= each]
    with transaction.atomic():
        now = clock.now()
        ready = Link.objects.filter(
            due_work.leasable(now), attempts__lt=due_work.STREAM_ATTEMPTS
        ).order_by("next_attempt_at")
        if full:
            ready = ready.exclude(publisher__in=full)
        ready = ready.select_for_update(of=("self",), skip_locked=True, no_key=True)
        taken = _chosen(
            ready.values_list(*LeasedLink._fields, *KNOWN), most=most, each=each, held=held
        )
        Link.objects.filter(pk__among=[one.link.pk for one in taken]).update(
            job_state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=now + timedelta(seconds=settings.LEASE_SECONDS),
            lease_token=token,
        )
    return taken


@dataclass(frozen=True, slots=True)
class Written:
    """`waiting` are locked by somebody at the moment; `news` say now that a source is dead, which
    is kept one by one.
    """

    count: int
    waiting: list[Seen]
    news: list[Seen]


def write(token: uuid.UUID, seen: Sequence[Seen]) -> Written:
    """Write the rows of links that are still ours; results of those that are not are dropped."""
    ours = Link.objects.filter(pk__among=[one.link.pk for one in seen], lease_token=token)
    with transaction.atomic():
        now = clock.now()
        locked = set(
            ours.order_by("pk")
            .select_for_update(skip_locked=True, no_key=True)
            .values_list("pk", flat=True)
        )
        ours_seen = [one for one in seen if one.link.pk in locked]
        after = {
            one.link.pk: link_checks.noted(one.link, one.exchange, one.finding, now=now)
            for one in ours_seen
        }
        done = [
            one
            for one in ours_seen
            if bool(after[one.link.pk].dead_since) == bool(one.link.dead_since)
        ]
        _update([(one.link.pk, after[one.link.pk]) for one in done])
        _add(
            [
                link_checks.history(
                    one.link,
                    one.exchange,
                    one.finding,
                    now=now,
                    body_sha256=one.body_sha256,
                    capture_id=one.capture_id,
                )
                for one in done
            ]
        )
    confirmed = {one.link.pk: one.capture_id for one in done if one.capture_id}
    if confirmed:
        captures_unchanged.send(Link, captures=confirmed)
    written = {one.link.pk for one in done}
    left = set(ours.values_list("pk", flat=True)) - locked if len(locked) < len(seen) else set()
    return Written(
        len(done),
        [one for one in seen if one.link.pk in left],
        [one for one in ours_seen if one.link.pk not in written],
    )


def _chosen(ready: Any, *, most: int, each: int, held: Counter[int]) -> list[Leased]:
    """The first of those that are ready. It is looked further only where some publishers have
    enough.
    """
    chosen: list[Leased] = []
    for width in (most, WIDE * most):
        rows, counts, chosen = list(ready[:width]), held.copy(), []
        for row in rows:
            link = LeasedLink(*row[: -len(KNOWN)])
            if counts[link.publisher_id] < each and len(chosen) < most:
                counts[link.publisher_id] += 1
                chosen.append(
                    Leased(
                        link,
                        (
                            Known(link.latest_capture_id, *row[-len(KNOWN) :])
                            if link.latest_capture_id
                            else None
                        ),
                    )
                )
        if len(chosen) == most or len(rows) < width:
            break
    return chosen


# --- many rows at once ---

# An upsert would do as well, but the guard against INSERT OR REPLACE on SQLite refuses it.
NOTED = {
    "state": "text",
    "reason": "text",
    "http_status": "smallint",
    "final_url": "text",
    "last_checked_at": "timestamptz",
    "failures": "integer",
    "failing_since": "timestamptz",
    "dead_since": "timestamptz",
    "next_attempt_at": "timestamptz",
}
HISTORY = {
    "link_id": "bigint",
    "checked_at": "timestamptz",
    "state": "text",
    "reason": "text",
    "http_status": "smallint",
    "final_url": "text",
    "redirects": "jsonb",
    "address": "text",
    "body_sha256": "text",
    "elapsed_ms": "integer",
    "capture_id": "bigint",
}
SETTLED = (
    "job_state = 'waiting', attempts = 0, nudged_at = NULL, lease_until = NULL, lease_token = NULL,"
    " last_error = ''"
)


def _update(links: Sequence[tuple[int, RecordedCheck]]) -> None:
    columns = NOTED | {"id": "bigint"}
    _execute(
        f"UPDATE sources_link l SET {', '.join(f'{name} = v.{name}' for name in NOTED)}, {SETTLED}"
        f" FROM {_told(columns)} WHERE l.id = v.id",
        f"UPDATE sources_link SET {', '.join(f'{name} = %s' for name in NOTED)}, {SETTLED} WHERE id"
        " = %s",
        columns,
        [noted._asdict() | {"id": pk} for pk, noted in links],
    )


def _add(checks: list[dict[str, Any]]) -> None:
    names = ", ".join(HISTORY)
    _execute(
        f"INSERT INTO sources_linkcheck ({names}) SELECT {names} FROM {_told(HISTORY)}",
        f"INSERT INTO sources_linkcheck ({names}) VALUES ({', '.join(['%s'] * len(HISTORY))})",
        HISTORY,
        checks,
    )


def _told(columns: dict[str, str]) -> str:
    return (
        "json_to_recordset(%s) AS"
        f" v({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
    )


def _execute(
    postgres: str, sqlite: str, columns: dict[str, str], rows: list[dict[str, Any]]
) -> None:
    """PostgreSQL takes the rows as one JSON text, which its driver makes far quicker than arrays;
    SQLite has no wire, and repeats a small statement.
    """
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(postgres, [json.dumps(rows, default=str)])
        else:
            lists = [[row[name] for name in columns] for row in rows]
            for place, kind in enumerate(columns.values()):
                if kind in STORED:
                    for values in lists:
                        values[place] = STORED[kind](values[place])
            cursor.executemany(sqlite, lists)


def _moment(moment: datetime | None) -> str | None:
    return str(moment.astimezone(UTC).replace(tzinfo=None)) if moment else None


# What Django makes of these on SQLite.
STORED: dict[str, Callable[[Any], object]] = {
    "timestamptz": _moment,
    "jsonb": lambda value: json.dumps(value) if value else "[]",
}
