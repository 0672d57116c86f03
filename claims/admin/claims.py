"""Claims in the admin: the list with its bulk actions, the add form,
and the workbench in place of Django's change form.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin import bookmarklet, claim_filters, claim_list
from claims.admin.home.take_next import take_next_view
from claims.admin.workbench import add, bulk, drafts, page
from claims.admin.workbench.respond import address, seen
from claims.bulk.kinds import KINDS
from claims.models import Claim
from claims.querysets.claims import DEADLINE_OF_WORK, IS_FINISHED
from factcheck.newsroom.admin_base import allowed, not_visible
from factcheck.newsroom.admin_pages import AddPageAdmin, RowPageAdmin
from factcheck.newsroom.badges import badge


@admin.register(Claim)
class ClaimAdmin(AddPageAdmin, RowPageAdmin):
    when_empty = gettext_lazy(
        "Claims come from the suggestions of an article, or are added by hand."
    )
    view_action = "claim.view"
    add_action = "claim.create"
    add_refusal = gettext_lazy("Your role does not include adding claims.")
    read_only_page = True
    list_display = (
        "state",
        "claim",
        "claimant_name",
        "assignee_name",
        "priority_mark",
        "due",
        "sources",
        "desk",
    )
    list_display_links = ("claim",)
    list_filter = claim_filters.FILTERS
    csv_columns = {
        "id": "public_id",
        "status": "status",
        "claim": "text",
        "claimant": "claimant.name",
        "claim date": "stated_date",
        "appearance": "appearance_url",
        "language": "language",
        "desk": "desk.name",
        "topic": "topic.name",
        "assignee": "assignee.username",
        "priority": "priority_word",
        "risk": "risk",
        "deadline": "due_at",
        "received": "created_at",
        "rating": "rating_name",
    }
    list_select_related = ("desk", "claimant", "assignee")
    search_fields = ("text", "claimant__name")
    search_index = "claim"
    # PostgreSQL sorts NULL last and SQLite first; a claim without a deadline is never
    # the next one. The primary key settles ties: without it a row may appear on two
    # pages.
    ordering = (
        IS_FINISHED.asc(),
        DEADLINE_OF_WORK.asc(nulls_last=True),
        "-created_at",
        "-pk",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return super().get_queryset(request).prefetch_related(claim_list.ACTIVE_EVIDENCE)

    def csv_rows(self, rows: QuerySet[Claim]) -> QuerySet[Claim]:
        return claim_list.with_rating(rows).select_related(*self.list_select_related, "topic")

    def visible_row(self, request: HttpRequest, pk: str | int) -> Claim:
        """With what the panels of its page read, instead of what the list shows."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return seen(request, int(pk))
        except ValueError:
            raise Http404(not_visible(self.opts)) from None

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Django's own dict would offer deleting.
        return {
            name: (run, name, run.short_description)  # type: ignore[attr-defined]
            for name, (kind, run) in bulk.ACTIONS.items()
            if allowed(request, KINDS[kind].permission)
        }

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, claim: Claim) -> SafeString:
        # With the hidden version of the row, a bulk action skips claims that changed
        # meanwhile.
        return format_html(
            "{}{}", badge(claim.status, claim.get_status_display()), bulk.version_field(claim)
        )

    @admin.display(description=gettext_lazy("claim"))
    def claim(self, claim: Claim) -> str:
        return str(claim)

    @admin.display(description=gettext_lazy("claimant"), ordering="claimant__name")
    def claimant_name(self, claim: Claim) -> str:
        return claim.claimant.name if claim.claimant else _("unknown")

    @admin.display(description=gettext_lazy("assignee"), ordering="assignee__username")
    def assignee_name(self, claim: Claim) -> str:
        return str(claim.assignee) if claim.assignee else _("Unassigned")

    # Those of one priority stay in the order of the list: by deadline.
    @admin.display(description=gettext_lazy("priority"), ordering="priority")
    def priority_mark(self, claim: Claim) -> SafeString:
        return claim_list.priority(claim)

    @admin.display(description=gettext_lazy("due"), ordering=F("due_at").asc(nulls_last=True))
    def due(self, claim: Claim) -> SafeString:
        return claim_list.due(claim)

    @admin.display(description=gettext_lazy("evidence"))
    def sources(self, claim: Claim) -> str:
        return claim_list.sources(claim)

    def get_urls(self) -> list[URLPattern]:
        take_next = path(
            "take-next/",
            self.admin_site.admin_view(take_next_view),
            name="claims_claim_take_next",
        )
        new_draft = path(
            "add/draft/",
            self.admin_site.admin_view(drafts.keep_new),
            name="claims_claim_new_draft",
        )
        known = path(
            "add/known/",
            self.admin_site.admin_view(add.known),
            name="claims_claim_new_known",
        )
        own = [
            path(
                "bookmarklet/",
                self.admin_site.admin_view(bookmarklet.page),
                name="claims_claim_bookmarklet",
            ),
            take_next,
            new_draft,
            known,
            *bulk.urls(self.admin_site),
            *page.urls(self.admin_site),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Claims"), **(extra_context or {})})

    def add_page(self, request: HttpRequest) -> HttpResponse:
        return add.add(request)

    def row_page(self, request: HttpRequest, row: Claim) -> HttpResponse:
        return page.show(request, row)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # The workbench shows transitions and revisions to everybody who may read the
        # claim; the audit log is for auditors.
        return HttpResponseRedirect(address(self.visible_row(request, object_id), "history"))
