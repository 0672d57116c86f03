"""What people type on the workbench. Forms check the shape of the input; the domain decides about the rest."""

import unicodedata
from typing import Any

from django import forms
from django.db.models import Q

from claims.checking import EvidenceDetails, VerdictDetails
from claims.choices import Action, Category, DeclineReason, Meanwhile, Stance
from claims.models import Claim, Rating, Verdict
from claims.models.verdict import SHORT_ANSWER_LIMIT
from claims.workflow import TRANSITIONS, MoveData
from factcheck.newsroom.permissions import people_who
from sources.models import Publisher


class Prose(forms.CharField):
    """Text as the database keeps it: NFC and LF. A browser sends CRLF, and would count each line end twice."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", (super().to_python(value) or "").replace("\r\n", "\n"))


class Part(forms.Form):
    """One form of the page; its ids begin with the name of the part, for a page holds several."""

    part = ""
    place = ""  # the section of the page where its result shows

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"{self.part}-%s", label_suffix="")

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, by label: shown to its writer where the form itself is closed by now."""
        return [(str(field.label), _readable(field)) for field in self.visible_fields() if field.value()]


def _readable(bound: forms.BoundField) -> str:
    """What was typed or chosen, in words."""
    typed = str(bound.value())
    return next((str(label) for value, label in getattr(bound.field, "choices", ()) if str(value) == typed), typed)


class EvidenceForm(Part):
    part = "source"
    place = "evidence"

    url = forms.CharField(label="Address", max_length=2000, widget=forms.URLInput(attrs={"placeholder": "https://"}))
    stance = forms.ChoiceField(label="This source", choices=Stance.choices, widget=forms.RadioSelect)
    quote = Prose(
        label="Quote", required=False, max_length=5000, rows=3,
        help_text="The passage, word for word. It is looked up in the captured page.",
    )  # fmt: skip
    finding = Prose(
        label="Finding", required=False, max_length=5000, rows=3,
        help_text="What it shows, in our words. A quote or a finding is enough.",
    )  # fmt: skip
    locator = forms.CharField(label="Where in it", required=False, max_length=200, help_text="Page, table, minute.")
    origin = forms.ModelChoiceField(
        Publisher.objects.all(), label="Whose report it is", required=False, empty_label="the publisher itself",
        help_text="A reprint counts as a report of its agency.",
    )  # fmt: skip

    def details(self) -> EvidenceDetails:
        return EvidenceDetails(**self.cleaned_data)


class VerdictForm(Part):
    part = place = "verdict"

    rating = forms.ModelChoiceField(Rating.objects.none(), required=False, widget=forms.RadioSelect, empty_label=None)
    short_answer = Prose(
        label="Short answer", required=False, max_length=SHORT_ANSWER_LIMIT, rows=3,
        help_text=f"Up to {SHORT_ANSWER_LIMIT} characters: what a reader takes away.",
    )  # fmt: skip
    explanation = Prose(
        label="Explanation", required=False, max_length=50_000, rows=12,
        help_text="Markdown: a blank line between paragraphs, **bold**, [words](address).",
    )  # fmt: skip
    sole_source = forms.BooleanField(
        label="It stands on one authoritative source", required=False,
        help_text="Such as the statistics office on its own figure. Both signers say so, and the page prints it.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, verdict: Verdict | None) -> None:
        kept = verdict or Verdict(version=0)
        words = {"rating": kept.rating_id, "short_answer": kept.short_answer, "explanation": kept.explanation, "sole_source": kept.sole_source}
        super().__init__(data, initial={**words, "version": kept.version})
        offered = Q(scale__in_use=True) | Q(pk=kept.rating_id)  # a scale may go out of use under a verdict in work
        ratings = Rating.objects.filter(offered).select_related("scale").order_by("scale__name", "position")
        self.fields["rating"].queryset = ratings  # type: ignore[attr-defined]

    def details(self) -> VerdictDetails:
        said = self.cleaned_data
        names = ("rating", "short_answer", "explanation", "sole_source")
        return VerdictDetails(**{name: said[name] for name in names})


class MoveForm(forms.Form):
    """The inputs of one move, as the transition table asks for them. The domain says what is missing."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    content_hash = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, action: Action, claim: Claim, data: Any = None, *, content_hash: str = "") -> None:
        seen = {"version": claim.version, "content_hash": content_hash}
        super().__init__(data, auto_id=f"{action}-%s", label_suffix="", initial=seen)
        move = TRANSITIONS.get(action)
        needs = move.needs if move else ()
        if "assignee" in needs:
            people = people_who("claim.take", claim.desk_id)
            self.fields["assignee"] = forms.ModelChoiceField(people, required=False, label="Who", empty_label="Choose …")
        if "reason" in needs:
            reasons = [("", "Choose …"), *DeclineReason.choices]
            self.fields["reason"] = forms.ChoiceField(choices=reasons, required=False, label="Reason")
        if "category" in needs:
            kinds = [("", "Choose …"), *Category.choices]
            self.fields["category"] = forms.ChoiceField(choices=kinds, required=False, label="What kind of correction")
        if "note" in needs or "reason" in needs:
            self.fields["note"] = Prose(label=self._note_label(needs), required=False, rows=2, max_length=2000)
        if "meanwhile" in needs:
            self.fields["meanwhile"] = forms.ChoiceField(
                choices=Meanwhile.choices, required=False, label="Meanwhile readers see", initial=Meanwhile.UNDER_REVIEW,
                widget=forms.RadioSelect,
            )  # fmt: skip

    @staticmethod
    def _note_label(needs: tuple[str, ...]) -> str:
        if "category" in needs:
            return "What was wrong (readers will see this)"
        return "Say why" if "note" in needs else "Note (if you like)"

    @property
    def asks(self) -> bool:
        return bool(self.visible_fields())

    def answers(self) -> tuple[MoveData, int | None]:
        self.is_valid()  # what is not valid counts as not answered
        said = self.cleaned_data
        told = MoveData(
            note=said.get("note", ""), reason=said.get("reason", ""), assignee=said.get("assignee"),
            category=said.get("category", ""), meanwhile=said.get("meanwhile", ""),
        )  # fmt: skip
        return told, said.get("version")

    @property
    def seen_hash(self) -> str:
        return str(self.cleaned_data.get("content_hash", ""))


class WithdrawForm(forms.Form):
    note = forms.CharField(label="Why", required=False, max_length=2000)
