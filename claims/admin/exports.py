"""Exports of desks in the admin: ordered, watched, downloaded."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from claims.choices import ExportKind
from claims.exchange.audit_pack.criteria import missing_statements
from claims.exchange.audit_pack.period import asked_for
from claims.exchange.desk_export import making
from claims.exchange.desk_export.sending import answer_with_export
from claims.models import DeskExport
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin, RowPageAdmin
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.filters import DeskFilter
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where
from factcheck.newsroom.widgets import DayInput

# What is counted, in the order of the page.
COUNTED = {
    "claims": gettext_lazy("claims"),
    "articles": gettext_lazy("articles"),
    "captures": gettext_lazy("captures"),
    "publishers": gettext_lazy("publishers"),
    "topics": gettext_lazy("topics"),
    "imported_fact_checks": gettext_lazy("imported fact checks"),
    "files": gettext_lazy("uploaded files"),
    "web_archives": gettext_lazy("web archive files"),
    "missing_files": gettext_lazy("files that are missing here"),
    "verdicts": gettext_lazy("verdicts"),
    "changes": gettext_lazy("corrections and retractions"),
    "decisions": gettext_lazy("decisions about selection"),
    "missing_texts": gettext_lazy("texts that the newsroom has not written"),
}


class OrderForm(forms.Form):
    """What, and of which desk, where somebody has several."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=ExportKind.choices,
        required=False,
        initial=ExportKind.DESK,
    )
    desk = forms.ModelChoiceField(
        label=gettext_lazy("Desk"), queryset=Desk.objects.none(), empty_label=None
    )
    first = forms.DateField(
        label=pgettext_lazy("period", "From"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Empty for a year up to the last day."),
    )
    last = forms.DateField(
        label=pgettext_lazy("period", "To"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Empty for today."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of its pages"), choices=settings.LANGUAGES, required=False
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data, label_suffix="", initial={"language": settings.SITE_LANGUAGE})
        desks = Desk.objects.filter(pk__in=desks_where(by, "claim.export"))
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        audit = None
        if cleaned.get("kind") == ExportKind.AUDIT and not self.errors:
            try:
                audit = asked_for(cleaned["first"], cleaned["last"], cleaned["language"])
            except ValidationError as error:
                self.add_error(None, error)
        return {**cleaned, "audit": audit}


@admin.register(DeskExport)
class DeskExportAdmin(AddPageAdmin, RowPageAdmin):
    view_action = add_action = "claim.export"
    add_refusal = gettext_lazy(
        "Only editors and auditors export a desk. Ask one of them on your desk."
    )
    read_only_page = True
    fields = ("desk",)
    list_display = ["made", "desk", "kind", "state", "file_size", "by"]
    list_filter = [DeskFilter]
    list_select_related = ["desk", "by"]

    @admin.display(description=gettext_lazy("requested"), ordering="made_at")
    def made(self, export: DeskExport) -> SafeString:
        return ago(export.made_at)

    @admin.display(description=gettext_lazy("state"), ordering="job_state")
    def state(self, export: DeskExport) -> SafeString:
        return badge(export.job_state, export.get_job_state_display())

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def file_size(self, export: DeskExport) -> str:
        return filesizeformat(export.size) if export.size else ""

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "claims_deskexport"
        return [
            path("<int:pk>/state/", wrap(self.state_view), name=f"{name}_state"),
            path("<int:pk>/download/", wrap(self.download_view), name=f"{name}_download"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeskExport]:
        return super().get_queryset(request).select_related("desk", "by")

    def add_page(self, request: HttpRequest) -> HttpResponse:
        posted = request.POST if request.method == "POST" else None
        form = OrderForm(posted, by=person(request))
        if form.is_valid():
            asked = form.cleaned_data
            made = making.order(asked["desk"], by=person(request), audit=asked["audit"])
            return HttpResponseRedirect(_page(made))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Export a desk"),
            "opts": self.opts,
            "form": form,
            "missing": missing_statements(),
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/claims/export/add.html", context, status=status)

    def row_page(self, request: HttpRequest, row: DeskExport) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": str(row),
            "opts": self.opts,
            "made": row,
            "is_audit": row.kind == ExportKind.AUDIT,
            "missing": missing_statements() if row.kind == ExportKind.AUDIT else [],
            "going_on": row.job_state in making.UNFINISHED,
            "failed": row.job_state == JobState.FAILED,
            "downloadable": making.downloadable(row),
            "counts": [
                (label, row.counts[name]) for name, label in COUNTED.items() if row.counts.get(name)
            ],
            "state_url": reverse("admin:claims_deskexport_state", args=[row.pk]),
        }
        return TemplateResponse(request, "admin/claims/export/page.html", context)

    @method_decorator(require_safe)
    def state_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far it is, for the script of its page."""
        made: DeskExport = self.visible_row(request, pk)
        shown = {
            "done": made.rows,
            "of": made.expected,
            "going_on": made.job_state in making.UNFINISHED,
        }
        return JsonResponse(shown)

    @method_decorator(require_safe)
    def download_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        made: DeskExport = self.visible_row(request, pk)
        if response := answer_with_export(request, made, by=person(request)):
            return response
        messages.error(request, _("The file is not there any more. Export the desk again."))
        return HttpResponseRedirect(_page(made))


def _page(made: DeskExport) -> str:
    return reverse("admin:claims_deskexport_change", args=[made.pk])
