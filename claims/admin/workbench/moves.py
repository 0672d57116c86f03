"""The buttons of a claim: exactly its legal moves, each with the inputs
it needs and the requirements it does not meet yet.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.refusal import RequirementLink, requirement_link
from claims.choices import Action
from claims.models import Claim
from claims.rules.content import Content
from claims.workflow import MOVES, PossibleActions, legal_moves, possible
from claims.workflow.move import Weight
from claims.workflow.possible_actions import Draft
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import RULES, people_who

# Moves that are confirmed on a page that shows what will happen; all others happen at
# one press.
CONFIRMED_ACTIONS = frozenset(action for action, move in MOVES.items() if move.needs_confirmation)
# The table lists the moves in the order of a claim's life, so the first legal one
# leads.
_ORDER = list(MOVES)


@dataclass(frozen=True, slots=True)
class Button:
    action: Action
    form: MoveForm
    missing: tuple[RequirementLink, ...]
    style: str
    needs_confirmation: bool
    open: bool

    @property
    def group(self) -> str:
        """A full row for daily moves and those with something to read;
        half a row for others.
        """
        daily = MOVES[self.action].weight == Weight.DAILY
        return "daily" if daily or self.missing or self.style == "primary" else "secondary"

    @property
    def label(self) -> str:
        return str(self.action.label)


@dataclass(frozen=True, slots=True)
class Moves:
    """`other_people` says, a line for each move, who could make those
    that this person cannot. `to_call` names the editors who could
    correct what readers have.
    """

    buttons: tuple[Button, ...]
    other_people: tuple[str, ...]
    to_call: tuple[str, ...] = ()

    @property
    def reviewing(self) -> bool:
        return any(button.action == Action.APPROVE for button in self.buttons)


def moves_of(
    claim: Claim,
    user: User,
    draft: Draft,
    *,
    to_sign: Content | None,
    refused: tuple[Action, MoveForm] | None = None,
) -> Moves:
    """`to_sign` is what the page shows to be signed; `refused`
    the form of a move that was just refused, which stays open with what
    was typed.
    """
    legal = sorted(legal_moves(claim, user), key=_ORDER.index)
    elsewhere = [action for action in possible(claim) if action not in legal]
    # One for all buttons, so that what they need is read once.
    outlook = PossibleActions(claim, user, draft, to_sign)
    content_hash = to_sign.hash if to_sign else ""
    buttons = tuple(
        _button(outlook, action, refused, content_hash, leading=action == legal[0])
        for action in legal
    )
    return Moves(
        buttons,
        tuple(_who_else(action, claim) for action in elsewhere),
        _editors(claim) if Action.CORRECT in elsewhere else (),
    )


def _editors(claim: Claim) -> tuple[str, ...]:
    """At night a checker may be alone with a wrong verdict: roles do
    not answer the telephone, people do.
    """
    return tuple(str(editor) for editor in people_who("claim.correct", claim.desk_id))


def _button(
    outlook: PossibleActions,
    action: Action,
    refused: tuple[Action, MoveForm] | None,
    content_hash: str,
    *,
    leading: bool,
) -> Button:
    refused_form = refused[1] if refused and refused[0] == action else None
    move = MOVES[action]
    # Only moves that sign name the content; others are bound to the version of the
    # claim alone.
    form = refused_form or MoveForm(
        action, outlook.claim, content_hash=content_hash if move.pins_content else ""
    )
    return Button(
        action,
        form,
        missing=tuple(
            requirement_link(requirement, action) for requirement in outlook.missing(action)
        ),
        style="grave" if move.weight == Weight.GRAVE else "primary" if leading else "",
        needs_confirmation=move.needs_confirmation,
        open=refused_form is not None,
    )


def _who_else(action: Action, claim: Claim) -> str:
    """Who could make a move that is not among this person's buttons."""
    rule = RULES[f"claim.{action}"]
    people = [*sorted(f"{role.label}s" for role in rule.roles)]
    people += [f"the {relation}" for relation in sorted(rule.relations - {"night"})]
    # “night” is a relation by the clock, and only on desks that publish by night.
    if "night" in rule.relations and claim.desk.night_from and claim.desk.night_until:
        people.append(
            _("between %(start)s and %(end)s (%(zone)s) a checker who is not the author")
            % {
                "start": f"{claim.desk.night_from:%H:%M}",
                "end": f"{claim.desk.night_until:%H:%M}",
                "zone": claim.desk.time_zone,
            }
        )
    return f"{action.label}: {_(' or ').join(people)}"
