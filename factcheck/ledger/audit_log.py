"""The one way to write an audit entry, in the transaction of the change
that it records.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import models, transaction

from factcheck.ledger import change_context, clock
from factcheck.ledger.models import AuditEntry, AuditHead


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
        str(getattr(obj, "public_id", obj.pk)),
        by=by,
        changes=changes,
        desk_id=getattr(obj, "desk_id", None),
    )


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
    # No savepoint: if the entry fails, the change must fail with it, not be kept
    # without a record.
    with transaction.atomic(savepoint=False):
        head = lock_head()
        # The time is read after the lock, so that entries in the order of seq are in
        # that of time.
        entry = AuditEntry(
            seq=head.seq + 1,
            at=clock.now(),
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
            previous_hash=head.hash,
        )
        entry.hash = entry.digest()
        entry.save(force_insert=True)
        # The entry first: the trigger of the head accepts only a seq and hash that the
        # chain has.
        AuditHead.objects.filter(pk=1).update(seq=entry.seq, hash=entry.hash)
        return entry


def changed_values(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> dict[str, list[Any]]:
    """{field: [old, new]} for the fields that differ."""
    return {
        name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]
    }
