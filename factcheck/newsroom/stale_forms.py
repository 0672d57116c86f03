"""A stock form that somebody else overtook: refused once, with who changed what to what, and with
everything typed kept.
"""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm

from factcheck.ledger.models import AuditEntry

SEEN = "opened_values"  # the hidden input of the page: the row as it was when the form was opened
_SECRET = frozenset({"password", "last_login"})


def values_of(row: Model) -> dict[str, str]:
    return {
        field.name: str(getattr(row, field.name))
        for field in row._meta.concrete_fields
        if field.name not in _SECRET
    }


def opened_values(row: Model) -> str:
    """As it stands in the database now, whatever a refused form has put into the row in memory."""
    return json.dumps(values_of(type(row)._default_manager.get(pk=row.pk)), sort_keys=True)


class StaleCheckForm(ModelForm):  # type: ignore[type-arg]
    """Refuses to save over a change that the page did not show."""

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if self.instance.pk and SEEN in self.data:
            self._refuse_if_stale(_read(str(self.data[SEEN])))
        return given

    def _refuse_if_stale(self, seen: dict[str, str]) -> None:
        # Locked until the save: two people who press at once are one after the other here.
        row = (
            type(self.instance)
            ._default_manager.select_for_update(of=("self",), no_key=True)
            .get(pk=self.instance.pk)
        )
        now = values_of(row)
        for name in [name for name in now if name in self.fields and seen.get(name) != now[name]]:
            told = (
                f"{_who(row, name)} changed this since you opened the page, from"
                f" “{seen.get(name) or 'nothing'}” to “{now[name] or 'nothing'}”. Nothing was"
                " saved. What you typed is still here: keep it or take theirs, then save again."
            )
            self.add_error(name, ValidationError(told, code="stale"))


def _read(sent: str) -> dict[str, str]:
    try:
        found = json.loads(sent)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _who(row: Model, field: str) -> str:
    told = AuditEntry.objects.filter(
        object_type=row._meta.label_lower, object_id=str(getattr(row, "public_id", row.pk))
    )
    entry = next((one for one in told.order_by("-seq")[:20] if field in one.changes), None)
    return entry.actor if entry else "Somebody"
