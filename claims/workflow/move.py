"""What a move is, which data it takes, and which required fields are missing."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Action, Category, DeclineReason, Meanwhile, Status
from claims.models import Claim
from claims.rules.unmet import UnmetRequirement
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import User

# In the order in which forms show them.
FIELDS = ("assignee", "due_at", "into", "reason", "category", "note", "meanwhile", "at")


class When(models.TextChoices):
    """A condition beside the status; the label completes “only possible …”."""

    ALWAYS = "always", gettext_lazy("at any time")
    UNPUBLISHED = "unpublished", gettext_lazy("before the first publication")
    PUBLISHED = "published", gettext_lazy("while a verdict is published")
    UNCONFIRMED = "unconfirmed", gettext_lazy("until the retraction is confirmed")
    SCHEDULED = "scheduled", gettext_lazy("while its publication is scheduled")
    NIGHT_WORK_UNCONFIRMED = (
        "night_work_unconfirmed",
        gettext_lazy("while night work is unconfirmed"),
    )


class Weight(StrEnum):
    """How prominently a page shows the button: the next step of a
    claim's life may be the loud one, what is done daily stands beside
    it, and the rest is under “More”.
    """

    NEXT = "next"
    DAILY = "daily"
    SELDOM = "seldom"
    GRAVE = "grave"


@dataclass(frozen=True, slots=True)
class MoveData:
    """What comes with a move. Each move names the fields it needs; the
    others stay empty.
    """

    note: str = ""
    reason: str = ""
    assignee: User | None = None
    due_at: datetime | None = None
    category: str = ""
    meanwhile: str = ""
    into: Claim | None = None
    at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """The fields that are set, as stored on the Transition and in
        the audit entry.
        """
        # Equal data must give equal JSON, whatever the time zone: `apply` compares it
        # to recognise a repeated request.
        values = {
            "note": self.note,
            "reason": self.reason,
            "assignee": self.assignee.get_username() if self.assignee else "",
            "due_at": _in_utc(self.due_at),
            "category": self.category,
            "meanwhile": self.meanwhile,
            "into": str(self.into.public_id) if self.into else "",
            "at": _in_utc(self.at),
        }
        return {name: value for name, value in values.items() if value}


def _in_utc(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else ""


@dataclass(frozen=True, slots=True)
class Move:
    """Everything fixed about a move; its name and label are those of
    its action.

    `target` None keeps the status; `back` returns to the one before the
    hold or the merge, one of these. `pins_content`: the form carries
    the hash of what the page showed, and is refused where something
    else would be signed. `consequences` are listed on the confirmation
    page, `when_correcting` in their place where a published verdict is
    replaced; `success_message` is shown afterwards, where the usual one
    does not say enough.
    """

    action: Action
    sources: Set[Status]
    target: Status | None
    needs: tuple[str, ...] = ()
    back: Set[Status] = frozenset()
    when: When = When.ALWAYS
    scopes: tuple[Scope, ...] = (Scope.CLAIMS_WRITE,)
    weight: Weight = Weight.DAILY
    pins_content: bool = False
    needs_confirmation: bool = False
    consequences: tuple[str | Promise, ...] = ()
    when_correcting: tuple[str | Promise, ...] = ()
    success_message: str | Promise = ""
    in_bulk: bool = False

    def pairs(self) -> list[tuple[Status, Status]]:
        """Every (from, to) this move can make."""
        if self.back:
            return [(source, target) for source in self.sources for target in sorted(self.back)]
        return [(source, self.target or source) for source in sorted(self.sources)]


_PROMPTS = {
    "note": gettext_lazy("Give a reason."),
    "assignee": gettext_lazy("Choose an assignee."),
    "into": gettext_lazy("Choose the claim to merge into."),
    "reason": gettext_lazy("Choose a reason."),
    "category": gettext_lazy("Choose the kind of correction."),
    "at": gettext_lazy("Choose a publication date and time."),
}
# Two have no prompt: without `meanwhile` readers see “under review”, and without
# `due_at` the deadline stays.
_CHOICES: dict[str, list[str]] = {
    "reason": DeclineReason.values,
    "category": Category.values,
    "meanwhile": Meanwhile.values,
}


def missing_data(move: Move, data: MoveData) -> list[UnmetRequirement]:
    """The fields this move needs that are empty or hold none of the choices."""
    unmet = [
        UnmetRequirement(field, str(_PROMPTS[field]), field)
        for field in move.needs
        if field in _PROMPTS and not _is_given(data, field)
    ]
    for field, choices in _CHOICES.items():
        value = getattr(data, field)
        if field in move.needs and value and value not in choices:
            message = _("Choose one of: %(choices)s.") % {"choices": ", ".join(choices)}
            unmet.append(UnmetRequirement(field, message, field))
    return unmet


def _is_given(data: MoveData, field: str) -> bool:
    value = getattr(data, field)
    return bool(value.strip() if isinstance(value, str) else value)
