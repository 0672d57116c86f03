"""Translations on the workbench: the language of the claim, which claim
it is a translation of, and which claims are translations of it.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import Part
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.desk.merge_targets import named
from claims.models import Claim
from claims.publication.translations import set_original
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User


class TranslationForm(Part):
    part = section = "translation"

    version = forms.IntegerField(widget=forms.HiddenInput)
    language = forms.CharField(
        label=gettext_lazy("Language of this claim"),
        max_length=16,
        help_text=gettext_lazy("Language code such as en, de or pt-BR."),
    )
    original = forms.CharField(
        label=gettext_lazy("Translation of"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy(
            "URL or ID of the original claim. Leave empty if this is not a translation."
        ),
    )
    ended = forms.BooleanField(label=gettext_lazy("Not a translation"), required=False)

    @classmethod
    def of(cls, claim: Claim, original: Claim | None) -> "TranslationForm":
        # As a URL, because that is what the field takes: texts of claims are not
        # unique.
        shown = reverse("admin:claims_claim_change", args=[original.pk]) if original else ""
        return cls(
            initial={"version": claim.version, "language": claim.language, "original": shown}
        )

    def claim(self, by: User, hidden: Claim | None) -> Claim | None:
        """The original that was named, None for none. One that this
        person cannot see leaves the field empty, so an empty field does
        not remove it: that takes the tick.
        """
        typed = self.cleaned_data["original"].strip()
        original = named(typed, by=by) if typed else None
        if typed and original is None:
            raise ValidationError(
                _(
                    "No claim found at that URL, or you do not have access. Copy the URL"
                    " of its page."
                )
            )
        return original if typed or self.cleaned_data["ended"] else hidden


@dataclass(frozen=True, slots=True)
class Translation:
    """`original` and `others` as far as this person sees them; `hidden`
    where they may not see the original.
    """

    original: Claim | None
    hidden: bool
    others: list[Claim]
    form: TranslationForm


def hidden_original(claim: Claim, by: User) -> Claim | None:
    """The original, if this person may not see it."""
    return (
        None
        if Claim.objects.visible_to(by).filter(translations=claim).exists()
        else claim.translation_of
    )


def translation_of(state: PageState) -> Translation:
    claim = state.claim
    visible = Claim.objects.visible_to(state.by)
    original = visible.filter(translations=claim).first() if claim.translation_of_id else None
    translations = visible.filter(translation_of=claim).order_by("language", "pk")
    return Translation(
        original,
        bool(claim.translation_of_id and original is None),
        list(translations) if state.contents.translations else [],
        TranslationForm.of(claim, original),
    )


def context(state: PageState) -> Context:
    return {"translation": translation_of(state)}


def save(request: HttpRequest, claim: Claim) -> Answer:
    form, by = TranslationForm(request.POST), person(request)

    def set_language() -> str:
        cleaned: dict[str, Any] = form.cleaned_data
        hidden = hidden_original(claim, by)
        chosen = form.claim(by, hidden)
        updated = set_original(
            claim,
            by=by,
            original=chosen,
            language=cleaned["language"],
            expected_version=cleaned["version"],
        )
        if chosen and chosen == hidden:
            # Without its text, which this person may not read.
            return _("Language set to %(language)s; translation unchanged.") % {
                "language": updated.language
            }
        if chosen:
            return _(
                "Marked as a translation of “%(original)s”. Earlier signatures are void;"
                " sign again."
            ) % {"original": chosen}
        return _("Language set to %(language)s; not a translation.") % {
            "language": updated.language
        }

    return respond(request, claim, form, set_language)


PANEL = Panel(context, (Route("translation/", save, "translation"),))
