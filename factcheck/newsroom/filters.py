"""Filters for lists: they offer only what the person may see, and refuse what they did
not offer.
"""

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest

from factcheck.newsroom.models import Desk


class OfferedFilter(SimpleListFilter):
    """A filter whose value must be one it offers; anything else leads back to the whole list with a
    warning.
    """

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value is None:
            return queryset
        if str(value) not in {str(offered) for offered, _ in self.lookup_choices}:
            raise IncorrectLookupParameters(f"{self.title}: {value!r}")
        return self.narrowed(queryset, str(value))

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        raise NotImplementedError


class DeskFilter(OfferedFilter):
    title = "desk"
    parameter_name = "desk"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        mine = Desk.objects.filter(memberships__user=request.user.pk).distinct()
        return [(desk.pk, desk.name) for desk in mine]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(desk_id=int(value))
