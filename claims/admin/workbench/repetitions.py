"""Repetitions on the workbench: later occasions on which the claim was
made. A second person confirms each before readers see it.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.evidence.items import web
from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond, row_of
from claims.models import Claim, Repetition, RepetitionProposal
from claims.publication import repeat_checks, repetitions
from claims.publication.repetitions import RepetitionDetails
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may
from factcheck.newsroom.widgets import DayInput, ListInput
from sources.admin.refusals import in_words
from sources.canonical_urls import UrlError, canonical_url
from sources.claimants import claimant_labelled

_PROPOSALS = 10


class RepetitionForm(Part):
    part = "repetition"
    section = "repetitions"

    claimant = forms.CharField(
        label=gettext_lazy("Claimant"),
        max_length=200,
        help_text=gettext_lazy("Choose from the list or enter a new name."),
        widget=ListInput("claimants"),
    )
    stated_date = forms.DateField(
        label=gettext_lazy("Date"),
        widget=DayInput(),
    )
    words = TextAreaField(label=gettext_lazy("Quote"), max_length=2000, rows=2)
    appearance_url = forms.CharField(
        label=gettext_lazy("URL"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    def clean_appearance_url(self) -> str:
        url: str = self.cleaned_data["appearance_url"]
        try:
            canonical_url(url)
        except UrlError as error:
            raise ValidationError(in_words(error)) from error
        return url

    def details(self, desk: Desk, by: User) -> RepetitionDetails:
        """Creates the claimant if new: call it inside the transaction of the change."""
        cleaned: dict[str, Any] = self.cleaned_data
        return RepetitionDetails(
            claimant_labelled(" ".join(cleaned["claimant"].split()), desk=desk, by=by),
            cleaned["stated_date"],
            cleaned["words"],
            cleaned["appearance_url"],
        )


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """Where a published claim seems to have been said again; `form` is
    filled in as far as that is known.
    """

    row: RepetitionProposal
    where: str
    where_url: str
    form: RepetitionForm


class WithdrawRepetitionForm(Part):
    part = "withdraw_repetition"
    section = "repetitions"

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


@dataclass(frozen=True, slots=True)
class RepetitionRow:
    row: Repetition
    url: str
    may_confirm: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Repetitions:
    rows: list[RepetitionRow]
    form: RepetitionForm | None
    proposals: list[ProposalRow]
    withdraw: WithdrawRepetitionForm


def repetitions_of(claim: Claim, by: User, *, published: bool) -> Repetitions:
    # A claim gets its slug with its first verdict, and repetitions only after that.
    rows = (
        list(claim.repetitions.select_related("added_by", "confirmed_by", "withdrawn_by"))
        if claim.slug
        else []
    )
    # One claim for all of them, or each permission check below would fetch it again.
    for row in rows:
        row.claim = claim
    shown = [
        RepetitionRow(
            row,
            web(row.appearance_url),
            # Never the person who added it: two people stand behind what readers see.
            may_confirm=row.awaits_confirmation
            and published
            and row.added_by_id != by.pk
            and may(by, "repetition.confirm", row),
            may_withdraw=row.withdrawn_at is None and may(by, "repetition.withdraw", row),
        )
        for row in rows
    ]
    form = RepetitionForm() if published and may(by, "repetition.add", claim) else None
    proposals = _proposals(claim, by) if form else []
    return Repetitions(shown, form, proposals, WithdrawRepetitionForm())


def _proposals(claim: Claim, by: User) -> list[ProposalRow]:
    rows = RepetitionProposal.objects.visible_to(by).waiting().filter(claim=claim)
    related = rows.select_related("suggestion__article", "tip")
    return [_proposal(row) for row in related[:_PROPOSALS]]


def _proposal(row: RepetitionProposal) -> ProposalRow:
    prefix = f"proposal-{row.pk}"
    if row.suggestion:
        suggestion, article = row.suggestion, row.suggestion.article
        initial = {
            "claimant": suggestion.speaker,
            "stated_date": article.published_date,
            "words": suggestion.text,
            "appearance_url": article.url,
        }
        url = reverse("admin:sources_article_change", args=[article.pk])
        return ProposalRow(
            row,
            str(article),
            f"{url}#s-{suggestion.pk}",
            _filled(prefix, initial),
        )
    # The words of a reader stay where tips are read.
    url = reverse("admin:claims_tip_changelist") + "?state=waiting"
    return ProposalRow(row, str(row.tip), url, _filled(prefix, {}))


def _filled(prefix: str, initial: dict[str, Any]) -> RepetitionForm:
    form = RepetitionForm()
    form.initial = initial
    # Several stand on one page.
    form.auto_id = f"{prefix}-%s"
    return form


def context(state: PageState) -> Context:
    return {"repetitions": repetitions_of(state.claim, state.by, published=state.published)}


def add(request: HttpRequest, claim: Claim) -> Answer:
    form, by = RepetitionForm(request.POST), person(request)

    def save() -> str:
        # The order of locks: the claim before the audit head, which creating a claimant
        # takes.
        Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        repetitions.add(claim, by=by, details=form.details(claim.desk, by))
        return _("Repetition added. Public once a second person confirms it.")

    return respond(request, claim, form, save)


def confirm(request: HttpRequest, claim: Claim, repetition: UUID) -> Answer:
    row = _repetition(request, claim, repetition)

    def save() -> str:
        repetitions.confirm(row, by=person(request))
        return _("Repetition confirmed and public.")

    return respond(request, claim, None, save, section="repetitions")


def withdraw(request: HttpRequest, claim: Claim, repetition: UUID) -> Answer:
    row, form = _repetition(request, claim, repetition), WithdrawRepetitionForm(request.POST)

    def save() -> str:
        repetitions.withdraw(row, by=person(request), reason=form.cleaned_data["reason"])
        return _("Repetition withdrawn. It stays in the history.")

    return respond(request, claim, form, save)


def add_proposed(request: HttpRequest, claim: Claim, proposal: int) -> Answer:
    row, form, by = (
        _proposed(request, claim, proposal),
        RepetitionForm(request.POST),
        person(request),
    )

    def save() -> str:
        Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        repeat_checks.add_repetition(row, by=by, details=form.details(claim.desk, by))
        return _("Repetition added. Public once a second person confirms it.")

    return respond(request, claim, form, save)


def dismiss_proposed(request: HttpRequest, claim: Claim, proposal: int) -> Answer:
    row = _proposed(request, claim, proposal)

    def save() -> str:
        repeat_checks.dismiss(row, by=person(request))
        return _("Dismissed. It is not proposed again.")

    return respond(request, claim, None, save, section="repetitions")


def _proposed(request: HttpRequest, claim: Claim, proposal: int) -> RepetitionProposal:
    refusal = _("Proposal not found, or you do not have access to it.")
    rows = RepetitionProposal.objects.visible_to(person(request))
    return row_of(claim, rows, refusal, pk=proposal)


def _repetition(request: HttpRequest, claim: Claim, repetition: UUID) -> Repetition:
    refusal = _("Repetition not found, or you do not have access to it.")
    rows = Repetition.objects.visible_to(person(request))
    return row_of(claim, rows, refusal, public_id=repetition)


PANEL = Panel(
    context,
    (
        Route("repetitions/", add, "repetition"),
        Route("repetitions/proposed/<int:proposal>/", add_proposed, "repetition_proposed"),
        Route(
            "repetitions/proposed/<int:proposal>/dismiss/",
            dismiss_proposed,
            "repetition_dismissed",
        ),
        Route("repetitions/<uuid:repetition>/confirm/", confirm, "repetition_confirm"),
        Route("repetitions/<uuid:repetition>/withdraw/", withdraw, "repetition_withdraw"),
    ),
    shown=lambda state: state.reads_evidence,
)
