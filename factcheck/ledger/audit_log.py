"""The one way to write an audit entry, in the transaction of the change
that it records.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import models, transaction

from factcheck.ledger import change_context, clock
from factcheck.ledger.models import AuditEntry, AuditHead

_waiting: ContextVar[list[AuditEntry] | None] = ContextVar("waiting_entries", default=None)


class Actor(Protocol):
    pk: Any

    def get_username(self) -> str: ...


def lock_head() -> AuditHead:
    """Lock the end of the chain until this transaction ends, and return
    it.

    From here on nobody else can append. Transactions that lock other
    rows too must take this lock last, or all of them in one order: two
    that wait for each other would deadlock.
    """
    return AuditHead.objects.select_for_update().get(pk=1)


def log_change(
    action: str, obj: models.Model, *, by: Actor | None, changes: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Append one entry about a row.

    `changes` maps a field to [old, new]. No floats (they have no
    canonical text, so the hash would not be stable; raises TypeError),
    and nothing privileged or personal: nobody can erase it later.
    """
    return log_change_of(
        action,
        obj._meta.label_lower,
        object_id_of(obj),
        by=by,
        changes=changes,
        desk_id=getattr(obj, "desk_id", None),
    )


def object_id_of(obj: models.Model) -> str:
    """Under which the log knows a row; see `Audited.logged_by_key`."""
    by_key = getattr(obj, "logged_by_key", False)
    return str(obj.pk if by_key else getattr(obj, "public_id", obj.pk))


def log_change_of(
    action: str,
    object_type: str,
    object_id: str,
    *,
    by: Actor | None,
    changes: Mapping[str, Any] | None = None,
    desk_id: int | None = None,
) -> AuditEntry:
    """Append one entry about something that has no row, such as a failed sign-in."""
    entry = AuditEntry(
        actor_id=by.pk if by else None,
        # The name as of now: the log must be readable after the account is renamed.
        actor=by.get_username() if by else "system",
        entry_point=change_context.current().name,
        request_id=change_context.current().request_id,
        action=action,
        object_type=object_type,
        object_id=object_id,
        desk_id=desk_id,
        changes=dict(changes or {}),
    )
    waiting = _waiting.get()
    if waiting is None:
        _append([entry])
    else:
        waiting.append(entry)
    return entry


@contextmanager
def entries_at_the_end() -> Iterator[None]:
    """Hold back the entries of this transaction until the block ends.

    Everybody who changes anything waits for whoever has the head, from
    the first entry to the commit: what takes time is done before.
    Whoever reads rows that must not change before the commit takes
    `lock_head` all the same. A savepoint that is rolled back inside the
    block does not take its entries back: let its error out of the block.
    Inside another block this one does nothing.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting: list[AuditEntry] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    _append(waiting)


def _append(entries: list[AuditEntry]) -> None:
    if not entries:
        return
    # No savepoint: if an entry fails, the change must fail with it, not be kept without
    # a record.
    with transaction.atomic(savepoint=False):
        head = lock_head()
        # The time is read after the lock, so that entries in the order of seq are in
        # that of time.
        at = clock.now()
        for entry in entries:
            entry.seq, entry.at, entry.previous_hash = head.seq + 1, at, head.hash
            entry.hash = entry.digest()
            head.seq, head.hash = entry.seq, entry.hash
        AuditEntry.objects.bulk_create(entries)
        # The entries first: the trigger of the head accepts only the end of a chain
        # without a gap.
        AuditHead.objects.filter(pk=1).update(seq=head.seq, hash=head.hash)


def changed_values(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> dict[str, list[Any]]:
    """{field: [old, new]} for the fields that differ."""
    return {
        name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]
    }
