"""The transition table: every legal move of a claim stands here, and nowhere else."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from claims.choices import Action, Category, DeclineReason, Meanwhile, Status
from claims.models import Claim
from claims.rules.unmet import Missing
from factcheck.newsroom.models import User

OPEN, IN_PROGRESS, IN_REVIEW, APPROVED = (
    Status.OPEN,
    Status.IN_PROGRESS,
    Status.IN_REVIEW,
    Status.APPROVED,
)
WORKING = frozenset({OPEN, IN_PROGRESS, IN_REVIEW, APPROVED})
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
    LOOK_DUE = "while an editor's look at the night's work is due"


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
    """`target` None keeps the state; `back` returns to the state before the hold or the merge, one
    of these.
    """

    action: Action
    sources: frozenset[Status]
    target: Status | None
    needs: tuple[str, ...] = ()
    back: frozenset[Status] = frozenset()
    when: When = When.ALWAYS

    def pairs(self) -> list[tuple[Status, Status]]:
        """Every (from, to) this move can make."""
        if self.back:
            return [(source, target) for source in self.sources for target in sorted(self.back)]
        return [(source, self.target or source) for source in sorted(self.sources)]


def _move(
    action: Action,
    sources: set[Status] | frozenset[Status],
    target: Status | None,
    *needs: str,
    back: frozenset[Status] = frozenset(),
    when: When = When.ALWAYS,
) -> Move:
    return Move(action, frozenset(sources), target, needs, back, when)


_MOVES = (
    _move(Action.ASSIGN, {OPEN}, IN_PROGRESS, "assignee"),
    _move(Action.TAKE, {OPEN}, IN_PROGRESS),
    _move(Action.REASSIGN, {IN_PROGRESS, IN_REVIEW}, None, "assignee", "note"),
    _move(Action.RELEASE, {IN_PROGRESS, IN_REVIEW}, OPEN, "note"),
    _move(Action.SUBMIT, {IN_PROGRESS}, IN_REVIEW),
    _move(Action.SIGN, {IN_REVIEW}, None),
    _move(Action.REQUEST_CHANGES, {IN_REVIEW}, IN_PROGRESS, "note"),
    _move(Action.APPROVE, {IN_REVIEW}, APPROVED),
    _move(Action.PUBLISH, {APPROVED}, Status.PUBLISHED),
    _move(Action.SCHEDULE, {APPROVED}, None, "at"),
    _move(Action.UNSCHEDULE, {APPROVED}, None, when=When.SCHEDULED),
    _move(Action.LOOK, {APPROVED, Status.PUBLISHED}, None, when=When.LOOK_DUE),
    _move(Action.RECALL, {IN_REVIEW, APPROVED}, IN_PROGRESS, "note"),
    _move(
        Action.DECLINE, WORKING | {Status.ON_HOLD}, Status.DECLINED, "reason", when=When.UNPUBLISHED
    ),
    _move(Action.REOPEN, {Status.DECLINED}, OPEN),
    _move(Action.HOLD, WORKING, Status.ON_HOLD, "note", when=When.UNPUBLISHED),
    _move(Action.RESUME, {Status.ON_HOLD}, None, back=WORKING),
    _move(Action.CORRECT, {Status.PUBLISHED}, IN_PROGRESS, "category", "note", "meanwhile"),
    _move(Action.DROP_CORRECTION, WORKING, Status.PUBLISHED, "note", when=When.PUBLISHED),
    _move(
        Action.RETRACT, WORKING | {Status.PUBLISHED}, Status.RETRACTED, "note", when=When.PUBLISHED
    ),
    _move(Action.CONFIRM_RETRACTION, {Status.RETRACTED}, None, when=When.UNCONFIRMED),
    _move(Action.MERGE, WORKING | {Status.ON_HOLD}, Status.MERGED, "into", when=When.UNPUBLISHED),
    _move(Action.UNMERGE, {Status.MERGED}, None, back=WORKING | {Status.ON_HOLD}),
)
SIGNING = frozenset({Action.SUBMIT, Action.SIGN})
TRANSITIONS: dict[Action, Move] = {move.action: move for move in _MOVES}

_ASKED = {
    "note": Missing("note", "Say why, in a sentence.", "note"),
    "assignee": Missing("assignee", "Choose who will work on it.", "assignee"),
    "into": Missing("into", "Choose the claim that this one is folded into.", "into"),
    "reason": Missing("reason", "Choose a reason.", "reason"),
    "category": Missing("category", "Choose what kind of correction it is.", "category"),
    "at": Missing("at", "Say when it is to be published: a date and a time.", "at"),
}
_CHOICES: dict[str, list[str]] = {
    "reason": DeclineReason.values,
    "category": Category.values,
    "meanwhile": Meanwhile.values,
}


def unanswered(move: Move, data: MoveData) -> list[Missing]:
    """The fields this move needs and was not told."""
    gaps = [_ASKED[need] for need in move.needs if need in _ASKED and not _told(data, need)]
    for need, values in _CHOICES.items():
        if need in move.needs and (told := getattr(data, need)) and told not in values:
            gaps.append(Missing(need, f"Choose one of: {', '.join(values)}.", need))
    return gaps


def _told(data: MoveData, need: str) -> bool:
    told = getattr(data, need)
    return bool(told.strip() if isinstance(told, str) else told)
