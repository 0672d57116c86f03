"""Said again, on the workbench: what waits for a second person, and what readers see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from claims.admin.triage.decision_form import named
from claims.admin.workbench.evidence.items import web
from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.models import Claim, Repetition
from claims.publication import repetitions
from claims.publication.repetitions import RepetitionDetails
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.canonical_urls import UrlError, canonical_url


class RepetitionForm(Part):
    part = "again"
    place = "repetitions"

    claimant = forms.CharField(
        label="Who said it again",
        max_length=200,
        help_text="Pick one of the list, or type a new name.",
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
    )
    stated_date = forms.DateField(
        label="On", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    words = TextAreaField(label="In these words", max_length=2000, rows=2)
    appearance_url = forms.CharField(
        label="Where (address)",
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    def clean_appearance_url(self) -> str:
        address: str = self.cleaned_data["appearance_url"]
        try:
            canonical_url(address)
        except UrlError as error:
            raise ValidationError(str(error)) from error
        return address

    def said(self, by: User) -> RepetitionDetails:
        told: dict[str, Any] = self.cleaned_data
        return RepetitionDetails(
            named(" ".join(told["claimant"].split()), by=by),
            told["stated_date"],
            told["words"],
            told["appearance_url"],
        )


class WithdrawRepetitionForm(Part):
    part = "takeback"
    place = "repetitions"

    reason = forms.CharField(label="Why", max_length=500)


@dataclass(frozen=True, slots=True)
class Line:
    row: Repetition
    url: str
    may_confirm: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Repetitions:
    lines: list[Line]
    form: RepetitionForm | None
    withdraw: WithdrawRepetitionForm


def repetitions_of(claim: Claim, by: User) -> Repetitions:
    rows = list(claim.repetitions.select_related("added_by", "confirmed_by", "withdrawn_by"))
    published = claim.verdicts.published().exists()
    for row in rows:
        row.claim = claim
    lines = [
        Line(
            row,
            web(row.appearance_url),
            may_confirm=row.awaits_confirmation
            and published
            and row.added_by_id != by.pk
            and may(by, "repetition.confirm", row),
            may_withdraw=row.withdrawn_at is None and may(by, "repetition.withdraw", row),
        )
        for row in rows
    ]
    form = RepetitionForm() if published and may(by, "repetition.add", claim) else None
    return Repetitions(lines, form, WithdrawRepetitionForm())


def context(state: PageState) -> Context:
    return {"repetitions": repetitions_of(state.claim, state.by)}


def add(request: HttpRequest, claim: Claim) -> Answer:
    form, by = RepetitionForm(request.POST), person(request)

    def save() -> str:
        # before the audit head, which a new claimant takes
        Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        repetitions.add(claim, by=by, said=form.said(by))
        return "Added. Readers see it once somebody else confirms it."

    return respond(request, claim, form, save)


def confirm(request: HttpRequest, claim: Claim, repetition: UUID) -> Answer:
    row = _repetition(request, claim, repetition)

    def do() -> str:
        repetitions.confirm(row, by=person(request))
        return "Confirmed: readers see it now."

    return respond(request, claim, None, do, place="repetitions")


def withdraw(request: HttpRequest, claim: Claim, repetition: UUID) -> Answer:
    row, form = _repetition(request, claim, repetition), WithdrawRepetitionForm(request.POST)

    def save() -> str:
        repetitions.withdraw(row, by=person(request), reason=form.cleaned_data["reason"])
        return "Withdrawn. It stays on record here."

    return respond(request, claim, form, save)


def _repetition(request: HttpRequest, claim: Claim, repetition: UUID) -> Repetition:
    row = (
        Repetition.objects.visible_to(person(request))
        .filter(claim=claim, public_id=repetition)
        .select_related("claim")
        .first()
    )
    if row is None:
        raise Http404("It is not there, or not yours to see.")
    return row


PANEL = Panel(
    context,
    (
        Route("repetitions/", add, "repetition"),
        Route("repetitions/<uuid:repetition>/confirm/", confirm, "repetition_confirm"),
        Route("repetitions/<uuid:repetition>/withdraw/", withdraw, "repetition_withdraw"),
    ),
    shown=lambda state: state.reads_evidence,
)
