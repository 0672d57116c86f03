"""Queries on the workbench: questions among colleagues about the claim,
with their replies.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.evidence.items import numbered
from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond, row_of
from claims.desk import queries
from claims.desk.queries import Question
from claims.models import Claim, Query
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


class NewQueryForm(Part):
    part = "query"
    section = "queries"

    text = TextAreaField(
        label=gettext_lazy("Query"),
        max_length=5000,
        rows=3,
        help_text=gettext_lazy("@username mentions a colleague."),
    )
    passage = forms.CharField(
        label=gettext_lazy("Quoted passage"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Copy it from the claim or verdict."),
    )
    evidence = forms.IntegerField(
        label=gettext_lazy("Or evidence number"), required=False, min_value=1, max_value=10_000
    )
    blocking = forms.BooleanField(
        label=gettext_lazy("Blocking: must be resolved before signing"), required=False
    )
    privileged = forms.BooleanField(
        label=gettext_lazy("Privileged: visible to editors and legal only"), required=False
    )
    sign_off = forms.BooleanField(
        label=gettext_lazy("Legal sign-off required before approval"), required=False
    )


class AnswerForm(Part):
    part = "answer"
    section = "queries"
    repeated = True

    text = TextAreaField(label=gettext_lazy("Reply"), max_length=5000, rows=2)


def query_form(claim: Claim, by: User, data: Any = None) -> NewQueryForm:
    """Without the choices that only editors and legal have, for anyone else."""
    form = NewQueryForm(data)
    if not may(by, "query.privileged", claim):
        del form.fields["privileged"]
    if not may(by, "query.ask_sign_off", claim):
        del form.fields["sign_off"]
    return form


def context(state: PageState) -> Context:
    claim, by, visible = state.claim, state.by, state.queries
    may_write = may(by, "query.write", claim)
    return {
        "queries": {
            "rows": [query for query in visible if not query.is_comment],
            "forms": {"query": query_form(claim, by), "answer": AnswerForm().without_ids()},
            "may_write": may_write,
            "may_read": bool(visible) or may_write or may(by, "query.view", claim),
            # By query: whoever is mentioned in one may answer it, and nothing else
            # here.
            "may_answer": frozenset(
                query.public_id for query in visible if may_write or may(by, "query.write", query)
            ),
            "may_resolve": frozenset(
                query.public_id
                for query in visible
                if may(by, queries.permission_to_resolve(query), query)
            ),
        }
    }


def open_query(request: HttpRequest, claim: Claim) -> Answer:
    form = query_form(claim, person(request), request.POST)

    def save() -> str:
        # Read from the POST, not from the form, which drops fields it does not offer: a
        # privileged query by someone who may not open one is refused and never becomes
        # a plain one.
        values = {
            **form.cleaned_data,
            **{name: name in request.POST for name in ("privileged", "sign_off")},
        }
        values["evidence"] = numbered(claim, values["evidence"], by=person(request))
        queries.open_query(claim, by=person(request), question=Question(**values))
        return _("Query opened.")

    return respond(request, claim, form, save)


def answer(request: HttpRequest, claim: Claim, query: UUID) -> Answer:
    """Of a comment the same press may resolve it, as its author does
    one after the other.
    """
    form, row = AnswerForm(request.POST), _query(request, claim, query)

    def save() -> str:
        queries.post(row, by=person(request), text=form.cleaned_data["text"])
        if row.is_comment and "resolve" in request.POST:
            queries.resolve(row, by=person(request))
            return _("Reply added, comment resolved.")
        return _("Reply added.")

    return respond(request, claim, form, save, section=_section(row))


def resolve(request: HttpRequest, claim: Claim, query: UUID) -> Answer:
    row = _query(request, claim, query)

    def save() -> str:
        # The hash that was shown: legal signs off what they read, not what has been
        # written since.
        queries.resolve(
            row, by=person(request), expected_content_hash=request.POST.get("content_hash", "")
        )
        return _("Comment resolved.") if row.is_comment else _("Query resolved.")

    return respond(request, claim, None, save, section=_section(row))


def _section(row: Query) -> str:
    return "comments" if row.is_comment else "queries"


def _query(request: HttpRequest, claim: Claim, query: UUID) -> Query:
    refusal = _("Query not found, or you do not have access to it.")
    rows = Query.objects.visible_to(person(request))
    return row_of(claim, rows, refusal, public_id=query)


PANEL = Panel(
    context,
    (
        Route("queries/", open_query, "query"),
        Route("queries/<uuid:query>/", answer, "answer"),
        Route("queries/<uuid:query>/resolve/", resolve, "resolve"),
    ),
)
