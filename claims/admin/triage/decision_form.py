"""What a person may say when deciding a suggestion: other words, another claimant, or why not."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.choices import DeclineReason, Status
from claims.intake.triage import ClaimDetails
from claims.models import Claim, Suggestion
from factcheck.ledger import change_context
from factcheck.newsroom.models import User
from sources.models import Claimant

CLAIM_LENGTH = 2000
NAME_LENGTH = 200
CLAIMS_OFFERED = 200


class DecisionForm(forms.Form):
    """One form a card: its buttons say whether it accepts or declines. Names carry no prefix, ids
    do.
    """

    text = forms.CharField(
        label="Claim",
        required=False,
        max_length=CLAIM_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    claimant = forms.CharField(
        label="Claimant",
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"list": "claimants", "dir": "auto", "autocomplete": "off"}),
        help_text="Who said it. Empty: nobody is named yet.",
    )
    reason = forms.ChoiceField(
        label="Reason", required=False, choices=[("", "Choose a reason"), *DeclineReason.choices]
    )
    checked_in = forms.CharField(
        label="Claim it was checked in",
        required=False,
        max_length=300,
        help_text="Pick one of the list, or give its number.",
        widget=forms.TextInput(attrs={"list": "checked", "dir": "auto", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label="Note", required=False, max_length=1000, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, data: Any = None, *, suggestion: Suggestion) -> None:
        self.suggestion = suggestion
        as_read = {"text": suggestion.text, "claimant": suggestion.speaker}
        super().__init__(data, auto_id=f"s-{suggestion.pk}-%s", initial=as_read, label_suffix="")

    def details(self, *, by: User) -> ClaimDetails:
        """Told only where the person changed something: a browser sends line ends its own way."""
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        name = " ".join(self.cleaned_data["claimant"].split())
        return ClaimDetails(
            text="" if text == self.suggestion.text.strip() else text,
            claimant=(
                None
                if name in {"", " ".join(self.suggestion.speaker.split())}
                else named(name, by=by)
            ),
            unattributed=not name,
        )


_NUMBER = re.compile(r"\s*#?(?P<number>[0-9]{1,18})(?![0-9])")


def offered_claims(desk_id: int, by: User) -> list[str]:
    """What the field “checked in” suggests: each begins with the number it is found by."""
    claims = (
        Claim.objects.visible_to(by)
        .filter(desk=desk_id)
        .exclude(status=Status.DECLINED)
        .order_by("-pk")
    )
    return [f"{pk} {text[:100]}" for pk, text in claims.values_list("pk", "text")[:CLAIMS_OFFERED]]


def claim_numbered(typed: str, *, by: User) -> Claim:
    found = _NUMBER.match(typed)
    claim = Claim.objects.visible_to(by).filter(pk=int(found["number"])).first() if found else None
    if claim is None:
        raise ValidationError(
            {"checked_in": "Pick a claim of the list, or give the number it begins with there."}
        )
    return claim


def named(name: str, *, by: User) -> Claimant:
    """The claimant of that name; of two with one name, the one without a description."""
    known = Claimant.objects.filter(name=name).order_by("description").first()
    if known:
        return known
    with change_context.acting_as(by):
        return Claimant.objects.get_or_create(name=name, description="")[0]
