"""Many due links at once: leased together, and their results written together."""

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

CAPTURE_COLUMNS = ("latest_capture__body_sha256", "latest_capture__content_type")
# How many rows per wanted link are read at most, to get past publishers that have
# enough.
WIDE = 4
READ_AGAIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """What of the link's last capture shows whether the page is unchanged."""

    capture_id: int
    body_sha256: str
    content_type: str

    def is_shown_by(self, body_sha256: str, content_type: str) -> bool:
        """Whether these are the same bytes, read in the same way."""
        return (body_sha256, content_type[:200]) == (self.body_sha256, self.content_type)


class LeasedLink(NamedTuple):
    """The columns of a link that a check needs: building whole models
    takes as long as the fetch.
    """

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
    known: StoredCapture | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A result that changes only the rows: no new text, and the link
    neither dies nor revives.
    """

    link: LeasedLink
    exchange: FetchResult
    finding: Finding
    body_sha256: str = ""
    capture_id: int | None = None
    unread: bool = False

    def record(self, now: datetime) -> RecordedCheck:
        record = link_checks.next_record(self.link, self.exchange, self.finding, now=now)
        return record._replace(reading_due_at=now) if self.unread else record


def lease(
    token: uuid.UUID,
    *,
    most: int,
    each: int,
    in_flight: Counter[int],
    due: str = "next_attempt_at",
) -> list[Leased]:
    """Lease the links that are overdue longest, at most `each` of one
    publisher, counting those `in_flight`. `due` is the column that says
    when: of the check, or of the reading of the page.

    Rows that another worker holds or is leasing right now are skipped
    (SKIP LOCKED). SQLite has one writer at a time anyway.
    """
    full = [publisher for publisher, count in in_flight.items() if count >= each]
    with transaction.atomic():
        now = clock.now()
        ready = Link.objects.filter(
            due_work.leasable(now, due=due), attempts__lt=due_work.STREAM_ATTEMPTS
        ).order_by(due)
        if full:
            ready = ready.exclude(publisher__in=full)
        ready = ready.select_for_update(of=("self",), skip_locked=True, no_key=True)
        leased = _chosen(
            ready.values_list(*LeasedLink._fields, *CAPTURE_COLUMNS),
            most=most,
            each=each,
            in_flight=in_flight,
        )
        Link.objects.filter(pk__among=[one.link.pk for one in leased]).update(
            job_state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=now + timedelta(seconds=settings.LEASE_SECONDS),
            lease_token=token,
            # If this process dies of it, that is not tried again at once.
            **({due: now + READ_AGAIN} if due == "reading_due_at" else {}),
        )
    return leased


@dataclass(frozen=True, slots=True)
class WriteResult:
    """`waiting` are locked by somebody right now; `changed_links` died
    or revived, which is stored one by one.
    """

    count: int
    waiting: list[Seen]
    changed_links: list[Seen]


def write(token: uuid.UUID, seen: Sequence[Seen]) -> WriteResult:
    """Write the results of links whose lease is still ours; the others are dropped."""
    ours = Link.objects.filter(pk__among=[one.link.pk for one in seen], lease_token=token)
    with transaction.atomic():
        now = clock.now()
        # A row that somebody edits right now must not hold up hundreds of others.
        locked = set(
            ours.order_by("pk")
            .select_for_update(skip_locked=True, no_key=True)
            .values_list("pk", flat=True)
        )
        ours_seen = [one for one in seen if one.link.pk in locked]
        after = {one.link.pk: one.record(now) for one in ours_seen}
        stored = [
            one
            for one in ours_seen
            if bool(after[one.link.pk].dead_since) == bool(one.link.dead_since)
        ]
        _update([(one.link.pk, after[one.link.pk]) for one in stored])
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
                for one in stored
            ]
        )
    # After the commit: receivers lock evidence, and must not while hundreds of links
    # are held.
    confirmed = {one.link.pk: one.capture_id for one in stored if one.capture_id}
    if confirmed:
        captures_unchanged.send(Link, captures=confirmed)
    stored_pks = {one.link.pk for one in stored}
    unlocked_pks = (
        set(ours.values_list("pk", flat=True)) - locked if len(locked) < len(seen) else set()
    )
    return WriteResult(
        len(stored),
        [one for one in seen if one.link.pk in unlocked_pks],
        [one for one in ours_seen if one.link.pk not in stored_pks],
    )


def _chosen(
    ready: Any,
    *,
    most: int,
    each: int,
    in_flight: Counter[int],
) -> list[Leased]:
    """The first ready links. More rows are read only if some publishers
    already have enough.
    """
    chosen: list[Leased] = []
    for width in (most, WIDE * most):
        rows, counts, chosen = list(ready[:width]), in_flight.copy(), []
        for row in rows:
            link = LeasedLink(*row[: -len(CAPTURE_COLUMNS)])
            if counts[link.publisher_id] < each and len(chosen) < most:
                counts[link.publisher_id] += 1
                chosen.append(
                    Leased(
                        link,
                        (
                            StoredCapture(link.latest_capture_id, *row[-len(CAPTURE_COLUMNS) :])
                            if link.latest_capture_id
                            else None
                        ),
                    )
                )
        if len(chosen) == most or len(rows) < width:
            break
    return chosen


# --- many rows at once ---

# An upsert would be shorter, but on SQLite the guard against INSERT OR REPLACE refuses
# it. The types are PostgreSQL's, for json_to_recordset.
CHECK_COLUMNS = {
    "state": "text",
    "reason": "text",
    "http_status": "smallint",
    "final_url": "text",
    "last_checked_at": "timestamptz",
    "failures": "integer",
    "failing_since": "timestamptz",
    "dead_since": "timestamptz",
    "next_attempt_at": "timestamptz",
    "reading_due_at": "timestamptz",
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
    "job_state = 'waiting', attempts = 0, nudged_at = NULL, lease_until = NULL, lease_token ="
    " NULL,"
    " last_error = ''"
)


def _update(links: Sequence[tuple[int, RecordedCheck]]) -> None:
    # Every name below is a constant of this module, so none can carry SQL from outside.
    columns = CHECK_COLUMNS | {"id": "bigint"}
    from_rows = ", ".join(f"{name} = v.{name}" for name in CHECK_COLUMNS)
    from_parameters = ", ".join(f"{name} = %s" for name in CHECK_COLUMNS)
    _execute(
        f"UPDATE sources_link l SET {from_rows}, {SETTLED}"
        f" FROM {_recordset(columns)} WHERE l.id = v.id",
        f"UPDATE sources_link SET {from_parameters}, {SETTLED} WHERE id = %s",
        columns,
        [record._asdict() | {"id": pk} for pk, record in links],
    )


def _add(checks: list[dict[str, Any]]) -> None:
    names = ", ".join(HISTORY)
    _execute(
        f"INSERT INTO sources_linkcheck ({names}) SELECT {names} FROM {_recordset(HISTORY)}",
        f"INSERT INTO sources_linkcheck ({names}) VALUES ({', '.join(['%s'] * len(HISTORY))})",
        HISTORY,
        checks,
    )


def _recordset(columns: dict[str, str]) -> str:
    return (
        "json_to_recordset(%s) AS"
        f" v({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
    )


def _execute(
    postgres: str, sqlite: str, columns: dict[str, str], rows: list[dict[str, Any]]
) -> None:
    """Run one statement for all rows. PostgreSQL gets them as one JSON
    text, which psycopg adapts much faster than arrays; SQLite, without
    a network, repeats a small statement.
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


# How Django stores these types on SQLite, which raw SQL must match.
STORED: dict[str, Callable[[Any], object]] = {
    "timestamptz": _moment,
    "jsonb": lambda value: json.dumps(value) if value else "[]",
}
