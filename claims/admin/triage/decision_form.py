"""The form of a decision on a suggestion: another text or claimant, or
a reason for declining.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import DeclineReason, Status
from claims.intake.triage import ClaimDetails
from claims.models import Claim, Suggestion
from factcheck.newsroom.models import User
from factcheck.newsroom.widgets import ListInput
from sources.choices import ClaimantKind
from sources.claimants import claimant_labelled

CLAIM_LENGTH = 2000
CLAIMANT_NAME = 200  # characters
CLAIMANT_NAMES = 200  # names in the list of a field
CLAIMS_OFFERED = 200


def claimant_kind() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("The claimant is"),
        required=False,
        choices=ClaimantKind.choices,
        help_text=gettext_lazy("Counts where the claimant is new."),
    )


class DecisionForm(forms.Form):
    """One form for a card; the address it is sent to says what it
    decides. Ids carry a prefix, as a page has many cards; names do not.
    """

    text = forms.CharField(
        label=gettext_lazy("Claim"),
        required=False,
        max_length=CLAIM_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    claimant = forms.CharField(
        label=gettext_lazy("Claimant"),
        required=False,
        max_length=CLAIMANT_NAME,
        widget=ListInput("claimants", dir="auto"),
        help_text=gettext_lazy("Who made the claim. Leave empty if unknown."),
    )
    claimant_kind = claimant_kind()
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        required=False,
        choices=[("", gettext_lazy("Choose a reason")), *DeclineReason.choices],
    )
    checked_in = forms.CharField(
        label=gettext_lazy("Existing claim"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Choose from the list or enter its number."),
        widget=ListInput("checked", dir="auto"),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, suggestion: Suggestion) -> None:
        self.suggestion = suggestion
        self.proposed = suggestion.proposed_claimant
        initial = {
            "text": suggestion.text,
            "claimant": self.proposed.name if self.proposed else "",
            "claimant_kind": self.proposed.kind if self.proposed else ClaimantKind.PERSON,
        }
        super().__init__(data, auto_id=f"s-{suggestion.pk}-%s", initial=initial, label_suffix="")

    def details(self, *, by: User) -> ClaimDetails:
        """What the person changed; the suggestion's own text and the
        claimant it proposes count as unchanged.

        Creates the claimant where nobody of that name exists.
        """
        # A browser sends CRLF, which would pass for a new wording of every multi-line
        # suggestion.
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        name = " ".join(self.cleaned_data["claimant"].split())
        kind = self.cleaned_data["claimant_kind"]
        unchanged = self.proposed and (name, kind or self.proposed.kind) == (
            self.proposed.name,
            self.proposed.kind,
        )
        return ClaimDetails(
            text="" if text == self.suggestion.text.strip() else text,
            claimant=(
                None
                if unchanged or not name
                else claimant_labelled(
                    name,
                    desk=self.suggestion.article.desk,
                    by=by,
                    kind=kind or ClaimantKind.PERSON,
                )
            ),
            unattributed=not name,
        )


# Up to 18 digits: a longer number fits no primary key, and PostgreSQL would answer with
# an error.
_NUMBER = re.compile(r"\s*#?(?P<number>[0-9]{1,18})(?![0-9])")


def offered_claims(desk_id: int, by: User) -> list[str]:
    """The options of the field “Existing claim”. Each begins with the
    number that finds it: a browser's datalist sends the text of the
    option, not a value behind it.
    """
    claims = (
        Claim.objects.visible_to(by)
        .filter(desk=desk_id)
        .exclude(status=Status.DECLINED)
        .order_by("-pk")
    )
    return [f"{pk} {text[:100]}" for pk, text in claims.values_list("pk", "text")[:CLAIMS_OFFERED]]


def claim_numbered(typed: str, *, by: User) -> Claim:
    """The claim whose number the typed text begins with. Raises
    ValidationError where there is none that the person may see.
    """
    match = _NUMBER.match(typed)
    claim = Claim.objects.visible_to(by).filter(pk=int(match["number"])).first() if match else None
    if claim is None:
        raise ValidationError(
            {"checked_in": _("Choose a claim from the list or enter its number.")}
        )
    return claim
