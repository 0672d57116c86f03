"""What the forms of the workbench share, and the form of a move. Forms check the shape of the
input; the domain decides about the rest.
"""

import unicodedata
from datetime import UTC, datetime
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils import timezone

from claims.choices import Action, Category, DeclineReason, Meanwhile
from claims.desk.merge_targets import named
from claims.models import Claim
from claims.workflow import TRANSITIONS, MoveData
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import assignable, desks_where
from factcheck.newsroom.time_zones import at_local, format_local


class TextAreaField(forms.CharField):
    """Text as the database keeps it: NFC and LF. A browser sends CRLF, and would count each line
    end twice.
    """

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", (super().to_python(value) or "").replace("\r\n", "\n"))


class DeskDateTimeField(forms.DateTimeField):
    """A local time of the desk. One that its clocks leave out is refused in words."""

    def __init__(self, desk: Desk, **kwargs: Any) -> None:
        self.zone = desk.time_zone
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        told = f"Time in {self.zone}, where it is {format_local(timezone.now(), self.zone)} now."
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
    compares = False  # the page shows the newer text beside what was typed on top of an old one

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"{self.part}-%s", label_suffix="")

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, by label: shown to its writer where the form itself is closed by now."""
        return [
            (str(field.label), _readable(field)) for field in self.visible_fields() if field.value()
        ]

    def without_ids(self) -> Self:
        """For one that stands on the page several times, and an id only once; its labels enclose
        their fields.
        """
        self.auto_id = False
        return self

    def renewed(self, claim: Claim) -> "Part":
        """What was typed, on top of the version that the page now shows: pressing again is then a
        choice, not an accident.
        """
        if "version" in self.fields:
            self.data = with_version(self.data, self.version_now(claim))
        return self

    def version_now(self, claim: Claim) -> int:
        return claim.version


def with_version(data: Any, version: int) -> QueryDict:
    mine: QueryDict = data.copy()
    mine["version"] = str(version)
    return mine


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
            self.fields["note"] = TextAreaField(
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
            self.fields["at"] = DeskDateTimeField(
                claim.desk, label="When", initial=claim.embargo_until
            )

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
    def expected_content_hash(self) -> str:
        return str(self.cleaned_data.get("content_hash", ""))
