"""Optimistic locking for Django's stock forms: saving over somebody
else's change is refused once, naming who changed what, and everything
typed stays on the form.
"""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.utils.translation import gettext as _

from factcheck.ledger.audit_log import object_id_of
from factcheck.ledger.encryption import EncryptedTextField
from factcheck.ledger.models import AuditEntry

# The hidden input of the page: the row as it was when the form was opened.
OPENED_VALUES = "opened_values"
# A password hash must not travel to the browser, nor what is stored encrypted;
# last_login changes without anybody editing.
_EXCLUDED = frozenset({"password", "last_login"})


def values_of(row: Model) -> dict[str, str]:
    """The row's columns as text, by field name."""
    return {
        field.name: str(getattr(row, field.name))
        for field in row._meta.concrete_fields
        if field.name not in _EXCLUDED and not isinstance(field, EncryptedTextField)
    }


def opened_values(row: Model) -> str:
    """The stored values as JSON, for the hidden input."""
    # Read anew: a refused form has already written what was typed into the row in
    # memory.
    return json.dumps(values_of(type(row)._default_manager.get(pk=row.pk)), sort_keys=True)


class StaleCheckForm(ModelForm):  # type: ignore[type-arg]
    """Refuses to save over a change that the page did not show."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        # A script that posts without the hidden input has not opened a page to be out
        # of date.
        if self.instance.pk and OPENED_VALUES in self.data:
            self._refuse_if_stale(_parsed(str(self.data[OPENED_VALUES])))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        # Django passes over a constraint with a field that the form does not offer,
        # such as the desk of a topic, and the save would end in an error. Of a stored
        # row that field is known all the same.
        if self.instance.pk and not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self.add_error(None, error.messages)

    def stored_pk(self) -> Any:
        """The row that saving would replace."""
        return self.instance.pk

    def _refuse_if_stale(self, opened: dict[str, str]) -> None:
        # Locked until the save, in the transaction that the admin opens: of two people
        # who save at the same moment, the second one waits here and then sees the first
        # one's values. FOR NO KEY UPDATE does not block inserts that refer to the row.
        row = (
            type(self.instance)
            ._default_manager.select_for_update(of=("self",), no_key=True)
            .get(pk=self.stored_pk())
        )
        now = values_of(row)
        changed = [name for name in now if name in self.fields and opened.get(name) != now[name]]
        for name in changed:
            message = _(
                "%(person)s changed this field from “%(old)s” to “%(new)s” while you were editing."
                " Not saved. Keep your text or use theirs, then save again."
            ) % {
                "person": _last_editor(row, name),
                "old": opened.get(name) or _("empty"),
                "new": now[name] or _("empty"),
            }
            self.add_error(name, ValidationError(message, code="stale"))


def _parsed(raw_values: str) -> dict[str, str]:
    # The input comes from a browser: whatever is no JSON object counts as nothing seen,
    # so that every field is reported as changed.
    try:
        values = json.loads(raw_values)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def _last_editor(row: Model, field: str) -> str:
    entries = AuditEntry.objects.filter(
        object_type=row._meta.label_lower, object_id=object_id_of(row)
    )
    # The newest few suffice: the change happened since a page was opened. `changes` is
    # JSON, which SQLite cannot index by key.
    newest = entries.order_by("-seq")[:20]
    entry = next((entry for entry in newest if field in entry.changes), None)
    return entry.actor if entry else _("Somebody")
