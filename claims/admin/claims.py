"""Claims in the admin: the list, a claim made by hand, and the workbench in place of the stock
form.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin import claim_list
from claims.admin.workbench import add, bulk, page
from claims.admin.workbench.respond import address, seen
from claims.models import Claim
from claims.workflow import MOVES
from factcheck.newsroom.admin_base import NewsroomAdmin, allowed
from factcheck.newsroom.badges import badge
from factcheck.newsroom.filters import DeskFilter

BULK = {
    action.value: (action, bulk.bulk(action, f"{action.label} the chosen claims"))
    for action, move in MOVES.items()
    if move.in_bulk
}


@admin.register(Claim)
class ClaimAdmin(NewsroomAdmin):
    view_action = "claim.view"
    add_action = "claim.create"
    list_display = ("state", "claim", "claimant_name", "assignee_name", "due", "sources", "desk")
    list_display_links = ("claim",)
    list_filter = (claim_list.StateFilter, claim_list.AssigneeFilter, DeskFilter)
    list_select_related = ("desk", "claimant", "assignee")
    search_fields = ("text", "claimant__name")
    ordering = (F("due_at").asc(nulls_last=True), "-created_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return super().get_queryset(request).prefetch_related(claim_list.EVIDENCE)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {
            name: (run, name, run.short_description)  # type: ignore[attr-defined]
            for name, (action, run) in BULK.items()
            if allowed(request, f"claim.{action}")
        }

    @admin.display(description="state", ordering="status")
    def state(self, claim: Claim) -> SafeString:
        return format_html(
            "{}{}", badge(claim.status, claim.get_status_display()), bulk.version_field(claim)
        )

    @admin.display(description="claim")
    def claim(self, claim: Claim) -> str:
        return str(claim)

    @admin.display(description="claimant", ordering="claimant__name")
    def claimant_name(self, claim: Claim) -> str:
        return claim.claimant.name if claim.claimant else "not known"

    @admin.display(description="assignee", ordering="assignee__username")
    def assignee_name(self, claim: Claim) -> str:
        return str(claim.assignee) if claim.assignee else "nobody"

    @admin.display(description="due", ordering=F("due_at").asc(nulls_last=True))
    def due(self, claim: Claim) -> SafeString:
        return claim_list.due(claim)

    @admin.display(description="evidence")
    def sources(self, claim: Claim) -> str:
        return claim_list.sources(claim)

    def get_urls(self) -> list[URLPattern]:
        return page.urls(self.admin_site) + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "Claims", **(extra_context or {})})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied("Your role does not allow you to make claims.")
        return add.add(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The workbench. It has no stock form, so there is nothing here that could be posted to."""
        row = self.seen(request, object_id)
        return (
            page.show(request, seen(request, row.pk))
            if request.method in {"GET", "HEAD"}
            else HttpResponseNotAllowed(["GET"])
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(address(self.seen(request, object_id), "history"))
