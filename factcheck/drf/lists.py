"""What lists share: an order that the caller chooses, ranges of days, and the rows that
changed since a moment.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Replace
from django.utils.translation import gettext as _
from rest_framework.serializers import CharField, ChoiceField, DateField

from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import Moment, PageQuery
from factcheck.ledger import full_text
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.desk_days import in_days

Order = tuple[str, ...]
CHANGED = "On record since then: entered, edited, moved or decided."


def ordering(*names: str) -> ChoiceField:
    """The parameter `ordering` of a list: one of these, with “-” for descending."""
    signed = [f"{sign}{name}" for name in names for sign in ("", "-")]
    return ChoiceField(signed, required=False, help_text="Rows without a value come last.")


def search(words: str) -> CharField:
    """The parameter `q` of a list."""
    return CharField(
        required=False,
        max_length=200,
        help_text=f"Words, or their beginnings, of {words}; in quotation marks a phrase.",
    )


def days(what: str) -> tuple[DateField, DateField]:
    """The two parameters of a range of days."""
    first = DateField(required=False, help_text=f"{what} on or after this day, of the desk.")
    last = DateField(required=False, help_text=f"{what} on or before this day.")
    return first, last


class ChangesQuery(PageQuery):
    """Of a list whose rows' changes are on record."""

    updated_since = Moment(required=False, help_text=CHANGED)


def chosen_order(name: str, orders: Mapping[str, Order]) -> Order:
    """The columns to order by; `orders` names those of an order that has more than
    the column of its own name.
    """
    columns = orders.get(name.lstrip("-"), (name.lstrip("-"),))
    return tuple(map(_turned, columns)) if name.startswith("-") else columns


def _turned(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def in_range(
    rows: QuerySet[Any], asked: Mapping[str, Any], name: str, column: str, zone: str
) -> QuerySet[Any]:
    """By the parameters `<name>_from` and `<name>_to`. A column without a time has no
    zone.
    """
    first, last = asked.get(f"{name}_from"), asked.get(f"{name}_to")
    if first and last and first > last:
        raise bad_field(
            f"{name}_to",
            _("The last day is before the first one, %(first)s. Exchange the two.")
            % {"first": first},
        )
    if zone and (first or last):
        return rows.filter(in_days(column, first, last, zone=zone))
    if first:
        rows = rows.filter(**{f"{column}__gte": first})
    return rows.filter(**{f"{column}__lte": last}) if last else rows


def found(rows: QuerySet[Any], index: str, asked: Mapping[str, Any]) -> QuerySet[Any]:
    """By `q`, as the lists of the desk search."""
    if not asked.get("q"):
        return rows
    # In an order that somebody chose no index may lead through the rows.
    words = full_text.matching if asked.get("ordering") else full_text.met_in_order
    return rows.filter(words(index, asked["q"]))


def changed_since(rows: QuerySet[Any], at: datetime | None) -> QuerySet[Any]:
    """The rows with an entry in the audit log since then."""
    if at is None:
        return rows
    # From the newest entry back, for the log has an order and no index of times: as
    # much is read as has happened since.
    before = AuditEntry.objects.filter(at__lt=at).order_by("-seq").values_list("seq", flat=True)
    entries = AuditEntry.objects.filter(
        object_type=rows.model._meta.label_lower, seq__gt=before.first() or 0
    ).order_by()
    # Without hyphens, as SQLite keeps a UUID; PostgreSQL reads both.
    named = Cast(Replace("object_id", Value("-"), Value("")), UUIDField())
    return rows.filter(public_id__in=entries.annotate(named=named).values("named"))
