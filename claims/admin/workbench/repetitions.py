"""Said again, on the workbench: what waits for a second person, and what readers see."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.admin.triage.wording import named
from claims.admin.workbench.evidence import web
from claims.admin.workbench.forms import Part, Prose
from claims.models import Claim, Repetition
from claims.publication.repetitions import SaidAgain
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.canonical import UrlError, canonical_url


class RepetitionForm(Part):
    part = "again"
    place = "repetitions"

    claimant = forms.CharField(
        label="Who said it again",
        max_length=200,
        help_text="Pick one of the list, or type a new name.",
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
    )
    stated_on = forms.DateField(
        label="On", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    words = Prose(label="In these words", max_length=2000, rows=2)
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

    def said(self, by: User) -> SaidAgain:
        told: dict[str, Any] = self.cleaned_data
        return SaidAgain(
            named(" ".join(told["claimant"].split()), by=by),
            told["stated_on"],
            told["words"],
            told["appearance_url"],
        )


class TakeBackForm(Part):
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
    withdraw: TakeBackForm


def repetitions_of(claim: Claim, by: User) -> Repetitions:
    rows = list(claim.repetitions.select_related("added_by", "confirmed_by", "withdrawn_by"))
    published = claim.verdicts.published().exists()
    for row in rows:
        row.claim = claim
    lines = [
        Line(
            row,
            web(row.appearance_url),
            may_confirm=row.waits
            and published
            and row.added_by_id != by.pk
            and may(by, "repetition.confirm", row),
            may_withdraw=row.withdrawn_at is None and may(by, "repetition.withdraw", row),
        )
        for row in rows
    ]
    form = RepetitionForm() if published and may(by, "repetition.add", claim) else None
    return Repetitions(lines, form, TakeBackForm())
