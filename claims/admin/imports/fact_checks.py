"""Imported fact checks in the admin: a list to search, and a page of each."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from claims.choices import Origin
from claims.models import ImportedFactCheck
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import ago
from factcheck.newsroom.filters import Days, DeskFilter, choice_filter, contains_filter

ORIGIN = choice_filter("origin", "origin", Origin, _("origin"))
PUBLISHER = contains_filter("publisher", _("publisher"), "publisher", "site")
RATING = contains_filter("rating", _("rating"), "rating")
CLAIMANT = contains_filter("claimant", _("claimant"), "claimant")
IMPORTED = Days("imported", "imported_at", _("imported")).filters()


@admin.register(ImportedFactCheck)
class ImportedFactCheckAdmin(RowPageAdmin):
    view_action = "fact_check.view"
    read_only_page = True
    fields = ("claim",)
    when_empty = _("An editor imports fact checks, from a file or from pages.")
    list_display = ["short", "rating", "claimant", "publisher", "published_date", "desk"]
    list_filter = [DeskFilter, ORIGIN, PUBLISHER, RATING, CLAIMANT, *IMPORTED]
    list_select_related = ["desk"]
    search_fields = ["claim", "claimant", "title", "explanation", "publisher"]
    search_index = "fact_check"
    csv_columns = {
        "id": "public_id",
        "claim": "claim",
        "claimant": "claimant",
        "stated date": "stated_date",
        "rating": "rating",
        "publisher": "publisher",
        "author": "author",
        "title": "title",
        "address": "address",
        "published": "published_date",
        "language": "language",
        "origin": "origin",
        "desk": "desk.name",
        "imported": "imported_at",
    }

    @admin.display(description=_("claim"), ordering="claim")
    def short(self, fact_check: ImportedFactCheck) -> str:
        return Truncator(fact_check.claim).chars(120)

    @admin.display(description=_("imported"), ordering="imported_at")
    def came_in(self, fact_check: ImportedFactCheck) -> SafeString:
        return ago(fact_check.imported_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportedFactCheck]:
        return super().get_queryset(request).select_related("desk", "imported_by")

    def row_page(self, request: HttpRequest, row: ImportedFactCheck) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Imported fact check"),
            "opts": self.opts,
            "row": row,
        }
        return TemplateResponse(request, "admin/claims/import/fact_check.html", context)
