"""The audit chain for those who may read it. It lives here because ledger knows no people and no
roles.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.badges import ago
from factcheck.newsroom.filters import OfferedFilter
from factcheck.newsroom.home_panels import Entry, add_entry
from factcheck.newsroom.permissions import DeskAccess

add_entry(50, Entry("Read the audit trail", "admin:ledger_auditentry_changelist", "audit.view"))

DOORS = ("admin", "api", "public", "task", "command")


VISIBLE_TO_ADMINS = (  # people, access and settings
    r"^(newsroom\.|claims\.(rating|ratingscale|methodology)$)"
)


class EntryPointFilter(OfferedFilter):
    title = "entry_point"
    parameter_name = "through"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(entry_point, entry_point) for entry_point in DOORS]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(entry_point=value)


class ObjectFilter(OfferedFilter):
    title = "object"
    parameter_name = "object_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kinds = (
            model_admin.get_queryset(request)
            .order_by("object_type")
            .values_list("object_type", flat=True)
            .distinct()
        )
        return [(kind, kind.partition(".")[2]) for kind in kinds]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(object_type=value)


@admin.register(AuditEntry)
class AuditEntryAdmin(NewsroomAdmin):
    """Entries of the desks a person audits, and those of the whole house that belong to no desk."""

    view_action = "audit.view"
    list_display = ["seq", "when", "actor", "action", "object_type", "object_id", "entry_point"]
    list_display_links = ["seq", "action"]
    list_filter = [ObjectFilter, EntryPointFilter]
    search_fields = ["=object_id", "=actor", "^action"]
    fields = readonly_fields = (
        "seq",
        "at",
        "actor",
        "entry_point",
        "request_id",
        "action",
        "object_type",
        "object_id",
        "desk_id",
        "told",
        "previous_hash",
        "hash",
    )

    @admin.display(description="when", ordering="at")
    def when(self, entry: AuditEntry) -> SafeString:
        return ago(entry.at)

    @admin.display(description="changes")
    def told(self, entry: AuditEntry) -> SafeString:
        rows = ((name, *_both(change)) for name, change in entry.changes.items())
        lines = format_html_join("", "<dt>{}</dt><dd><bdi>{}</bdi> → <bdi>{}</bdi></dd>", rows)
        return format_html('<dl class="facts">{}</dl>', lines) if entry.changes else SafeString("—")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        """Auditors read all of their desks; admins what is theirs to keep, and none of the
        editorial words.
        """
        reach = DeskAccess.of(person(request))
        rows: QuerySet[AuditEntry] = super().get_queryset(request)
        of_no_desk, reads = Q(desk_id__isnull=True), reach.where("audit.view_content")
        kept = Q(object_type__regex=VISIBLE_TO_ADMINS) & (
            Q(desk_id__in=reach.where(self.view_action)) | of_no_desk
        )
        return rows.filter(kept | Q(desk_id__in=reads) | of_no_desk) if reads else rows.filter(kept)


def _both(change: Any) -> tuple[str, str]:
    old, new = change if isinstance(change, list) and len(change) == 2 else ("", change)
    return _said(old), _said(new)


def _said(value: Any) -> str:
    return "nothing" if value in ("", None, []) else str(value)
