"""What a person may say when deciding a suggestion: other words, another claimant, or why not."""

from typing import Any

from django import forms

from claims.choices import DeclineReason
from claims.models import Suggestion
from claims.triage import ClaimDetails
from factcheck.ledger import door
from factcheck.newsroom.models import User
from sources.models import Claimant

CLAIM_LENGTH = 2000
NAME_LENGTH = 200


class WordingForm(forms.Form):
    """One form a card: its buttons say whether it accepts or declines. Names carry no prefix, ids do."""

    text = forms.CharField(
        label="Claim", required=False, max_length=CLAIM_LENGTH, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    claimant = forms.CharField(
        label="Claimant", required=False, max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"list": "claimants", "dir": "auto", "autocomplete": "off"}),
        help_text="Who said it. Empty: nobody is named yet.",
    )  # fmt: skip
    reason = forms.ChoiceField(label="Reason", required=False, choices=[("", "Choose a reason"), *DeclineReason.choices])
    note = forms.CharField(label="Note", required=False, max_length=1000, widget=forms.TextInput(attrs={"dir": "auto"}))

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
            claimant=None if name in {"", " ".join(self.suggestion.speaker.split())} else named(name, by=by),
            unattributed=not name,
        )


def named(name: str, *, by: User) -> Claimant:
    """The claimant of that name; of two with one name, the one without a description."""
    known = Claimant.objects.filter(name=name).order_by("description").first()
    if known:
        return known
    with door.acting(by):
        return Claimant.objects.get_or_create(name=name, description="")[0]
