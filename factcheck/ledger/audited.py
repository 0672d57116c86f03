"""Base class for people, access and settings: every save is in the
audit log with old and new values, whatever the entry point.

The model writes the entry itself, in the transaction of its save, so no
screen, command or line of code can forget it. `QuerySet.update` and
`bulk_create` call no save: they are not used on these tables, and a
test reads the code for them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models, transaction

from factcheck.ledger import change_context
from factcheck.ledger.audit_log import changed_values, log_change


class Audited(models.Model):
    """Every column is logged except those in `unaudited`, which maps
    each to the reason.

    Of a `redacted` column the log says only that it changed. `events`
    maps a column to the name of the action if it changed alone, such as
    `revoked_at` to “revoke”. `logged_by_key` is for rows that the log
    knew before they had a public id: two names of one row would tear
    its history apart.
    """

    unaudited: ClassVar[Mapping[str, str]] = {}
    redacted: ClassVar[frozenset[str]] = frozenset()
    events: ClassVar[Mapping[str, str]] = {}
    logged_by_key: ClassVar[bool] = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        names = self._written(kwargs.get("update_fields"))
        if not names:
            super().save(*args, **kwargs)
            return
        # No savepoint: a row without its entry is never kept, so whoever goes on after
        # an error here needs one of their own, as `get_or_create` has.
        with transaction.atomic(using=kwargs.get("using"), savepoint=False):
            before = self._stored_values()
            super().save(*args, **kwargs)
            self._write_audit_entry(before, names)

    def was_saved(self, before: Self | None, changes: Mapping[str, Any]) -> None:
        """Hook for what else belongs to a change, in its transaction.

        `before` is the row as it was, None for a new one; `changes`
        maps each changed column to its [old, new] values.
        """

    def audit_marks(self, before: Self | None) -> dict[str, list[Any]]:
        """Hook for what an entry says besides the changed columns, as [old, new]."""
        return {}

    @classmethod
    def audited_fields(cls) -> set[str]:
        return {field.name for field in cls._meta.concrete_fields if not field.primary_key} - set(
            cls.unaudited
        )

    @classmethod
    def _written(cls, update_fields: Iterable[str] | None) -> set[str]:
        """The audited columns that this save writes."""
        if update_fields is None:
            return cls.audited_fields()
        # update_fields may use the field's name or its column's (desk or desk_id).
        names = set(update_fields)
        return {
            field.name for field in cls._meta.concrete_fields if names & {field.name, field.attname}
        } & cls.audited_fields()

    def _stored_values(self) -> Self | None:
        """The row as it is in the database, locked: of two savers at
        once, the second logs what the first one left. no_key: rows that
        point here can be inserted meanwhile.
        """
        if self.pk is None:
            return None
        # Related rows are read in the same query, because the log names them.
        related = [field.name for field in self._meta.concrete_fields if field.is_relation]
        rows = (
            type(self)
            ._default_manager.select_related(*related)
            .select_for_update(of=("self",), no_key=True)
        )
        return rows.filter(pk=self.pk).first()

    def _write_audit_entry(self, before: Self | None, names: set[str]) -> None:
        values = _plain_values(self, names)
        changes = (
            changed_values(_plain_values(before, names), values)
            if before
            else {name: ["", value] for name, value in values.items() if value != ""}
        )
        hidden = [
            name
            for name in sorted(names & self.redacted)
            if before and getattr(before, name) != getattr(self, name)
        ]
        # A save that changed nothing is not an event.
        if before and not changes and not hidden:
            return
        changes |= {name: ["", "changed"] for name in hidden}
        log_change(
            f"{self._meta.model_name}.{self._event(before, changes)}",
            self,
            by=change_context.actor(),
            changes=self._without_named(changes, hidden) | self.audit_marks(before),
        )
        self.was_saved(before, changes)

    def _event(self, before: Self | None, changes: Mapping[str, Any]) -> str:
        if before is None:
            return "add"
        return self.events.get(next(iter(changes)), "change") if len(changes) == 1 else "change"

    def _without_named(
        self,
        changes: dict[str, Any],
        hidden: list[str],
    ) -> dict[str, Any]:
        """Leave out redacted columns that changed alone and have an
        event of their own: the action already says it.
        """
        return {} if list(changes) == hidden and set(hidden) <= set(self.events) else changes


def _plain_values(row: Audited, names: set[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in sorted(names - row.redacted)}


def _plain(value: Any) -> Any:
    """A value as the audit log stores it: dates as ISO text, other rows
    by their name, because the log outlives them.
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (str, bool, int, list)) else str(value)
