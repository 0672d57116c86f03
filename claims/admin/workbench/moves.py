"""The buttons of a claim: exactly its legal moves, each with the inputs it needs and what still
stands in its way.
"""

from dataclasses import dataclass

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.refusal import Gap, gap
from claims.choices import Action
from claims.models import Claim
from claims.workflow import MOVES, PossibleActions, legal_moves, possible
from claims.workflow.move import Weight
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import RULES

# Of all moves these are asked about once more, on a page that shows what will happen.
CONFIRMED_ACTIONS = frozenset(action for action, move in MOVES.items() if move.needs_confirmation)
_ORDER = list(MOVES)


@dataclass(frozen=True, slots=True)
class Button:
    action: Action
    form: MoveForm
    gaps: tuple[Gap, ...]
    look: str
    needs_confirmation: bool
    open: bool

    @property
    def place(self) -> str:
        daily = MOVES[self.action].weight == Weight.DAILY
        return "daily" if daily or self.gaps or self.look == "primary" else "seldom"

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
    outlook = PossibleActions(claim, user)
    buttons = tuple(
        _button(outlook, action, refused, content_hash, leading=action == legal[0])
        for action in legal
    )
    return Moves(buttons, tuple(_of_others(action, claim) for action in elsewhere))


def _button(
    outlook: PossibleActions,
    action: Action,
    refused: tuple[Action, MoveForm] | None,
    content_hash: str,
    *,
    leading: bool,
) -> Button:
    kept = refused[1] if refused and refused[0] == action else None
    move = MOVES[action]
    look = "grave" if move.weight == Weight.GRAVE else "primary" if leading else ""
    gaps = tuple(gap(missing, action) for missing in outlook.missing(action))
    return Button(
        action,
        kept
        or MoveForm(action, outlook.claim, content_hash=content_hash if move.pins_content else ""),
        gaps,
        look,
        move.needs_confirmation,
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
