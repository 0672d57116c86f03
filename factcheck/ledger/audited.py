"""Tables of people, access and settings: every save is on record with old and new values, whichever
door it came through.

The row says so itself, in the transaction of its save: no screen, command or line of code can
forget it. What no save sees (`QuerySet.update`, `bulk_create`) is not used on these tables; a test
reads the code for it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models, transaction

from factcheck.ledger import change_context
from factcheck.ledger.audit_log import changed_values, log_change


class Audited(models.Model):
    """All columns are on record but those in `unaudited`, each with its reason.

    Of a column in `veiled` only that it changed. `events` names the action where a column changed
    alone.
    """

    unaudited: ClassVar[Mapping[str, str]] = {}
    redacted: ClassVar[frozenset[str]] = frozenset()
    events: ClassVar[Mapping[str, str]] = {}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        names = self._written(kwargs.get("update_fields"))
        if not names:
            super().save(*args, **kwargs)
            return
        with transaction.atomic(using=kwargs.get("using")):
            before = self._as_it_was()
            super().save(*args, **kwargs)
            self._write_down(before, names)

    def was_saved(self, before: Self | None, changes: Mapping[str, Any]) -> None:
        """What else belongs to a change, in its transaction; `before` is None for a new row."""

    @classmethod
    def audited_fields(cls) -> set[str]:
        return {field.name for field in cls._meta.concrete_fields if not field.primary_key} - set(
            cls.unaudited
        )

    @classmethod
    def _written(cls, update_fields: Iterable[str] | None) -> set[str]:
        """Of the audited columns those that this save writes."""
        if update_fields is None:
            return cls.audited_fields()
        wanted = set(update_fields)
        return {
            field.name
            for field in cls._meta.concrete_fields
            if wanted & {field.name, field.attname}
        } & cls.audited_fields()

    def _as_it_was(self) -> Self | None:
        """Locked: of two savers at once the second one tells what the first one left."""
        if self.pk is None:
            return None
        related = [field.name for field in self._meta.concrete_fields if field.is_relation]
        rows = (
            type(self)
            ._default_manager.select_related(*related)
            .select_for_update(of=("self",), no_key=True)
        )
        return rows.filter(pk=self.pk).first()

    def _write_down(self, before: Self | None, names: set[str]) -> None:
        told = _told(self, names)
        changes = (
            changed_values(_told(before, names), told)
            if before
            else {name: ["", value] for name, value in told.items() if value != ""}
        )
        hidden = [
            name
            for name in sorted(names & self.redacted)
            if before and getattr(before, name) != getattr(self, name)
        ]
        if before and not changes and not hidden:
            return
        changes |= {name: ["", "changed"] for name in hidden}
        log_change(
            f"{self._meta.model_name}.{self._event(before, changes)}",
            self,
            by=change_context.actor(),
            changes=self._without_named(changes, hidden),
        )
        self.was_saved(before, changes)

    def _event(self, before: Self | None, changes: Mapping[str, Any]) -> str:
        if before is None:
            return "add"
        return self.events.get(next(iter(changes)), "change") if len(changes) == 1 else "change"

    def _without_named(self, changes: dict[str, Any], hidden: list[str]) -> dict[str, Any]:
        """A veiled column that changed alone and has an event of its own is named by
        that already.
        """
        return {} if list(changes) == hidden and set(hidden) <= set(self.events) else changes


def _told(row: Audited, names: set[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in sorted(names - row.redacted)}


def _plain(value: Any) -> Any:
    """As the chain keeps it: dates as ISO, other rows by their name."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (str, bool, int, list)) else str(value)
