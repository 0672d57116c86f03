"""The selection log on screen: every suggestion and claim offered to a
desk and what was decided, with totals, and both as files.
"""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from claims.admin.stored_words import as_shown
from claims.choices import DeclineReason, SelectionDecision
from claims.intake import selection_log
from claims.intake.selection_filter import WITHOUT, SelectionFilter
from claims.models import Suggestion, Topic
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.home_panels import Entry, add_entry
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where
from factcheck.newsroom.widgets import DayInput

PAGE_LENGTH = 50
LINES_SHOWN = 20
FILES = ("csv", "json", "totals")

add_entry(
    45,
    Entry(
        gettext_lazy("Selection log"), "admin:claims_suggestion_selection_log", "selection_log.view"
    ),
)


class SelectionFilterForm(forms.Form):
    """The filters, part of the address: a link shows the same entries
    to a colleague.
    """

    desk = forms.ModelChoiceField(
        Desk.objects.none(),
        label=gettext_lazy("Desk"),
        required=False,
        empty_label=gettext_lazy("all"),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        required=False,
        choices=[("", gettext_lazy("all")), *SelectionDecision.choices],
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        required=False,
        choices=[("", gettext_lazy("all")), *DeclineReason.choices],
    )
    claimant = forms.CharField(
        label=gettext_lazy("Claimant"),
        required=False,
        max_length=202,
        help_text=gettext_lazy("A whole name in straight quotation marks finds nobody else."),
    )
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    first = forms.DateField(
        label=pgettext_lazy("period", "From"),
        required=False,
        widget=DayInput(),
    )
    last = forms.DateField(
        label=pgettext_lazy("period", "To"),
        required=False,
        widget=DayInput(),
    )

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data, auto_id="asked-%s", label_suffix="")
        desks = desks_where(by, "selection_log.view")
        names = sorted(set(Topic.objects.filter(desk__in=desks).values_list("name", flat=True)))
        desk: Any = self.fields["desk"]
        desk.queryset = Desk.objects.filter(pk__in=desks)
        topic: Any = self.fields["topic"]
        without = (WITHOUT, _("no topic"))
        topic.choices = [("", _("all")), without, *((name, name) for name in names)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        # Rules between fields, such as the order of the dates, live in the domain's
        # filter.
        if not self.errors:
            try:
                SelectionFilter(**cleaned)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def selection_filter(self) -> SelectionFilter:
        """The filter as the domain takes it; the empty one while the
        form has errors.
        """
        return SelectionFilter(**self.cleaned_data) if self.is_valid() else SelectionFilter()


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The log: filters, totals and one page of entries."""
    by = person(request)
    form = SelectionFilterForm(request.GET, by=by)
    selection_filter = form.selection_filter()
    # get_page never fails: a page number past the end shows the last page.
    log_page = Paginator(selection_log.entries(by, selection_filter), PAGE_LENGTH).get_page(
        request.GET.get("page")
    )
    counts = selection_log.totals(by, selection_filter)
    # The links to other pages and to the files keep the filters.
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **admin.site.each_context(request),
        "title": _("Selection log"),
        "opts": Suggestion._meta,
        "form": form,
        "page": log_page,
        "rows": [_labelled(row) for row in log_page],
        "decisions": [
            (SelectionDecision(value).label, number) for value, number in counts.decisions.items()
        ],
        "tables": [(_("Claimant"), _lines(counts.claimants)), (_("Topic"), _lines(counts.topics))],
        "labels": SelectionDecision.labels,
        "query": query.urlencode(),
    }
    return render(
        request,
        "admin/claims/suggestion/selection_log.html",
        context,
        status=400 if form.errors else 200,
    )


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The filtered entries or their totals as a file; `form` is one of FILES."""
    if form not in FILES:
        raise Http404(_("File not found. Available files are linked from the selection log."))
    filters = SelectionFilterForm(request.GET, by=person(request))
    # A file of all entries where a filter was mistyped would pass for the filtered one.
    if not filters.is_valid():
        return page(request)
    rows = selection_log.entries(person(request), filters.selection_filter())
    if form == "json":
        return _file(_json(rows), "selection-log.json", "application/json")
    if form == "csv":
        return _file(selection_log.as_csv(rows), "selection-log.csv", "text/csv; charset=utf-8")
    totals = selection_log.totals(person(request), filters.selection_filter())
    return _file(
        selection_log.totals_csv(totals), "selection-totals.csv", "text/csv; charset=utf-8"
    )


def _file(lines: Iterator[str], name: str, content_type: str) -> StreamingHttpResponse:
    # Streamed: the log of a year does not fit in memory. Not stored by a proxy: it is
    # for the desk.
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type=content_type, headers=headers)


def _json(rows: QuerySet[Any, Any]) -> Iterator[str]:
    # Row by row, as json.dumps would need them all at once.
    separator = "["
    for row in rows.iterator():
        yield separator + json.dumps(selection_log.exported(row), ensure_ascii=False)
        separator = ",\n"
    yield "[]\n" if separator == "[" else "]\n"


def _labelled(row: dict[str, Any]) -> dict[str, Any]:
    # Reasons of earlier releases are shown as they were stored.
    reason = (
        DeclineReason(row["reason"]).label
        if row["reason"] in DeclineReason.values
        else row["reason"]
    )
    return {**row, "label": SelectionDecision(row["decision"]).label, "reason_label": reason}


def _lines(counted: list[tuple[str, dict[str, int]]]) -> dict[str, Any]:
    """The most frequent values with their counts, and how many more the file has."""
    shown = [(as_shown(name), list(counts.values())) for name, counts in counted[:LINES_SHOWN]]
    return {"lines": shown, "more": max(0, len(counted) - LINES_SHOWN)}
