"""The buttons of a claim: exactly its legal moves, each with the inputs it needs and what still
stands in its way.
"""

from dataclasses import dataclass

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.refusal import Gap, gap
from claims.choices import Action
from claims.models import Claim
from claims.workflow import Outlook, legal_moves, possible
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import RULES

# Of all moves these are asked about once more, on a page that shows what will happen.
ASKED_AGAIN = frozenset(
    {Action.PUBLISH, Action.APPROVE_AND_PUBLISH, Action.CORRECT, Action.RETRACT, Action.MERGE}
)
_ORDER = (
    Action.CORRECT,
    Action.CONFIRM_RETRACTION,
    Action.LOOK,
    Action.APPROVE_AND_PUBLISH,
    Action.PUBLISH,
    Action.SCHEDULE,
    Action.UNSCHEDULE,
    Action.SUBMIT,
    Action.TAKE,
    Action.RESUME,
    Action.REOPEN,
    Action.UNMERGE,
    Action.APPROVE,
    Action.REQUEST_CHANGES,
    Action.ASSIGN,
    Action.SIGN,
    Action.RECALL,
    Action.REASSIGN,
    Action.RELEASE,
    Action.HOLD,
    Action.MERGE,
    Action.DECLINE,
    Action.DROP_CORRECTION,
    Action.RETRACT,
)
SIGNED = frozenset(
    {
        Action.SUBMIT,
        Action.SIGN,
        Action.APPROVE,
        Action.APPROVE_AND_PUBLISH,
        Action.PUBLISH,
        Action.SCHEDULE,
    }
)
_DAILY = frozenset(_ORDER[: _ORDER.index(Action.SIGN)])
_GRAVE = frozenset({Action.DECLINE, Action.DROP_CORRECTION, Action.RETRACT})


@dataclass(frozen=True, slots=True)
class Button:
    action: Action
    form: MoveForm
    gaps: tuple[Gap, ...]
    look: str
    asked_again: bool
    open: bool

    @property
    def place(self) -> str:
        return "daily" if self.action in _DAILY or self.gaps or self.look == "primary" else "seldom"

    @property
    def label(self) -> str:
        return str(self.action.label)


@dataclass(frozen=True, slots=True)
class Moves:
    buttons: tuple[Button, ...]
    others: tuple[str, ...]

    @property
    def reviewing(self) -> bool:
        return any(button.action == Action.APPROVE for button in self.buttons)


def moves_of(
    claim: Claim, user: User, *, content_hash: str, refused: tuple[Action, MoveForm] | None = None
) -> Moves:
    """`content_hash` is of what the page shows to be signed; `refused` the form of a move that was
    just refused, which stays open with what was typed.
    """
    legal = sorted(legal_moves(claim, user), key=_ORDER.index)
    elsewhere = [action for action in possible(claim) if action not in legal]
    outlook = Outlook(claim, user)
    buttons = tuple(
        _button(outlook, action, refused, content_hash, leading=action == legal[0])
        for action in legal
    )
    return Moves(buttons, tuple(_of_others(action, claim) for action in elsewhere))


def _button(
    outlook: Outlook,
    action: Action,
    refused: tuple[Action, MoveForm] | None,
    content_hash: str,
    *,
    leading: bool,
) -> Button:
    kept = refused[1] if refused and refused[0] == action else None
    look = "grave" if action in _GRAVE else "primary" if leading else ""
    gaps = tuple(gap(missing, action) for missing in outlook.missing(action))
    return Button(
        action,
        kept
        or MoveForm(action, outlook.claim, content_hash=content_hash if action in SIGNED else ""),
        gaps,
        look,
        action in ASKED_AGAIN,
        kept is not None,
    )


def _of_others(action: Action, claim: Claim) -> str:
    """Why a move that others could make is not among the buttons."""
    rule = RULES[f"claim.{action}"]
    related = [f"the {relation}" for relation in sorted(rule.relations - {"night"})]
    if "night" in rule.relations and claim.desk.night_from and claim.desk.night_until:
        hours = f"{claim.desk.night_from:%H:%M} and {claim.desk.night_until:%H:%M}"
        related.append(f"between {hours} ({claim.desk.time_zone}) a checker who is not the author")
    who = [*sorted(f"{role.label}s" for role in rule.roles), *related]
    return f"{action.label}: {' or '.join(who)}"
