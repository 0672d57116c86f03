"""The filters of the staff lists: one declaration each, named in a
list's `list_filter`, and combined in the address.

They are Django's own list filters, which the page shows as one form
(`list_pages`). A value that makes no sense is a `problem` that the list
shows; the list is empty then, because rows that nobody asked for would
pass for the filtered ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import ValidationError
from django.db.models import DateField, Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.newsroom.admin_base import person
from factcheck.newsroom.desk_days import in_days
from factcheck.newsroom.models import Desk, User

ADMIN = ModelAdmin[Any]
Rows = QuerySet[Any]
LONGEST = 200


class NewsroomFilter(SimpleListFilter):
    """A filter of the form above the list. Subclasses name their
    `widget` and implement `narrowed_by`.
    """

    widget: ClassVar[str]
    # What to ask for, to see what the list leaves out while the filter is off.
    widest: ClassVar[tuple[str, str]]

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: ADMIN
    ) -> None:
        self.user: User = person(request)
        name = str(self.parameter_name)
        given = [one for one in params.get(name, []) if one.strip()]
        # Of a field that comes twice in the address the last counts, as for Django.
        self.given = given if self.widget == "several" else given[-1:]
        self.problem = ""
        self.note = ""  # what the list leaves out while the filter is off
        super().__init__(request, params, model, model_admin)

    def has_output(self) -> bool:
        return True

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> Iterable[tuple[Any, str]]:
        return ()

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        if not self.given:
            return self.unasked(request, queryset)
        try:
            return self.narrowed_by(queryset, self.given)
        except ValidationError as error:
            self.problem = " ".join(error.messages)
            return queryset.none()

    def unasked(self, request: HttpRequest, queryset: Rows) -> Rows:
        """The rows while the filter is off."""
        return queryset

    def narrowed_by(self, queryset: Rows, values: Sequence[str]) -> Rows:
        """Raises ValidationError for values that make no sense."""
        raise NotImplementedError

    @property
    def typed(self) -> str:
        return self.given[-1] if self.given else ""

    def chips(self) -> list[tuple[str, str]]:
        """(value, text) of what is on."""
        return [(value, self.words(value)) for value in self.given]

    def words(self, value: str) -> str:
        return value


class OfferedFilter(NewsroomFilter):
    """A choice among what `lookups` offers this person; any other value
    is refused. Subclasses implement `narrowed`.
    """

    widget = "select"

    def has_output(self) -> bool:
        # What was asked is answered, also where nothing is on offer.
        return bool(self.lookup_choices) or bool(self.given)

    def narrowed_by(self, queryset: Rows, values: Sequence[str]) -> Rows:
        # int("x") would be a 500, and a foreign desk's id would tell whether it exists.
        offered = {str(value) for value, _label in self.lookup_choices}
        if not set(values) <= offered:
            raise ValidationError(_("This choice is not available, or not to you."))
        return self.narrowed_to_all(queryset, values)

    def narrowed_to_all(self, queryset: Rows, values: Sequence[str]) -> Rows:
        return self.narrowed(queryset, values[-1])

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        """The rows with this value, which is one that `lookups` offered."""
        raise NotImplementedError

    def options(self) -> list[dict[str, Any]]:
        return [
            {"value": value, "label": label, "on": str(value) in self.given}
            for value, label in self.lookup_choices
        ]

    def words(self, value: str) -> str:
        labels = {str(offered): str(label) for offered, label in self.lookup_choices}
        return labels.get(value, value)


class ChoiceFilter(OfferedFilter):
    """The values of a column with `choices`; several may be on."""

    widget = "several"
    column: ClassVar[str]
    choices_of: ClassVar[Any]

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> Iterable[tuple[Any, str]]:
        return [(value, str(label)) for value, label in self.choices_of.choices]

    def narrowed_to_all(self, queryset: Rows, values: Sequence[str]) -> Rows:
        return queryset.filter(**{f"{self.column}__in": values})


class TextFilter(NewsroomFilter):
    """Words that somebody types. Subclasses implement `narrowed`."""

    widget = "text"

    def narrowed_by(self, queryset: Rows, values: Sequence[str]) -> Rows:
        value = " ".join(values[-1].split())
        if len(value) > LONGEST:
            raise ValidationError(
                _("Use at most %(count)d characters.") % {"count": LONGEST},
            )
        return self.narrowed(queryset, value)

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        raise NotImplementedError


class ContainsFilter(TextFilter):
    """Rows with these words in one of `columns`."""

    columns: ClassVar[tuple[str, ...]]

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        found = Q()
        for column in self.columns:
            found |= Q(**{f"{column}__icontains": value})
        return queryset.filter(found)


class DayFilter(NewsroomFilter):
    """From a day on, or up to and including one, by the clock of each
    row's desk. `zone` is the path to its time zone.
    """

    widget = "day"
    column: ClassVar[str]
    zone: ClassVar[str] = "desk__time_zone"
    ends: ClassVar[bool] = False

    def narrowed_by(self, queryset: Rows, values: Sequence[str]) -> Rows:
        day = self.day(values[-1])
        field = get_fields_from_path(queryset.model, self.column)[-1]
        if not _is_moment(field):
            lookup = "lte" if self.ends else "gte"
            return queryset.filter(**{f"{self.column}__{lookup}": day})
        return queryset.filter(self._by_clock(day))

    def _by_clock(self, day: date) -> Q:
        if self.ends:
            return in_days(self.column, None, day, zone=self.zone)
        return in_days(self.column, day, None, zone=self.zone)

    @staticmethod
    def day(typed: str) -> date:
        day: date = forms.DateField().clean(typed)
        # Calendars of databases end before Python's does, at either side.
        if not 1000 <= day.year < 9000:
            raise ValidationError(_("Choose a day near today."))
        return day

    def words(self, value: str) -> str:
        try:
            return date_format(self.day(value), "DATE_FORMAT")
        except ValidationError:
            return value


def _is_moment(field: Any) -> bool:
    # A DateTimeField is a DateField to Django.
    return type(field) is not DateField


@dataclass(frozen=True, slots=True)
class Days:
    """How a range of days is declared: its name in the address, the
    column, and what the form calls it.
    """

    name: str
    column: str
    label: Any
    zone: str = "desk__time_zone"

    def filters(self) -> tuple[type[DayFilter], type[DayFilter]]:
        shared = {"column": self.column, "zone": self.zone}
        first = {"title": _Ranged(self.label, gettext_lazy("from"))}
        last = {"title": _Ranged(self.label, gettext_lazy("to")), "ends": True}
        return (
            type("From", (DayFilter,), {**shared, **first, "parameter_name": f"{self.name}_from"}),
            type("To", (DayFilter,), {**shared, **last, "parameter_name": f"{self.name}_to"}),
        )


class _Ranged:
    """“received from”, in the language of whoever reads it."""

    def __init__(self, label: Any, end: Any) -> None:
        self.label, self.end = label, end

    def __str__(self) -> str:
        return f"{self.label} {self.end}"


def choice_filter(
    parameter: str,
    column: str,
    choices: Any,
    label: Any,
) -> type[ChoiceFilter]:
    """The filter of one column with choices."""
    return type(
        "Choices",
        (ChoiceFilter,),
        {"parameter_name": parameter, "column": column, "choices_of": choices, "title": label},
    )


def contains_filter(parameter: str, label: Any, *columns: str) -> type[ContainsFilter]:
    """The filter of columns by words that they contain."""
    return type(
        "Contains",
        (ContainsFilter,),
        {"parameter_name": parameter, "columns": columns, "title": label},
    )


class DeskFilter(OfferedFilter):
    title = gettext_lazy("desk")
    parameter_name = "desk"
    column: ClassVar[str] = "desk_id"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> list[tuple[Any, str]]:
        # Also desks of ended memberships: they narrow a list, they never widen it.
        desks = Desk.objects.filter(memberships__user=request.user.pk).distinct()
        return [(desk.pk, desk.name) for desk in desks]

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(**{self.column: int(value)})
