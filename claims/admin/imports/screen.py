"""Imports in the admin: begun with a file or addresses, tried with the
columns that one chooses, and started.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from claims.admin.imports.forms import BeginForm, MappingForm, label_of
from claims.choices import ImportForm, ImportPhase, RowState
from claims.exchange.importing import running
from claims.exchange.importing.claim_reviews import FIELDS_READ
from claims.exchange.importing.row_values import sentence_of
from claims.exchange.importing.running import GOING_ON
from claims.models import Import, ImportRow
from claims.workflow import WorkflowError
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin, RowPageAdmin
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.csv_lines import csv_line
from factcheck.newsroom.filters import DeskFilter
from sources.filestore import Bounded

SHOWN = 200
# What somebody has to look at comes first.
_TO_SHOW = (RowState.REFUSED, RowState.CHANGED, RowState.REPEATED)


@admin.register(Import)
class ImportAdmin(AddPageAdmin, RowPageAdmin):
    view_action = add_action = "fact_check.import"
    add_refusal = _("Only editors import fact checks. Ask an editor of your desk.")
    read_only_page = True
    fields = ("name",)
    list_display = ["name", "desk", "phase_now", "rows_total", "by", "begun"]
    list_filter = [DeskFilter]
    list_select_related = ["desk", "by"]

    @admin.display(description=_("phase"), ordering="phase")
    def phase_now(self, made: Import) -> SafeString:
        return badge(made.phase, made.get_phase_display())

    @admin.display(description=_("begun"), ordering="made_at")
    def begun(self, made: Import) -> SafeString:
        return ago(made.made_at)

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "claims_import"
        return [
            path("<int:pk>/state/", wrap(self.state_view), name=f"{name}_state"),
            path("<int:pk>/rows/", wrap(self.rows_view), name=f"{name}_rows"),
            path("<int:pk>/columns/", wrap(self.columns_view), name=f"{name}_columns"),
            path("<int:pk>/start/", wrap(self.start_view), name=f"{name}_start"),
            *super().get_urls(),
        ]

    def add_page(self, request: HttpRequest) -> HttpResponse:
        data = (request.POST, request.FILES) if request.method == "POST" else ()
        too_large = getattr(request, Bounded.flag, False)
        form = BeginForm(*data, by=person(request), too_large=too_large)
        if form.is_valid() and (made := form.begun()):
            return HttpResponseRedirect(_page(made))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import fact checks"),
            "opts": self.opts,
            "form": form,
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/claims/import/add.html", context, status=status)

    def row_page(self, request: HttpRequest, row: Import) -> HttpResponse:
        return self._shown(request, row, MappingForm(made=row))

    def _shown(self, request: HttpRequest, made: Import, form: MappingForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": made.name,
            "opts": self.opts,
            "made": made,
            "form": form,
            "columns": [form[f"column_{field}"] for field in FIELDS_READ],
            "fixed": made.form in {ImportForm.CLAIM_REVIEW, ImportForm.ADDRESSES},
            "choosable": made.phase in {ImportPhase.MAPPING, ImportPhase.CHECKED},
            "going_on": _going_on(made),
            "failed": made.job_state == JobState.FAILED,
            "done": running.progress(made),
            "counts": _counts(made),
            "startable": made.phase == ImportPhase.CHECKED
            and any(made.counts.get(state) for state in running.ACCEPTED),
            "rows": [_shown_row(row) for row in _rows(made)[:SHOWN]],
            "shown": SHOWN,
            "state_url": reverse("admin:claims_import_state", args=[made.pk]),
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/claims/import/page.html", context, status=status)

    @method_decorator(require_safe)
    def state_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        made: Import = self.visible_row(request, pk)
        done = running.progress(made)
        shown = {"done": done, "of": made.rows_total, "going_on": _going_on(made)}
        return JsonResponse(shown)

    @method_decorator(require_POST)
    def columns_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        made: Import = self.visible_row(request, pk)
        form = MappingForm(request.POST, made=made)
        if not form.is_valid():
            return self._shown(request, made, form)
        try:
            running.choose(
                made, by=person(request), mapping=form.mapping(), defaults=form.defaults()
            )
        except WorkflowError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(_page(made))

    @method_decorator(require_POST)
    def start_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        made: Import = self.visible_row(request, pk)
        try:
            running.start(made, by=person(request))
        except WorkflowError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(_page(made))

    @method_decorator(require_safe)
    def rows_view(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """What became of each row, as a file."""
        made: Import = self.visible_row(request, pk)

        def lines() -> Any:
            yield csv_line(("line", "result", "field", "what"))
            for row in made.rows.order_by("pk").defer("record").iterator(chunk_size=500):
                shown = _shown_row(row)
                for field, text in shown["notes"] or [("", "")]:
                    yield csv_line((row.line, row.state, field, text))

        name = f'attachment; filename="import-{made.made_at:%Y-%m-%d}.csv"'
        headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
        return StreamingHttpResponse(
            lines(), content_type="text/csv; charset=utf-8", headers=headers
        )


def _page(made: Import) -> str:
    return reverse("admin:claims_import_change", args=[made.pk])


def _going_on(made: Import) -> bool:
    return made.phase in GOING_ON and made.job_state in {JobState.WAITING, JobState.RUNNING}


def _counts(made: Import) -> list[tuple[str, str, int]]:
    return [
        (state.value, str(state.label), made.counts[state])
        for state in RowState
        if made.counts.get(state)
    ]


def _rows(made: Import) -> QuerySet[ImportRow]:
    return made.rows.filter(state__in=_TO_SHOW).order_by("line", "pk").defer("record")


def _shown_row(row: ImportRow) -> dict[str, Any]:
    """`notes` are pairs of a field's name and what is to be said of it."""
    notes = [
        (label_of(fault["field"]) if fault["field"] else "", sentence_of(fault))
        for fault in row.faults
    ]
    notes += [
        (label_of(name), f"{old or '…'} → {new or '…'}") for name, (old, new) in row.changes.items()
    ]
    return {"line": row.line, "state": row.state, "label": row.get_state_display(), "notes": notes}
