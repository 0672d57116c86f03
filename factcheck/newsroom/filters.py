"""List filters that offer only what the person may see and refuse any other value."""

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from factcheck.newsroom.models import Desk


class OfferedFilter(SimpleListFilter):
    """A filter whose value must be one of its lookups; any other leads
    back to the whole list with a warning. Subclasses implement
    `narrowed`.
    """

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value is None:
            return queryset
        # SimpleListFilter passes on whatever the address holds: int("x") would be a
        # 500, and a foreign desk's id would tell whether it exists.
        if str(value) not in {str(offered) for offered, _ in self.lookup_choices}:
            raise IncorrectLookupParameters(f"{self.title}: {value!r}")
        return self.narrowed(queryset, str(value))

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows with this value, which is one that `lookups` offered."""
        raise NotImplementedError


class DeskFilter(OfferedFilter):
    title = gettext_lazy("desk")
    parameter_name = "desk"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        # Also desks of ended memberships: they narrow a list, they never widen it.
        desks = Desk.objects.filter(memberships__user=request.user.pk).distinct()
        return [(desk.pk, desk.name) for desk in desks]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(desk_id=int(value))
