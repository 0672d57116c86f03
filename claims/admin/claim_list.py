"""The list of claims: what it filters by, and what it shows of a row."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.choices import Status
from claims.models import Claim, Evidence
from claims.rules import independence
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.badges import ago
from factcheck.newsroom.filters import OfferedFilter

NOBODY = "nobody"

# What publishing.independent() reads of each item, fetched once for the whole page.
EVIDENCE = Prefetch(
    "evidence",
    Evidence.objects.active()
    .select_related("link__publisher", "origin")
    .prefetch_related("waivers"),
    to_attr="standing",
)


class StateFilter(OfferedFilter):
    title = "state"
    parameter_name = "status__exact"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return [(value, str(label)) for value, label in Status.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """A duplicate is out of the way until somebody asks for it, by its state or by
        its words.
        """
        if self.value() is None and not request.GET.get("q"):
            return queryset.exclude(status=Status.MERGED)
        return super().queryset(request, queryset)

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(status=value)


class AssigneeFilter(OfferedFilter):
    title = "assignee"
    parameter_name = "assignee__id__exact"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return [(person(request).pk, "me"), (NOBODY, "nobody")]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return (
            queryset.filter(assignee=None)
            if value == NOBODY
            else queryset.filter(assignee_id=int(value))
        )


def due(claim: Claim) -> SafeString:
    late = claim.due_at is not None and claim.due_at < timezone.now()
    return (
        format_html('<span class="late">{}</span>', ago(claim.due_at))
        if late
        else ago(claim.due_at)
    )


def sources(claim: Claim) -> str:
    """Independent sources found, of those the desk needs. Needs the prefetch EVIDENCE."""
    standing: list[Evidence] = claim.standing  # type: ignore[attr-defined]
    return f"{independence.independent(standing)} of {claim.desk.evidence_needed}"
