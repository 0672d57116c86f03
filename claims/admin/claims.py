"""Claims in the admin: the list, a claim made by hand, and the workbench in place of the stock
form.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin import claim_list
from claims.admin.workbench import (
    add,
    attach,
    bulk,
    capture,
    embargo,
    export,
    gateposts,
    interestposts,
    posts,
    recordposts,
    spreadposts,
)
from claims.admin.workbench.page import address, seen, show
from claims.models import Claim
from claims.workflow import MOVES
from factcheck.newsroom.badges import badge
from factcheck.newsroom.filters import DeskFilter
from factcheck.newsroom.screens import NewsroomAdmin, allowed

View = Callable[..., HttpResponseBase]
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
            "{}{}", badge(claim.status, claim.get_status_display()), bulk.seen_mark(claim)
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
        item = "<int:pk>/evidence/<int:number>"
        own = [
            path(
                "<int:pk>/move/<slug:name>/",
                self._on_claim(posts.move, reads=True),
                name="claims_claim_move",
            ),
            path(
                "<int:pk>/words/",
                self._on_claim(posts.save_words),
                name="claims_claim_words",
            ),
            path(
                "<int:pk>/verdict/",
                self._on_claim(posts.save_verdict),
                name="claims_claim_verdict",
            ),
            path(
                "<int:pk>/evidence/",
                self._on_claim(posts.add_evidence),
                name="claims_claim_evidence",
            ),
            path(
                f"{item}/withdraw/",
                self._on_claim(posts.withdraw),
                name="claims_claim_withdraw",
            ),
            path(
                f"{item}/recheck/",
                self._on_claim(posts.recheck),
                name="claims_claim_recheck",
            ),
            path(f"{item}/look/", self._on_claim(posts.look_now), name="claims_claim_look"),
            path(
                "<int:pk>/export/",
                self._on_claim(export.take_away, reads=True),
                name="claims_claim_export",
            ),
            path(
                f"{item}/capture/",
                self._on_claim(capture.captured, reads=True),
                name="claims_claim_capture",
            ),
            path(
                f"{item}/file/",
                self._on_claim(attach.kept_file, reads=True),
                name="claims_claim_keptfile",
            ),
            path(
                f"{item}/edit/",
                self._on_claim(attach.amend, reads=True),
                name="claims_claim_amend",
            ),
        ]
        more: dict[str, tuple[View, str]] = {
            "files/": (attach.add_file, "file"),
            "notes/": (attach.add_note, "note"),
            "contacts/": (gateposts.ask, "ask"),
            "contacts/<int:number>/": (gateposts.settle, "settle"),
            "queries/": (gateposts.open_query, "query"),
            "queries/<uuid:thread>/": (gateposts.answer_query, "answer"),
            "queries/<uuid:thread>/resolve/": (gateposts.resolve_query, "resolve"),
            "duplicates/<uuid:evidence>/use/": (gateposts.use, "use"),
            "embargo/": (embargo.save, "embargo"),
            "embargo/lift/": (embargo.lift, "lift"),
            "again/": (spreadposts.add_repetition, "again"),
            "again/<uuid:repetition>/confirm/": (
                spreadposts.confirm_repetition,
                "again_confirm",
            ),
            "again/<uuid:repetition>/withdraw/": (
                spreadposts.withdraw_repetition,
                "again_withdraw",
            ),
            "translation/": (spreadposts.save_translation, "translation"),
            "topic/": (recordposts.save_topic, "topic"),
            "sender/erase/": (recordposts.erase_sender, "erase_sender"),
            "waivers/": (gateposts.waive, "waive"),
            "interests/<uuid:interest>/waive/": (interestposts.waive, "interest"),
            "waivers/<uuid:waiver>/revoke/": (gateposts.revoke, "revoke"),
        }
        own += [
            path(f"<int:pk>/{tail}", self._on_claim(view), name=f"claims_claim_{name}")
            for tail, (view, name) in more.items()
        ]
        return own + super().get_urls()

    def _on_claim(self, view: View, *, reads: bool = False) -> View:
        """Finds the claim, or answers 404. Whoever reloads the address of a refused POST is led
        back to the claim.
        """

        @wraps(view)
        def found(request: HttpRequest, pk: int, **more: Any) -> HttpResponseBase:
            claim = seen(request, pk)
            if request.method == "POST" or reads:
                return view(request, claim, **more)
            return HttpResponseRedirect(address(claim))

        return self.admin_site.admin_view(found)

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
            show(request, seen(request, row.pk))
            if request.method in {"GET", "HEAD"}
            else HttpResponseNotAllowed(["GET"])
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(address(self.seen(request, object_id), "history"))
