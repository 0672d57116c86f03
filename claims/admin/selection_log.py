"""The selection ledger on screen: what was decided about everything that was offered, its totals,
and files of both.
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
from django.views.decorators.http import require_safe

from claims.choices import DeclineReason, SelectionDecision
from claims.intake import selection_log
from claims.intake.selection_log import SelectionFilter
from claims.models import Suggestion, Topic
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.home_panels import Entry, add_entry
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where

PAGE_LENGTH = 50
LINES_SHOWN = 20
FILES = ("csv", "json", "totals")

add_entry(45, Entry("Selections", "admin:claims_suggestion_selection_log", "selection_log.view"))


class SelectionFilterForm(forms.Form):
    """The filters, in the address: the page that is shown is the page that is sent on."""

    desk = forms.ModelChoiceField(
        Desk.objects.none(), label="Desk", required=False, empty_label="all"
    )
    decision = forms.ChoiceField(
        label="Decision", required=False, choices=[("", "all"), *SelectionDecision.choices]
    )
    reason = forms.ChoiceField(
        label="Reason", required=False, choices=[("", "all"), *DeclineReason.choices]
    )
    claimant = forms.CharField(label="Claimant", required=False, max_length=200)
    topic = forms.ChoiceField(label="Topic", required=False)
    first = forms.DateField(
        label="From",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    last = forms.DateField(
        label="To",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data, auto_id="asked-%s", label_suffix="")
        desks = desks_where(by, "selection_log.view")
        names = sorted(set(Topic.objects.filter(desk__in=desks).values_list("name", flat=True)))
        desk: Any = self.fields["desk"]
        desk.queryset = Desk.objects.filter(pk__in=desks)
        topic: Any = self.fields["topic"]
        topic.choices = [("", "all"), *((name, name) for name in names)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                SelectionFilter(**said)
            except ValidationError as error:
                self.add_error(None, error)
        return said

    def asked(self) -> SelectionFilter:
        return SelectionFilter(**self.cleaned_data) if self.is_valid() else SelectionFilter()


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    by = person(request)
    form = SelectionFilterForm(request.GET, by=by)
    asked = form.asked()
    found = Paginator(selection_log.entries(by, asked), PAGE_LENGTH).get_page(
        request.GET.get("page")
    )
    counts = selection_log.totals(by, asked)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **admin.site.each_context(request),
        "title": "Selections",
        "opts": Suggestion._meta,
        "form": form,
        "page": found,
        "rows": [_shown(row) for row in found],
        "decisions": [
            (SelectionDecision(value).label, number) for value, number in counts.decisions.items()
        ],
        "tables": [("Claimant", _lines(counts.claimants)), ("Topic", _lines(counts.topics))],
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
    if form not in FILES:
        raise Http404("There is no such file. The page “Selections” leads to those there are.")
    filters = SelectionFilterForm(request.GET, by=person(request))
    if not filters.is_valid():
        return page(request)
    rows = selection_log.entries(person(request), filters.asked())
    if form == "json":
        return _file(_json(rows), "selections.json", "application/json")
    if form == "csv":
        return _file(selection_log.as_csv(rows), "selections.csv", "text/csv; charset=utf-8")
    totals = selection_log.totals(person(request), filters.asked())
    return _file(
        selection_log.totals_csv(totals), "selection-totals.csv", "text/csv; charset=utf-8"
    )


def _file(lines: Iterator[str], name: str, content_type: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type=content_type, headers=headers)


def _json(rows: QuerySet[Any, Any]) -> Iterator[str]:
    before = "["
    for row in rows.iterator():
        yield before + json.dumps(selection_log.exported(row), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[" else "]\n"


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    reason = (
        DeclineReason(row["reason"]).label
        if row["reason"] in DeclineReason.values
        else row["reason"]
    )
    return {**row, "label": SelectionDecision(row["decision"]).label, "reason_label": reason}


def _lines(counted: list[tuple[str, dict[str, int]]]) -> dict[str, Any]:
    """The most frequent ones; the file has them all."""
    shown = [(name, list(counts.values())) for name, counts in counted[:LINES_SHOWN]]
    return {"lines": shown, "more": max(0, len(counted) - LINES_SHOWN)}
