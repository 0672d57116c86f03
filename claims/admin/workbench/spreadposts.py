"""What the buttons of translations and of what was said again do."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from claims.admin.workbench.gateposts import answer, done
from claims.admin.workbench.repetitions import RepetitionForm, TakeBackForm
from claims.admin.workbench.translation import TranslationForm, hidden_original
from claims.models import Claim, Repetition
from claims.publication import repetitions
from claims.publication.translations import set_original
from factcheck.newsroom.screens import person


def save_translation(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = TranslationForm(request.POST)

    def do() -> str:
        said: dict[str, Any] = form.cleaned_data
        hidden = hidden_original(claim, person(request))
        chosen = form.claim(person(request), hidden)
        made = set_original(
            claim,
            by=person(request),
            original=chosen,
            language=said["language"],
            expected_version=said["version"],
        )
        if chosen and chosen == hidden:
            return (
                f"The language is {made.language}; it is a translation of the same claim as before."
            )
        return (
            f"This is a translation of “{chosen}” now. Whoever signed before signs again."
            if chosen
            else f"The language is {made.language}; it is no translation."
        )

    return answer(request, claim, form, do)


def add_repetition(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = RepetitionForm(request.POST)

    def save() -> str:
        Claim.objects.select_for_update(no_key=True).get(
            pk=claim.pk
        )  # before the audit head, which a new claimant takes
        by = person(request)
        repetitions.add(claim, by=by, said=form.said(by))
        return "Added. Readers see it once somebody else confirms it."

    return answer(request, claim, form, save)


def confirm_repetition(request: HttpRequest, claim: Claim, repetition: UUID) -> HttpResponse:
    row = _repetition(request, claim, repetition)

    def do() -> str:
        repetitions.confirm(row, by=person(request))
        return "Confirmed: readers see it now."

    return done(request, claim, do, "repetitions")


def withdraw_repetition(request: HttpRequest, claim: Claim, repetition: UUID) -> HttpResponse:
    row, form = _repetition(request, claim, repetition), TakeBackForm(request.POST)

    def save() -> str:
        repetitions.withdraw(row, by=person(request), reason=form.cleaned_data["reason"])
        return "Withdrawn. It stays on record here."

    return answer(request, claim, form, save)


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
