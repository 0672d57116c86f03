"""The form of a decision on a suggestion: another text or claimant, or
a reason for declining.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import DeclineReason, Status, VerdictState
from claims.extraction.reader_wording import LONGEST
from claims.intake import similar_claims
from claims.intake.triage import ClaimDetails
from claims.matching import lookup
from claims.models import Claim, Suggestion, Verdict
from factcheck.ledger.full_text import matching
from factcheck.newsroom.models import User
from factcheck.newsroom.widgets import ListInput
from sources.choices import ClaimantKind
from sources.claimants import claimant_labelled

CLAIM_LENGTH = 2000
CLAIMANT_NAME = 200  # characters
CLAIMANT_NAMES = 200  # names in the list of a field
CLAIMS_OFFERED = 8


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
    wording = forms.CharField(
        label=gettext_lazy("Wording for readers"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto"}),
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
        help_text=gettext_lazy("Type words of the claim or its verdict, or its number."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
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
            "wording": suggestion.proposed_wording,
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
        is_changed = text not in ("", self.suggestion.text.strip())
        wording = " ".join(self.cleaned_data["wording"].split())
        # Not sent by “Accept” alone, and left as it was proposed for other words.
        is_own = "wording" in self.data and wording != self.suggestion.proposed_wording
        return ClaimDetails(
            text=text if is_changed else "",
            wording=wording if is_own else None,
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


def offered_claims(suggestion: Suggestion, typed: str, *, by: User) -> list[Claim]:
    """Claims of the desk in which the suggestion may have been checked:
    those that have the typed words in text, claimant or verdict, or
    similar ones before anything is typed. What came of the same article
    is no answer.
    """
    claims = (
        Claim.objects.visible_to(by)
        .filter(desk=suggestion.article.desk_id)
        .exclude(status__in=(Status.DECLINED, Status.MERGED))
        .exclude(suggestion__article=suggestion.article_id)
    )
    if typed.strip():
        claims = claims.filter(matching("claim", typed)).order_by("-pk")
    else:
        desk = suggestion.article.desk
        similar = similar_claims.of([suggestion], desk=desk, by=by)
        own = similar[suggestion.pk]
        texts = [*own.similar_texts, *(one.similar_text for one in own.conflicting_figures)]
        known = lookup.for_person(suggestion.text, suggestion.language or "en", by=by, desk=desk)
        keys = {one.claim.pk for one in texts if one.claim}
        keys |= {one.claim.pk for one in known if one.claim}
        claims = claims.filter(pk__in=keys)
    verdicts = Verdict.objects.filter(state=VerdictState.PUBLISHED).select_related("rating")
    shown = claims.select_related("claimant").prefetch_related(
        Prefetch("verdicts", verdicts, to_attr="published")
    )
    return list(shown[:CLAIMS_OFFERED])


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
