"""What people type on the workbench. Forms check the shape of the input; the domain decides about
the rest.
"""

import unicodedata
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.choices import Action, Category, DeclineReason, Meanwhile, Said, Stance
from claims.desk.merge_targets import named
from claims.evidence.attaching import EvidenceDetails
from claims.models import Claim, Evidence, Rating, Verdict
from claims.models.evidence import WORDS
from claims.models.verdict import SHORT_ANSWER_LIMIT
from claims.verdicts.validity import Dates
from claims.verdicts.writing import VerdictDetails
from claims.workflow import TRANSITIONS, MoveData
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import assignable, desks_where
from factcheck.newsroom.zones import at_local, spoken
from sources.models import Publisher


class Prose(forms.CharField):
    """Text as the database keeps it: NFC and LF. A browser sends CRLF, and would count each line
    end twice.
    """

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", (super().to_python(value) or "").replace("\r\n", "\n"))


class DeskMoment(forms.DateTimeField):
    """A local time of the desk. One that its clocks leave out is refused in words."""

    def __init__(self, desk: Desk, **kwargs: Any) -> None:
        self.zone = desk.time_zone
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        told = f"Time in {self.zone}, where it is {spoken(timezone.now(), self.zone)} now."
        super().__init__(required=False, widget=widget, help_text=told, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        with timezone.override(
            UTC
        ):  # the page is shown in the time of the desk; what was typed must not be read in it twice
            typed = super().clean(value)
        return at_local(typed.replace(tzinfo=None), self.zone) if typed else None


class Day(forms.DateField):
    """A date, typed or picked in the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            **kwargs,
        )


class Part(forms.Form):
    """One form of the page; its ids begin with the name of the part, for a page holds several."""

    part = ""
    place = ""  # the section of the page where its result shows

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"{self.part}-%s", label_suffix="")

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, by label: shown to its writer where the form itself is closed by now."""
        return [
            (str(field.label), _readable(field)) for field in self.visible_fields() if field.value()
        ]


def _readable(bound: forms.BoundField) -> str:
    """What was typed or chosen, in words."""
    typed = str(bound.value())
    return next(
        (str(label) for value, label in getattr(bound.field, "choices", ()) if str(value) == typed),
        typed,
    )


def reads_shared_tables(by: User) -> bool:
    """The lists of publishers and claimants tell whom the whole house writes about."""
    return bool(desks_where(by, "link.view"))


def publishers_for(by: User) -> QuerySet[Publisher]:
    """All of them; or, for those who see assigned work alone, the ones their own evidence comes
    from.
    """
    own = Evidence.objects.visible_to(by).order_by().values("link__publisher")
    return (
        Publisher.objects.visible_to(by)
        if reads_shared_tables(by)
        else Publisher.objects.filter(pk__in=own)
    )


class ItemFields(Part):
    place = "evidence"

    stance = forms.ChoiceField(
        label="This source", choices=Stance.choices, widget=forms.RadioSelect
    )
    quote = Prose(
        label="Quote",
        required=False,
        max_length=5000,
        rows=3,
        help_text="The passage, word for word. It is looked up in the text.",
    )
    finding = Prose(
        label="Finding",
        required=False,
        max_length=5000,
        rows=3,
        help_text="What it shows, in our words. A quote or a finding is enough.",
    )
    locator = forms.CharField(
        label="Where in it", required=False, max_length=200, help_text="Page, table, minute."
    )

    def item(self) -> EvidenceDetails:
        return EvidenceDetails(**{name: self.cleaned_data[name] for name in WORDS})


class EvidenceForm(ItemFields):
    part = "source"

    url = forms.CharField(
        label="Address", max_length=2000, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    origin = forms.ModelChoiceField(
        Publisher.objects.none(),
        label="Whose report it is",
        required=False,
        empty_label="the publisher itself",
        help_text="A reprint counts as a report of its agency.",
    )
    field_order = ("url", *WORDS, "origin")

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        quote = self.fields["quote"]
        quote.help_text = "The passage, word for word. It is looked up in the captured page."
        self.fields["origin"].queryset = publishers_for(by)  # type: ignore[attr-defined]

    def details(self) -> EvidenceDetails:
        return EvidenceDetails(**self.cleaned_data)


class VerdictForm(Part):
    part = place = "verdict"

    said = forms.ChoiceField(
        label="Did they say it?",
        required=False,
        choices=Said.choices,
        widget=forms.RadioSelect,
        help_text="Apart from whether it is so, which the rating answers.",
    )
    rating = forms.ModelChoiceField(
        Rating.objects.none(), required=False, widget=forms.RadioSelect, empty_label=None
    )
    short_answer = Prose(
        label="Short answer",
        required=False,
        max_length=SHORT_ANSWER_LIMIT,
        rows=3,
        help_text=f"Up to {SHORT_ANSWER_LIMIT} characters: what a reader takes away.",
    )
    explanation = Prose(
        label="Explanation",
        required=False,
        max_length=50_000,
        rows=12,
        help_text="Markdown: a blank line between paragraphs, **bold**, [words](address).",
    )
    sole_source = forms.BooleanField(
        label="It stands on one authoritative source",
        required=False,
        help_text=(
            "Such as the statistics office on its own figure. Both signers say so, and the page"
            " prints it."
        ),
    )
    true_as_of = Day(
        label="True as of",
        help_text="The day the finding speaks of; empty for none. Readers are told.",
    )
    review_by = Day(
        label="Look at it again by", help_text="Empty for no such day. Readers are told."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, verdict: Verdict | None, proposed: date | None = None
    ) -> None:
        kept = verdict or Verdict(version=0, review_by=proposed)
        names = ("said", "short_answer", "explanation", "sole_source", "true_as_of", "review_by")
        words: dict[str, Any] = {
            "rating": kept.rating_id,
            **{name: getattr(kept, name) for name in names},
        }
        super().__init__(data, initial={**words, "version": kept.version})
        offered = Q(scale__in_use=True) | Q(
            pk=kept.rating_id
        )  # a scale may go out of use under a verdict in work
        ratings = (
            Rating.objects.filter(offered)
            .select_related("scale")
            .order_by("scale__name", "position")
        )
        self.fields["rating"].queryset = ratings  # type: ignore[attr-defined]

    def details(self) -> VerdictDetails:
        said = self.cleaned_data
        names = ("rating", "short_answer", "explanation", "sole_source", "said")
        dates = Dates(true_as_of=said["true_as_of"], review_by=said["review_by"])
        return VerdictDetails(**{name: said[name] for name in names}, dates=dates)


class MoveForm(forms.Form):
    """The inputs of one move, as the transition table asks for them. The domain says what is
    missing.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    content_hash = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        action: Action,
        claim: Claim,
        data: Any = None,
        *,
        by: User | None = None,
        content_hash: str = "",
    ) -> None:
        seen = {"version": claim.version, "content_hash": content_hash}
        super().__init__(data, auto_id=f"{action}-%s", label_suffix="", initial=seen)
        self.by = by
        move = TRANSITIONS.get(action)
        needs = move.needs if move else ()
        if "assignee" in needs:
            people = assignable("claim.take", claim.desk_id)
            self.fields["assignee"] = forms.ModelChoiceField(
                people, required=False, label="Who", empty_label="Choose …"
            )
        if "into" in needs:
            self.fields["into"] = forms.CharField(
                required=False, max_length=2000, label="Which claim"
            )
        if "reason" in needs:
            reasons = [("", "Choose …"), *DeclineReason.choices]
            self.fields["reason"] = forms.ChoiceField(
                choices=reasons, required=False, label="Reason"
            )
        if "category" in needs:
            kinds = [("", "Choose …"), *Category.choices]
            self.fields["category"] = forms.ChoiceField(
                choices=kinds, required=False, label="What kind of correction"
            )
        if {"note", "reason", "into"} & set(needs):
            self.fields["note"] = Prose(
                label=self._note_label(needs), required=False, rows=2, max_length=2000
            )
        if "meanwhile" in needs:
            self.fields["meanwhile"] = forms.ChoiceField(
                choices=Meanwhile.choices,
                required=False,
                label="Meanwhile readers see",
                initial=Meanwhile.UNDER_REVIEW,
                widget=forms.RadioSelect,
            )
        if "at" in needs:
            self.fields["at"] = DeskMoment(claim.desk, label="When", initial=claim.embargo_until)

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
            note=said.get("note", ""),
            reason=said.get("reason", ""),
            assignee=said.get("assignee"),
            category=said.get("category", ""),
            meanwhile=said.get("meanwhile", ""),
            into=self._into(said.get("into", "")),
            at=said.get("at"),
        )
        return told, said.get("version")

    def _into(self, typed: str) -> Claim | None:
        """What names no claim that they see is passed on as none that exists: the domain says so,
        after who and whence.
        """
        return (named(typed, by=self.by) or Claim()) if typed and self.by else None

    @property
    def seen_hash(self) -> str:
        return str(self.cleaned_data.get("content_hash", ""))


class WithdrawForm(forms.Form):
    note = forms.CharField(label="Why", required=False, max_length=2000)
