"""What the forms of the workbench share, and the form of a move. Forms
check the shape of the input; the domain decides everything else.
"""

import unicodedata
from datetime import UTC, datetime
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.choices import Action, Category, DeclineReason, Meanwhile
from claims.desk.merge_targets import named
from claims.models import Claim
from claims.rules.unmet import UnmetRequirement
from claims.workflow import TRANSITIONS, MoveData
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import assignable
from factcheck.newsroom.time_zones import at_local, format_local
from factcheck.newsroom.widgets import DayInput, LocalTimeInput


class TextAreaField(forms.CharField):
    """Text as the database keeps it: NFC and LF. A browser sends CRLF,
    and would count each line end twice.
    """

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", (super().to_python(value) or "").replace("\r\n", "\n"))


class DeskDateTimeField(forms.DateTimeField):
    """A local time of the desk. Refuses one that its clocks skip in
    spring, with the reason.
    """

    def __init__(self, desk: Desk, **kwargs: Any) -> None:
        self.zone = desk.time_zone
        widget = LocalTimeInput()
        help_text = _("Time zone: %(zone)s (now %(now)s).") % {
            "zone": self.zone,
            "now": format_local(timezone.now(), self.zone),
        }
        super().__init__(required=False, widget=widget, help_text=help_text, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        # Django would read it in the current zone, which has its own skipped hour; UTC
        # skips none, and at_local then judges the digits by the desk's clock.
        with timezone.override(UTC):
            typed = super().clean(value)
        return at_local(typed.replace(tzinfo=None), self.zone) if typed else None


class DayField(forms.DateField):
    """A date, typed or picked in the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=DayInput(),
            **kwargs,
        )


class Part(forms.Form):
    """One of several forms of the page. Its ids begin with `part`, so
    that no two are equal.
    """

    part = ""
    section = ""  # the section of the page where its result shows
    repeated = False  # several times on a page, so that its fields have no ids
    compares = False  # a stale form shows the newer text beside what was typed

    def __init__(
        self,
        data: Any = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"{self.part}-%s", label_suffix="")

    @property
    def draft_name(self) -> str:
        """How pages call the draft of this form."""
        return self.part

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, by label: shown to its writer where the form
        is no longer offered.
        """
        return [
            (str(field.label), _readable(field)) for field in self.visible_fields() if field.value()
        ]

    def without_ids(self) -> Self:
        """For a form that a page repeats, while an id may occur once;
        its labels enclose their fields instead.
        """
        self.auto_id = False
        return self

    def renewed(self, claim: Claim) -> "Part":
        """What was typed, on top of the version the page now shows:
        saving again then replaces it knowingly.
        """
        if "version" in self.fields:
            self.data = with_version(self.data, self.version_now(claim))
        return self

    def version_now(self, claim: Claim) -> int:
        return claim.version


def with_version(data: Any, version: int) -> QueryDict:
    updated: QueryDict = data.copy()  # a POST is immutable
    updated["version"] = str(version)
    return updated


def _readable(bound: forms.BoundField) -> str:
    """What was typed, or the label of what was chosen."""
    typed = str(bound.value())
    return next(
        (str(label) for value, label in getattr(bound.field, "choices", ()) if str(value) == typed),
        typed,
    )


class MoveForm(forms.Form):
    """The inputs of one move, as the transition table asks for them.
    The domain says what is missing.
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
        shown = {"version": claim.version, "content_hash": content_hash}
        # A refusal links to “#action-field”, so the ids begin with the action.
        super().__init__(data, auto_id=f"{action}-%s", label_suffix="", initial=shown)
        self.by = by
        move = TRANSITIONS.get(action)
        needs = move.needs if move else ()
        # No field is required here: the domain names everything that is missing at
        # once, with links.
        if "assignee" in needs:
            people = assignable("claim.take", claim.desk_id)
            self.fields["assignee"] = forms.ModelChoiceField(
                people, required=False, label=_("Assignee"), empty_label=_("Choose …")
            )
        if "due_at" in needs:
            self.fields["due_at"] = DeskDateTimeField(
                claim.desk, label=_("New deadline (optional)")
            )
        if "into" in needs:
            self.fields["into"] = forms.CharField(
                required=False, max_length=2000, label=_("Target claim")
            )
        if "reason" in needs:
            reasons = [("", _("Choose …")), *DeclineReason.choices]
            self.fields["reason"] = forms.ChoiceField(
                choices=reasons, required=False, label=_("Reason")
            )
        if "category" in needs:
            categories = [("", _("Choose …")), *Category.choices]
            self.fields["category"] = forms.ChoiceField(
                choices=categories, required=False, label=_("Type of correction")
            )
        if {"note", "reason", "into"} & set(needs):
            self.fields["note"] = TextAreaField(
                label=self._note_label(needs), required=False, rows=2, max_length=2000
            )
        if "meanwhile" in needs:
            self.fields["meanwhile"] = forms.ChoiceField(
                choices=Meanwhile.choices,
                required=False,
                label=_("Readers see until then"),
                # Readers are warned by default; hiding a verdict from them is a
                # decision.
                initial=Meanwhile.UNDER_REVIEW,
                widget=forms.RadioSelect,
            )
        if "at" in needs:
            # Under an embargo its end is the earliest time that is allowed.
            self.fields["at"] = DeskDateTimeField(
                claim.desk, label=_("When"), initial=claim.embargo_until
            )

    @staticmethod
    def _note_label(needs: tuple[str, ...]) -> str:
        if "category" in needs:
            return _("What was wrong (shown to readers)")
        return _("Reason") if "note" in needs else _("Note (optional)")

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in; else the move is one button."""
        return bool(self.visible_fields())

    def answers(self) -> tuple[MoveData, int | None]:
        """What was entered, and the version the form was shown with;
        None where it names none.
        """
        # An invalid answer counts as none: the domain then asks for it, with all else
        # that is missing.
        self.is_valid()
        cleaned = self.cleaned_data
        data = MoveData(
            note=cleaned.get("note", ""),
            reason=cleaned.get("reason", ""),
            assignee=cleaned.get("assignee"),
            due_at=cleaned.get("due_at"),
            category=cleaned.get("category", ""),
            meanwhile=cleaned.get("meanwhile", ""),
            into=self._into(cleaned.get("into", "")),
            at=cleaned.get("at"),
        )
        return data, cleaned.get("version")

    def _into(self, typed: str) -> Claim | None:
        """The claim that was named. One that this person cannot see
        becomes an unsaved claim, which the domain refuses only after
        checking who may merge at all.
        """
        return (named(typed, by=self.by) or Claim()) if typed and self.by else None

    @property
    def unreadable(self) -> list[UnmetRequirement]:
        """What is wrong with a field that the move does without: taken
        for empty, it would be dropped in silence.
        """
        field = "due_at"
        if field not in self.errors:
            return []
        return [UnmetRequirement(field, str(error), field) for error in self.errors[field]]

    @property
    def expected_content_hash(self) -> str:
        return str(self.cleaned_data.get("content_hash", ""))
