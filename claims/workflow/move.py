"""What a move is, what it can be told, and which of its questions were left unanswered."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from claims.choices import Action, Category, DeclineReason, Meanwhile, Status
from claims.models import Claim
from claims.rules.unmet import UnmetRequirement
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import User

FIELDS = (
    "assignee",
    "into",
    "reason",
    "category",
    "note",
    "meanwhile",
    "at",
)  # in the order in which they are asked


class When(StrEnum):
    """What else must be so, beside the state; the text completes “only possible …”."""

    ALWAYS = "at any time"
    UNPUBLISHED = "before the first publication"
    PUBLISHED = "where a verdict stands published"
    UNCONFIRMED = "until the retraction is confirmed"
    SCHEDULED = "while its publication is scheduled"
    NIGHT_WORK_UNCONFIRMED = "while an editor's look at the night's work is due"


class Weight(StrEnum):
    """How a page shows the button."""

    DAILY = "daily"
    SELDOM = "seldom"
    GRAVE = "grave"


@dataclass(frozen=True, slots=True)
class MoveData:
    """What a move is told. Each move names the fields it needs; the others stay empty."""

    note: str = ""
    reason: str = ""
    assignee: User | None = None
    category: str = ""
    meanwhile: str = ""
    into: Claim | None = None
    at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        told = {
            "note": self.note,
            "reason": self.reason,
            "assignee": self.assignee.get_username() if self.assignee else "",
            "category": self.category,
            "meanwhile": self.meanwhile,
            "into": str(self.into.public_id) if self.into else "",
            "at": self.at.astimezone(UTC).isoformat() if self.at else "",
        }
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Move:
    """All that is fixed about a move; its name and label are those of its action.

    `target` None keeps the state; `back` returns to the state before the hold or the merge, one of
    these. `pins_content`: the form carries the hash of what the page showed, and is refused where
    something else would be signed. `consequences` are what the page that asks again says will
    happen; `done` is the message afterwards, where the usual one does not say enough.
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
    consequences: tuple[str, ...] = ()
    done: str = ""
    in_bulk: bool = False

    def pairs(self) -> list[tuple[Status, Status]]:
        """Every (from, to) this move can make."""
        if self.back:
            return [(source, target) for source in self.sources for target in sorted(self.back)]
        return [(source, self.target or source) for source in sorted(self.sources)]


_DATA_PROMPTS = {
    "note": UnmetRequirement("note", "Say why, in a sentence.", "note"),
    "assignee": UnmetRequirement("assignee", "Choose who will work on it.", "assignee"),
    "into": UnmetRequirement("into", "Choose the claim that this one is folded into.", "into"),
    "reason": UnmetRequirement("reason", "Choose a reason.", "reason"),
    "category": UnmetRequirement("category", "Choose what kind of correction it is.", "category"),
    "at": UnmetRequirement("at", "Say when it is to be published: a date and a time.", "at"),
}
_CHOICES: dict[str, list[str]] = {
    "reason": DeclineReason.values,
    "category": Category.values,
    "meanwhile": Meanwhile.values,
}


def missing_data(move: Move, data: MoveData) -> list[UnmetRequirement]:
    """The fields this move needs and was not told."""
    gaps = [
        _DATA_PROMPTS[need]
        for need in move.needs
        if need in _DATA_PROMPTS and not _told(data, need)
    ]
    for need, values in _CHOICES.items():
        if need in move.needs and (told := getattr(data, need)) and told not in values:
            gaps.append(UnmetRequirement(need, f"Choose one of: {', '.join(values)}.", need))
    return gaps


def _told(data: MoveData, need: str) -> bool:
    told = getattr(data, need)
    return bool(told.strip() if isinstance(told, str) else told)
