"""The one way to write an audit entry: in the transaction of the change it tells of."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import models, transaction

from factcheck.ledger import change_context, clock
from factcheck.ledger.models import AuditEntry, AuditHead


class Actor(Protocol):
    pk: Any

    def get_username(self) -> str: ...


def lock_head() -> AuditHead:
    """The place of the next entry: from here on no other change is committed before this
    transaction ends.
    """
    return AuditHead.objects.select_for_update().get(pk=1)


def log_change(
    action: str, obj: models.Model, *, by: Actor | None, changes: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Append one entry; `changes` maps a field to [old, new], without floats and without anything
    privileged.
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
    """The same of something that has no row."""
    with transaction.atomic(
        savepoint=False
    ):  # a change whose entry fails is no change: nothing to go back to in between
        head = lock_head()
        entry = AuditEntry(
            seq=head.seq + 1,
            at=clock.now(),
            actor_id=by.pk if by else None,
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
        AuditHead.objects.filter(pk=1).update(seq=entry.seq, hash=entry.hash)
        return entry


def changed_values(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{field: [old, new]} for the fields that differ."""
    return {
        name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]
    }
