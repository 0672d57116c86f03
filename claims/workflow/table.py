"""The transition table: every legal move of a claim stands here, and nowhere else."""

from dataclasses import dataclass
from typing import Any

from claims.choices import Action, DeclineReason, Status
from claims.publishing import Missing
from factcheck.newsroom.models import User

OPEN, IN_PROGRESS, IN_REVIEW, APPROVED = Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED
BEFORE_PUBLICATION = frozenset({OPEN, IN_PROGRESS, IN_REVIEW, APPROVED})


@dataclass(frozen=True, slots=True)
class MoveData:
    """What a move is told. Each move names the fields it needs; the others stay empty."""

    note: str = ""
    reason: str = ""
    assignee: User | None = None

    def to_json(self) -> dict[str, Any]:
        told = {"note": self.note, "reason": self.reason, "assignee": self.assignee.get_username() if self.assignee else ""}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Move:
    """`target` None keeps the state; `back` returns to the state before the hold."""

    action: Action
    sources: frozenset[Status]
    target: Status | None
    needs: tuple[str, ...] = ()
    back: bool = False

    def pairs(self) -> list[tuple[Status, Status]]:
        """Every (from, to) this move can make."""
        if self.back:
            return [(source, target) for source in self.sources for target in sorted(BEFORE_PUBLICATION)]
        return [(source, self.target or source) for source in sorted(self.sources)]


def _move(action: Action, sources: set[Status] | frozenset[Status], target: Status | None, *needs: str, back: bool = False) -> Move:
    return Move(action, frozenset(sources), target, needs, back)


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
    _move(Action.RECALL, {IN_REVIEW, APPROVED}, IN_PROGRESS, "note"),
    _move(Action.DECLINE, BEFORE_PUBLICATION | {Status.ON_HOLD}, Status.DECLINED, "reason"),
    _move(Action.REOPEN, {Status.DECLINED}, OPEN),
    _move(Action.HOLD, BEFORE_PUBLICATION, Status.ON_HOLD, "note"),
    _move(Action.RESUME, {Status.ON_HOLD}, None, back=True),
    _move(Action.RETRACT, {Status.PUBLISHED}, Status.RETRACTED, "note"),
)
TRANSITIONS: dict[Action, Move] = {move.action: move for move in _MOVES}

_ASKED = {
    "note": Missing("note", "Say why, in a sentence.", "note"),
    "assignee": Missing("assignee", "Choose who will work on it.", "assignee"),
    "reason": Missing("reason", "Choose a reason.", "reason"),
}


def unanswered(move: Move, data: MoveData) -> list[Missing]:
    """The fields this move needs and was not told."""
    gaps = [_ASKED[need] for need in move.needs if not (getattr(data, need).strip() if need != "assignee" else data.assignee)]
    if "reason" in move.needs and data.reason and data.reason not in DeclineReason.values:
        gaps.append(Missing("reason", f"Choose one of: {', '.join(DeclineReason.values)}.", "reason"))
    return gaps
