"""The filters and columns of the claim list."""

from typing import Any, cast

from django.contrib.admin import ModelAdmin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.claim_work import WORK
from claims.choices import Status
from claims.models import Claim, Evidence
from claims.querysets.claims import UNFINISHED, ClaimQuerySet
from claims.rules import independence
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.badges import ago
from factcheck.newsroom.filters import OfferedFilter

NOBODY = "nobody"

# What independence.independent() reads of each item, fetched once for the whole page.
# To an attribute of its own: `claim.evidence` must keep meaning all evidence, withdrawn
# items too.
ACTIVE_EVIDENCE = Prefetch(
    "evidence",
    Evidence.objects.active()
    .select_related("link__publisher", "origin")
    .prefetch_related("waivers"),
    to_attr="active_evidence",
)


class StateFilter(OfferedFilter):
    title = gettext_lazy("status")
    parameter_name = "status__exact"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return [(value, str(label)) for value, label in Status.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Merged claims are left out unless the status or a search asks for them."""
        # A search must find a duplicate, because it says which claim it was merged
        # into; and what waits for somebody may wait on a merged claim too.
        asked = request.GET.get("q") or request.GET.get(WorkFilter.parameter_name)
        if self.value() is None and not asked:
            return queryset.exclude(status=Status.MERGED)
        return super().queryset(request, queryset)

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(status=value)


class AssigneeFilter(OfferedFilter):
    title = gettext_lazy("assignee")
    parameter_name = "assignee__id__exact"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return [(person(request).pk, _("me")), (NOBODY, _("unassigned"))]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return (
            queryset.filter(assignee=None)
            if value == NOBODY
            else queryset.filter(assignee_id=int(value))
        )


class WorkFilter(OfferedFilter):
    """The parts of the list that the home screen counts."""

    title = gettext_lazy("work")
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        # A search page passes no other person than the one who asks.
        self.user = person(request)
        return [(name, str(work.label)) for name, work in WORK.items()]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return WORK[value].narrow(cast("ClaimQuerySet", queryset), self.user)


def is_late(claim: Claim) -> bool:
    """Past its deadline, while there is still something to do about it."""
    return claim.due_at is not None and claim.status in UNFINISHED and claim.due_at < timezone.now()


def due(claim: Claim) -> SafeString:
    """The deadline, marked when it has passed."""
    return (
        format_html('<span class="late">{}</span>', ago(claim.due_at))
        if is_late(claim)
        else ago(claim.due_at)
    )


def sources(claim: Claim) -> str:
    """Independent sources, of those that the desk requires. Needs the
    prefetch ACTIVE_EVIDENCE.
    """
    evidence: list[Evidence] = claim.active_evidence  # type: ignore[attr-defined]
    return _("%(found)s of %(needed)s") % {
        "found": independence.independent(evidence),
        "needed": claim.desk.evidence_needed,
    }
