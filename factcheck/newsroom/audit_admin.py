"""The audit log in the admin. It is registered here because `ledger`
knows no people and roles.
"""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.account_seals import changed_past_the_application
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.audit_reading import VIEW, readable
from factcheck.newsroom.audit_sentences import name_of_kind, sentences
from factcheck.newsroom.badges import ago
from factcheck.newsroom.filters import Days, OfferedFilter
from factcheck.newsroom.home_panels import Entry, add_entry
from factcheck.newsroom.models import ApiToken, Membership, User
from factcheck.newsroom.permissions import DeskAccess

add_entry(
    50, Entry(gettext_lazy("View audit log"), "admin:ledger_auditentry_changelist", "audit.view")
)

add_entry(
    55, Entry(gettext_lazy("Check accounts"), "admin:ledger_auditentry_accounts", "audit.view")
)

ENTRY_POINTS = {
    "admin": pgettext_lazy("entry point", "admin"),
    "bookmarklet": pgettext_lazy("entry point", "bookmarklet"),
    "api": pgettext_lazy("entry point", "api"),
    "public": pgettext_lazy("entry point", "public"),
    "task": pgettext_lazy("entry point", "task"),
    "command": pgettext_lazy("entry point", "command"),
}


class EntryPointFilter(OfferedFilter):
    title = gettext_lazy("entry point")
    parameter_name = "through"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, str(label)) for name, label in ENTRY_POINTS.items()]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(entry_point=value)


class ObjectFilter(OfferedFilter):
    title = gettext_lazy("object")
    parameter_name = "object_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        # From the rows this person may read: the name of a model nobody shows them is
        # no news.
        name = Concat(OuterRef("app_label"), Value("."), OuterRef("model"))
        entries = model_admin.get_queryset(request).order_by().filter(object_type=name)
        # Model by model: for each the first entry is enough, where the names in use
        # would be collected from every entry there is.
        models = ContentType.objects.filter(Exists(entries)).order_by("app_label", "model")
        kinds = [f"{one.app_label}.{one.model}" for one in models]
        return [(kind, name_of_kind(kind)) for kind in kinds]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(object_type=value)


@admin.register(AuditEntry)
class AuditEntryAdmin(NewsroomAdmin):
    """Entries of the desks that a person audits, and of the newsroom as a whole."""

    view_action = VIEW
    list_display = ["sentence", "when", "through", "seq"]
    list_display_links = ["sentence"]
    # Columns that the sentence stands for: pages link by them, and people filter.
    linked_by = ("actor", "action", "object_id", "object_type")
    list_filter = [
        ObjectFilter,
        EntryPointFilter,
        # An entry belongs to the newsroom, whose days are those of UTC.
        *Days("at", "at", gettext_lazy("when"), zone="").filters(),
    ]
    # Exact or from the start: “contains” over the longest table of all would read every
    # row.
    csv_columns = {
        "seq": "seq",
        "when": "at",
        "actor": "actor",
        "action": "action",
        "object": "object_type",
        "object id": "object_id",
        "entry point": "entry_point",
    }
    search_fields = ["=object_id", "=actor", "^action"]
    fields = readonly_fields = (
        "sentence",
        "seq",
        "at",
        "actor",
        "through",
        "request_id",
        "action",
        "object_type",
        "object_id",
        "desk_id",
        "changes_in_words",
        "previous_hash",
        "hash",
    )

    @admin.display(description=gettext_lazy("when"), ordering="at")
    def when(self, entry: AuditEntry) -> SafeString:
        return ago(entry.at)

    @admin.display(description=gettext_lazy("entry point"), ordering="entry_point")
    def through(self, entry: AuditEntry) -> str:
        return str(ENTRY_POINTS.get(entry.entry_point, entry.entry_point))

    @admin.display(description=gettext_lazy("what happened"))
    def sentence(self, entry: Any) -> SafeString:
        """What search and filters take stands in the tooltip."""
        technical = f"{entry.action} · {entry.object_type} {entry.object_id} · {entry.actor}"
        return format_html('<bdi title="{}">{}</bdi>', technical, entry.told)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        shown = super().get_changelist_instance(request)
        # All of a page at once: each row by itself would ask for its names.
        entries: list[Any] = list(shown.result_list)
        for entry, told in zip(entries, sentences(entries, person(request)), strict=True):
            entry.told = told
        shown.result_list = cast("QuerySet[Any]", entries)
        return shown

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        entry: Any = super().get_object(request, object_id, from_field)
        if entry is not None:
            [entry.told] = sentences([entry], person(request))
        return entry

    @admin.display(description=gettext_lazy("changes"))
    def changes_in_words(self, entry: AuditEntry) -> SafeString:
        rows = ((name, *_old_and_new(change)) for name, change in entry.changes.items())
        lines = format_html_join("", "<dt>{}</dt><dd><bdi>{}</bdi> → <bdi>{}</bdi></dd>", rows)
        return format_html('<dl class="facts">{}</dl>', lines) if entry.changes else SafeString("—")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return readable(super().get_queryset(request), person(request))

    def get_urls(self) -> list[URLPattern]:
        accounts = path(
            "accounts/",
            self.admin_site.admin_view(require_safe(self.accounts_view)),
            name="ledger_auditentry_accounts",
        )
        return [accounts, *super().get_urls()]

    def accounts_view(self, request: HttpRequest) -> HttpResponse:
        """What `verify_accounts` finds, of the rows whose entries this
        person may read.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        users = list(User.objects.order_by("username"))
        desks = DeskAccess.of(person(request)).where(self.view_action)
        found = changed_past_the_application(
            users,
            list(Membership.objects.filter(desk__in=desks).select_related("user", "desk")),
            list(ApiToken.objects.select_related("owner")),
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Account check"),
            "accounts": len(users),
            "found": found,
        }
        return TemplateResponse(request, "admin/newsroom/account_check.html", context)


def _old_and_new(change: Any) -> tuple[str, str]:
    # An update stores [old, new]; entries about an event store a plain value.
    old, new = change if isinstance(change, list) and len(change) == 2 else ("", change)
    return _display(old), _display(new)


def _display(value: Any) -> str:
    return _("empty") if value in ("", None, []) else str(value)
