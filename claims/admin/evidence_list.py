"""The list of evidence over all claims. An item has no page of its own:
it is read and changed on its claim's.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.respond import address
from claims.choices import QuoteState, Stance
from claims.models import Evidence
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.filters import (
    Days,
    DeskFilter,
    OfferedFilter,
    choice_filter,
    contains_filter,
)
from sources.choices import LinkState


class ClaimDeskFilter(DeskFilter):
    column = "claim__desk_id"


class WithdrawnFilter(OfferedFilter):
    title = gettext_lazy("withdrawn")
    parameter_name = "withdrawn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", _("in use")), ("yes", _("withdrawn"))]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(withdrawn_at__isnull=value == "no")


PUBLISHER = ("link__publisher__name", "link__publisher__domain")
ADDED = Days("added", "added_at", gettext_lazy("added"), zone="claim__desk__time_zone")


@admin.register(Evidence)
class EvidenceAdmin(RowPageAdmin):
    when_empty = gettext_lazy("Evidence is attached on the page of a claim.")
    view_action = "evidence.view"
    read_only_page = True
    fields = ("quote",)
    list_display = ("source", "claim", "stance", "quote_found", "link_state", "added", "desk")
    list_display_links = ("source",)
    list_filter = (
        WithdrawnFilter,
        ClaimDeskFilter,
        choice_filter("stance", "stance", Stance, gettext_lazy("stance")),
        choice_filter("quote", "quote_state", QuoteState, gettext_lazy("quote")),
        choice_filter("link", "link__state", LinkState, gettext_lazy("state of the link")),
        contains_filter("publisher", gettext_lazy("publisher"), *PUBLISHER),
        *ADDED.filters(),
    )
    csv_columns = {
        "id": "public_id",
        "claim": "claim.text",
        "number": "number",
        "address": "link.url",
        "publisher": "link.publisher.name",
        "stance": "stance",
        "quote": "quote",
        "quote state": "quote_state",
        "link state": "link.state",
        "added": "added_at",
        "withdrawn": "withdrawn_at",
        "desk": "claim.desk.name",
    }
    search_index = "evidence"
    list_select_related = ("claim__desk", "link__publisher")
    search_fields = ("quote", "finding", "link__url")
    ordering = ("-added_at", "-pk")

    @admin.display(description=gettext_lazy("source"))
    def source(self, item: Evidence) -> str:
        return f"{item.number}. {item.link.publisher}"

    @admin.display(description=gettext_lazy("quote"), ordering="quote_state")
    def quote_found(self, item: Evidence) -> SafeString:
        return badge(item.quote_state, item.get_quote_state_display())

    @admin.display(description=gettext_lazy("link"), ordering="link__state")
    def link_state(self, item: Evidence) -> SafeString:
        return badge(item.link.state, item.link.get_state_display())

    @admin.display(description=gettext_lazy("added"), ordering="added_at")
    def added(self, item: Evidence) -> SafeString:
        return ago(item.added_at)

    @admin.display(description=gettext_lazy("desk"), ordering="claim__desk__name")
    def desk(self, item: Evidence) -> str:
        return item.claim.desk.name

    def row_page(self, request: HttpRequest, row: Evidence) -> HttpResponse:
        return HttpResponseRedirect(address(row.claim, f"evidence-{row.number}"))
