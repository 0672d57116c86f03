"""Imported claims in the admin: a list to search, a page of each, and
taking one up.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.exchange.desk_import.taking_up import take_up
from claims.models import ImportedClaim
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.filters import DeskFilter, contains_filter
from factcheck.newsroom.permissions import may_on_desk

RATING = contains_filter("rating", gettext_lazy("rating there"), "rating")
CLAIMANT = contains_filter("claimant", gettext_lazy("claimant"), "claimant")


@admin.register(ImportedClaim)
class ImportedClaimAdmin(RowPageAdmin):
    view_action = "fact_check.view"
    read_only_page = True
    fields = ("text",)
    when_empty = gettext_lazy("The administrator brings an export of another newsroom here.")
    list_display = ["short", "rating", "claimant", "newsroom", "published_at", "desk"]
    list_filter = [DeskFilter, RATING, CLAIMANT]
    list_select_related = ["desk"]
    search_fields = ["text", "claimant", "short_answer", "explanation"]
    search_index = "imported_claim"

    @admin.display(description=gettext_lazy("claim"), ordering="text")
    def short(self, claim: ImportedClaim) -> str:
        return Truncator(claim.text).chars(120)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportedClaim]:
        return super().get_queryset(request).select_related("desk", "came_with__by", "taken_up_as")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "claims_importedclaim_take_up"
        return [path("<int:pk>/take-up/", wrap(self.take_up_view), name=name), *super().get_urls()]

    def row_page(self, request: HttpRequest, row: ImportedClaim) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Imported claim"),
            "opts": self.opts,
            "row": row,
            "evidence": _evidence(row),
            "appearance": _web_address(row.appearance_url),
            "may_take_up": may_on_desk(person(request), "claim.create", row.desk_id),
        }
        return TemplateResponse(request, "admin/claims/export/imported_claim.html", context)

    @method_decorator(require_POST)
    def take_up_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.visible_row(request, pk)
        try:
            claim, new = take_up(row, by=person(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(reverse("admin:claims_importedclaim_change", args=[row.pk]))
        if not new:
            messages.info(request, _("This claim was taken up before. This is it."))
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim.pk]))


def _evidence(row: ImportedClaim) -> list[dict[str, Any]]:
    """What it stands on, as the document says."""
    found = json.loads(row.document).get("evidence")
    items = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return [
        {
            **{name: str(item.get(name) or "") for name in ("publisher", "quote", "finding")},
            "url": _web_address(str(item.get("url") or "")),
        }
        for item in items
        if not item.get("withdrawn_at")
    ]


def _web_address(text: str) -> str:
    """Only what leads to a page: another newsroom wrote it, or somebody in its name."""
    try:
        return text if urlsplit(text).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
