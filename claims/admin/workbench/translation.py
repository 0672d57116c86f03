"""Whether the claim is a translation, on the workbench: of which one, into what, and which others
are translations of it.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from claims.admin.workbench.forms import Part
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.desk.merge_targets import named
from claims.models import Claim
from claims.publication.translations import set_original
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User


class TranslationForm(Part):
    part = place = "translation"

    version = forms.IntegerField(widget=forms.HiddenInput)
    language = forms.CharField(
        label="Language of this claim", max_length=16, help_text="A code such as en, de or pt-BR."
    )
    original = forms.CharField(
        label="Translation of",
        required=False,
        max_length=2000,
        help_text=(
            "The address or the id of the claim it was translated from; empty where it is no"
            " translation."
        ),
    )
    ended = forms.BooleanField(label="No translation any more", required=False)

    @classmethod
    def of(cls, claim: Claim, original: Claim | None) -> "TranslationForm":
        shown = reverse("admin:claims_claim_change", args=[original.pk]) if original else ""
        return cls(
            initial={"version": claim.version, "language": claim.language, "original": shown}
        )

    def claim(self, by: User, hidden: Claim | None) -> Claim | None:
        """An original that this person does not see is no empty field: it stays until they say that
        it ends.
        """
        typed = self.cleaned_data["original"].strip()
        found = named(typed, by=by) if typed else None
        if typed and found is None:
            raise ValidationError(
                "There is no claim at that address, or it is not yours to see. Copy the address of"
                " its page."
            )
        return found if typed or self.cleaned_data["ended"] else hidden


@dataclass(frozen=True, slots=True)
class Translation:
    """`original` and `others` as far as this person sees them."""

    original: Claim | None
    hidden: bool
    others: list[Claim]
    form: TranslationForm


def hidden_original(claim: Claim, by: User) -> Claim | None:
    return (
        None
        if Claim.objects.visible_to(by).filter(translations=claim).exists()
        else claim.translation_of
    )


def translation_of(claim: Claim, by: User) -> Translation:
    seen = Claim.objects.visible_to(by)
    original = seen.filter(translations=claim).first() if claim.translation_of_id else None
    others = list(seen.filter(translation_of=claim).order_by("language", "pk"))
    return Translation(
        original,
        bool(claim.translation_of_id and original is None),
        others,
        TranslationForm.of(claim, original),
    )


def context(state: PageState) -> Context:
    return {"translation": translation_of(state.claim, state.by)}


def save(request: HttpRequest, claim: Claim) -> Answer:
    form, by = TranslationForm(request.POST), person(request)

    def set_it() -> str:
        said: dict[str, Any] = form.cleaned_data
        hidden = hidden_original(claim, by)
        chosen = form.claim(by, hidden)
        made = set_original(
            claim,
            by=by,
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

    return respond(request, claim, form, set_it)


PANEL = Panel(context, (Route("translation/", save, "translation"),))
