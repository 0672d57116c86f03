"""The buttons of a claim: exactly its legal moves, each with the inputs
it needs and the requirements it does not meet yet.
"""

from dataclasses import dataclass, replace

from claims.admin.workbench.forms import MoveForm
from claims.admin.workbench.other_people import scheduled_for, waiting_for, who_else
from claims.admin.workbench.refusal import RequirementLink, requirement_link
from claims.choices import Action
from claims.models import Claim
from claims.rules.content import Content
from claims.workflow import MOVES, PossibleActions, legal_moves, possible, primary
from claims.workflow.move import Weight
from claims.workflow.possible_actions import Draft
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import people_who

# Moves that are confirmed on a page that shows what will happen; all others happen at
# one press.
CONFIRMED_ACTIONS = frozenset(action for action, move in MOVES.items() if move.needs_confirmation)
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
    def label(self) -> str:
        return str(self.action.label)

    @property
    def in_place(self) -> bool:
        """Its fields are filled in where the button stands."""
        return not self.needs_confirmation and self.form.asks


@dataclass(frozen=True, slots=True)
class Moves:
    """`primary` are shown at once, the other buttons under “More”.
    `other_people` says, a line for each move, who could make those
    that this person cannot; `waiting` whose step is next where it is
    not theirs, or when it happens by itself. `to_call` names the
    editors who could correct what readers have.
    """

    buttons: tuple[Button, ...]
    primary: tuple[Button, ...] = ()
    other_people: tuple[str, ...] = ()
    waiting: str = ""
    to_call: tuple[str, ...] = ()

    @property
    def reviewing(self) -> bool:
        return any(button.action == Action.APPROVE for button in self.buttons)

    @property
    def more(self) -> tuple[Button, ...]:
        return tuple(button for button in self.buttons if button not in self.primary)

    @property
    def more_open(self) -> bool:
        """A refused one is shown with what was typed."""
        return any(button.open for button in self.more)

    @property
    def next(self) -> Button | None:
        """The step that brings the claim on, possible or not yet."""
        steps = (one for one in self.primary if _is_next(one.action))
        return next(steps, None)

    @property
    def next_words(self) -> str:
        """What is missing first, as it stands on a button: without a full stop."""
        return self.next.missing[0].text.rstrip(".") if self.next else ""

    @property
    def complete(self) -> bool:
        """The next step signs or publishes, and lacks nothing. Of a
        claim that nobody works on yet nothing could be missing.
        """
        return bool(self.next and not self.next.missing and MOVES[self.next.action].pins_content)

    @property
    def leading(self) -> Button | None:
        return next((one for one in self.primary if one.style == "primary"), None)

    @property
    def beside(self) -> tuple[Button, ...]:
        """Without the one that the bar holds, which happens at one press."""
        held = self.leading if self.leading and not self.leading.in_place else None
        return tuple(one for one in self.primary if one is not held)


def _is_next(action: Action) -> bool:
    return MOVES[action].weight == Weight.NEXT


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
    buttons = [_button(outlook, action, refused, content_hash) for action in legal]
    scheduled = scheduled_for(claim)
    # Waiting is the next step then; to publish at once is a change of plan.
    shown = [one for one in primary(legal) if not (scheduled and one == Action.PUBLISH)]
    open_steps = [one for one in buttons if one.action in shown and not one.missing]
    # The loud one, if any, brings the claim on; nobody is to be led to “Reassign”.
    leading = next((one.action for one in open_steps if _is_next(one.action)), None)
    styled = [replace(one, style="primary") if one.action == leading else one for one in buttons]
    others = sorted(elsewhere, key=_ORDER.index)
    steps = [action for action in others if _is_next(action)]
    mine = any(_is_next(action) for action in legal)
    return Moves(
        tuple(styled),
        tuple(one for one in styled if one.action in shown),
        who_else(others, claim, user),
        scheduled or ("" if mine or not steps else waiting_for(steps[0], claim)),
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
        style="grave" if move.weight == Weight.GRAVE else "",
        needs_confirmation=move.needs_confirmation,
        open=refused_form is not None,
    )
