"""The page of the dashboard, and each of its tables as a file."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from claims.admin.dashboard import tables
from claims.admin.dashboard.charts import chart
from claims.admin.dashboard.tables import Table
from claims.desk import dashboard
from claims.desk.dashboard import Scope
from claims.intake.selection_filter import SelectionFilter
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.csv_lines import csv_line
from factcheck.newsroom.home_panels import Entry, add_entry
from factcheck.newsroom.languages import of_rows
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.widgets import DayInput

add_entry(40, Entry(gettext_lazy("Dashboard"), "dashboard:page", dashboard.ACTION))


class PeriodForm(forms.Form):
    """Part of the address: a link shows a colleague the same numbers."""

    desk = forms.ModelChoiceField(
        Desk.objects.none(),
        label=gettext_lazy("Desk"),
        required=False,
        empty_label=gettext_lazy("all"),
    )
    first = forms.DateField(
        label=pgettext_lazy("period", "From"), required=False, widget=DayInput()
    )
    last = forms.DateField(label=pgettext_lazy("period", "To"), required=False, widget=DayInput())

    def __init__(self, data: Any, *, by: User, desks: list[Desk]) -> None:
        super().__init__(data, auto_id="asked-%s", label_suffix="")
        self._by, self._desks = by, desks
        field: Any = self.fields["desk"]
        field.queryset = Desk.objects.filter(pk__in=[desk.pk for desk in desks])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            first, last = dashboard.period(cleaned.get("first"), cleaned.get("last"))
        except ValidationError as error:
            self.add_error(None, error)
            return cleaned
        return {**cleaned, "first": first, "last": last}

    def show_period(self) -> None:
        """The days that were meant where none were chosen: without them
        no reader of the page knows which time it is about.
        """
        chosen = {name: self.cleaned_data[name].isoformat() for name in ("first", "last")}
        self.data = {**dict(self.data.items()), **chosen}

    @property
    def selection(self) -> SelectionFilter:
        asked = self.cleaned_data
        return SelectionFilter(desk=asked["desk"], first=asked["first"], last=asked["last"])

    @property
    def scope(self) -> Scope:
        asked = self.cleaned_data
        desks = [asked["desk"]] if asked["desk"] else self._desks
        numbers = frozenset(desk.pk for desk in desks)
        return Scope(self._by, numbers, asked["first"], asked["last"])


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    form = _asked(request)
    shown: Iterable[Table] = ()
    if form.is_valid():
        shown = tables.all_of(form.scope, form.selection)
        form.show_period()
    context = {
        **admin.site.each_context(request),
        "title": _("Dashboard"),
        "form": form,
        "asked": request.GET.urlencode(),
        "shown": [(table, chart(table.chart, over_time=table.over_time)) for table in shown],
    }
    return render(
        request, "admin/claims/dashboard.html", context, status=400 if form.errors else 200
    )


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """One table as CSV."""
    form = _asked(request)
    # Numbers of another period than the mistyped one would pass for the right ones.
    if not form.is_valid():
        return page(request)
    # Spreadsheets and programs find columns and rows by their names.
    with of_rows():
        table = tables.named(name, form.scope, form.selection)
        answer = _csv(table) if table else None
    if answer is None:
        raise Http404(_("File not found. The files are linked from the dashboard."))
    return answer


def _asked(request: HttpRequest) -> PeriodForm:
    by = person(request)
    desks = dashboard.desks_of(by)
    if not desks:
        raise PermissionDenied(_("The dashboard is for editors and auditors of a desk."))
    return PeriodForm(request.GET, by=by, desks=desks)


def _csv(table: Table) -> HttpResponse:
    lines = [table.columns, *([str(cell.value) for cell in row] for row in table.rows)]
    content = "".join(csv_line(line) for line in lines)
    headers = {
        "Content-Disposition": f'attachment; filename="{table.name}.csv"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
