"""Queries on the workbench: what colleagues ask about the claim, answer, and resolve."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest

from claims.admin.workbench.evidence.items import numbered
from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.desk import queries
from claims.desk.queries import Question
from claims.models import Claim, Query
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


class NewQueryForm(Part):
    part = "query"
    place = "queries"

    text = TextAreaField(
        label="Query", max_length=5000, rows=3, help_text="@username mentions a colleague."
    )
    passage = forms.CharField(
        label="About these words",
        required=False,
        max_length=2000,
        help_text="Copied from the claim or the verdict.",
    )
    evidence = forms.IntegerField(
        label="Or about evidence number", required=False, min_value=1, max_value=10_000
    )
    blocking = forms.BooleanField(
        label="It blocks: no signature before it is resolved", required=False
    )
    privileged = forms.BooleanField(
        label="Privileged: only editors and legal read it", required=False
    )
    sign_off = forms.BooleanField(
        label="Legal must sign the content off before it is approved", required=False
    )


class AnswerForm(Part):
    part = "answer"
    place = "queries"

    text = TextAreaField(label="Answer", max_length=5000, rows=2)


def query_form(claim: Claim, by: User, data: Any = None) -> NewQueryForm:
    """Without the choice that only editors and legal have."""
    form = NewQueryForm(data)
    if not may(by, "query.privileged", claim):
        del form.fields["privileged"]
    if not may(by, "query.ask_sign_off", claim):
        del form.fields["sign_off"]
    return form


def context(state: PageState) -> Context:
    claim, by = state.claim, state.by
    queries = (
        Query.objects.visible_to(by)
        .filter(claim=claim)
        .select_related("claim__desk", "evidence", "opened_by", "resolved_by")
    )
    shown = list(queries.prefetch_related("messages__by"))
    writes = may(by, "query.write", claim)
    return {
        "gates": {
            "queries": shown,
            "forms": {"query": query_form(claim, by), "answer": AnswerForm().without_ids()},
            "may_write": writes,
            "may_read_queries": bool(shown) or writes or may(by, "query.view", claim),
            "may_answer": frozenset(
                query.public_id for query in shown if writes or may(by, "query.write", query)
            ),
            "may_resolve": frozenset(
                query.public_id for query in shown if may(by, _resolving(query), query)
            ),
        }
    }


def _resolving(query: Query) -> str:
    return "query.sign_off" if query.sign_off else "query.resolve"


def open_query(request: HttpRequest, claim: Claim) -> Answer:
    form = query_form(claim, person(request), request.POST)

    def save() -> str:
        # Whoever ticks what their page does not offer is refused: a privileged query must not come
        # out as a plain one.
        said = {
            **form.cleaned_data,
            **{name: name in request.POST for name in ("privileged", "sign_off")},
        }
        said["evidence"] = numbered(claim, said["evidence"], by=person(request))
        queries.open_query(claim, by=person(request), question=Question(**said))
        return "The query is open."

    return respond(request, claim, form, save)


def answer(request: HttpRequest, claim: Claim, query: UUID) -> Answer:
    form, row = AnswerForm(request.POST), _query(request, claim, query)

    def save() -> str:
        queries.post(row, by=person(request), text=form.cleaned_data["text"])
        return "Your answer stands in the query."

    return respond(request, claim, form, save)


def resolve(request: HttpRequest, claim: Claim, query: UUID) -> Answer:
    row = _query(request, claim, query)

    def do() -> str:
        queries.resolve(
            row, by=person(request), expected_content_hash=request.POST.get("content_hash", "")
        )
        return "The query is resolved."

    return respond(request, claim, None, do, place="queries")


def _query(request: HttpRequest, claim: Claim, query: UUID) -> Query:
    row = (
        Query.objects.visible_to(person(request))
        .filter(claim=claim, public_id=query)
        .select_related("claim")
        .first()
    )
    if row is None:
        raise Http404("There is no such query, or it is not yours to see.")
    return row


PANEL = Panel(
    context,
    (
        Route("queries/", open_query, "query"),
        Route("queries/<uuid:query>/", answer, "answer"),
        Route("queries/<uuid:query>/resolve/", resolve, "resolve"),
    ),
)
