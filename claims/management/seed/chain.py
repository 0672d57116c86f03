"""Audit entries in the order of their times, whichever claim they are of."""

import heapq
import itertools
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from claims.management.seed.rows import insert
from claims.management.seed.templates import Copy, EntryTemplate
from factcheck.ledger.audit_log import lock_head
from factcheck.ledger.models import AuditEntry, AuditHead

AT_ONCE = 500
_FIELDS = [each for each in AuditEntry._meta.concrete_fields if not each.primary_key]


class Pending(NamedTuple):
    """The number keeps two entries of one moment in the order of their writing."""

    at: datetime
    number: int
    template: EntryTemplate
    actor_id: int | None
    actor: str
    object_id: str
    desk_id: int | None
    changes: str


class Chain:
    """Holds back what is later than the claims still to come."""

    def __init__(self) -> None:
        self._waiting: list[Pending] = []
        self._numbers = itertools.count()

    def add(self, template: EntryTemplate, copy: Copy) -> None:
        pending = Pending(
            template.at(copy),
            next(self._numbers),
            template,
            template.actor_id(copy),
            template.actor(copy),
            template.object_id(copy),
            template.desk_id(copy),
            template.changes(copy),
        )
        heapq.heappush(self._waiting, pending)

    def write(self, *, before: datetime | None) -> int:
        """Append what happened before this time, or everything; returns how many."""
        written = 0
        while count := self._write_some(before):
            written += count
        return written

    def _write_some(self, before: datetime | None) -> int:
        # Few in a transaction: PostgreSQL reads through all versions of the head that
        # the transaction has made, for each that it makes.
        with transaction.atomic():
            entries = list(itertools.islice(self._appended(lock_head(), before), AT_ONCE))
            rows = [_row(entry, changes) for entry, changes in entries]
            if rows:
                insert(AuditEntry, [field.attname for field in _FIELDS], rows)
                end, _ = entries[-1]
                AuditHead.objects.filter(pk=1).update(seq=end.seq, hash=end.hash)
        return len(entries)

    def _appended(
        self, head: AuditHead, before: datetime | None
    ) -> Iterator[tuple[AuditEntry, str]]:
        seq, last = head.seq, head.hash
        while self._waiting and (before is None or self._waiting[0].at < before):
            due = heapq.heappop(self._waiting)
            seq += 1
            entry = AuditEntry(
                seq=seq,
                at=due.at,
                actor_id=due.actor_id,
                actor=due.actor,
                entry_point=due.template.entry_point,
                request_id=due.template.request_id,
                action=due.template.action,
                object_type=due.template.object_type,
                object_id=due.object_id,
                desk_id=due.desk_id,
                changes=json.loads(due.changes),
                previous_hash=last,
            )
            entry.hash = last = entry.digest()
            yield entry, due.changes


def _row(entry: AuditEntry, changes: str) -> list[Any]:
    values = [getattr(entry, field.attname) for field in _FIELDS]
    values[_AT] = connection.ops.adapt_datetimefield_value(entry.at)
    values[_CHANGES] = changes
    return values


_AT, _CHANGES = (
    next(place for place, field in enumerate(_FIELDS) if field.name == name)
    for name in ("at", "changes")
)
