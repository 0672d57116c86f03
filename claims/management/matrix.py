"""The permission matrix, cell by cell from `may`, the transition table
and `check_open`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import product
from typing import cast

from django.core.exceptions import PermissionDenied

from claims.choices import Action, Status
from claims.models import Claim
from claims.workflow import MOVES, WorkflowError
from claims.workflow.editable import check_open
from claims.workflow.move import When
from claims.workflow.table import WORKING
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import Desk, Membership, User
from factcheck.newsroom.permissions import RULES, may

NO_RELATION = "none"
ANY = "any"
# The role a person needs besides for a relation to count: see `Claim.relations_to` and
# `Query.relations_to`.
ONLY_AS = {"submitter": Role.REPORTER, "asked": Role.REPORTER, "counsel": Role.LEGAL}
# Work on the claim itself, which `check_open` allows in some statuses only; what else a
# rule allows is allowed in any status.
WORK = frozenset(
    {
        "claim.edit",
        "evidence.attach",
        "evidence.edit",
        "verdict.write",
        "gate.waive",
        "reply_request.write",
    }
)


@dataclass(frozen=True, slots=True)
class Situation:
    """A status with the conditions of the table; “~” marks a correction
    of a published verdict.
    """

    name: str
    status: Status
    conditions: frozenset[When]


def _situations() -> list[Situation]:
    situations = []
    for status in Status:
        when = {Status.PUBLISHED: When.PUBLISHED, Status.RETRACTED: When.UNCONFIRMED}.get(
            status, When.UNPUBLISHED
        )
        situations.append(Situation(status.value, status, frozenset({When.ALWAYS, when})))
        if status in WORKING:
            situations.append(
                Situation(f"~{status.value}", status, frozenset({When.ALWAYS, When.PUBLISHED}))
            )
    return [
        *situations,
        Situation("confirmed", Status.RETRACTED, frozenset({When.ALWAYS})),
        Situation(
            "scheduled", Status.APPROVED, frozenset({When.ALWAYS, When.UNPUBLISHED, When.SCHEDULED})
        ),
        Situation(
            "by_night",
            Status.PUBLISHED,
            frozenset({When.ALWAYS, When.PUBLISHED, When.NIGHT_WORK_UNCONFIRMED}),
        ),
    ]


class Where(StrEnum):
    """Whose the object is: of the desk where the person has the role,
    or of another one where they have none. How they stand to it is the
    same: people change desks.
    """

    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cell:
    desk: Where
    action: str
    state: str
    role: str
    relation: str
    allowed: bool

    @property
    def object(self) -> str:
        return self.action.partition(".")[0]


@dataclass
class _Subject:
    """What the rules read of a claim, without a database row."""

    desk: Desk
    relations: frozenset[str]
    status: Status = Status.OPEN
    merged_into_id: int | None = None
    desk_id: int = field(init=False)

    def __post_init__(self) -> None:
        self.desk_id = int(self.desk.pk)

    def relations_to(self, user: User) -> frozenset[str]:
        roles = {membership.role for membership in user.memberships.all()}
        return frozenset(
            relation
            for relation in self.relations
            if ONLY_AS.get(relation, relation) in roles or relation not in ONLY_AS
        )

    def get_status_display(self) -> str:
        return str(self.status.label)


def relations() -> list[str]:
    """Every relation that a rule names."""
    return [
        NO_RELATION,
        *sorted({relation for rule in RULES.values() for relation in rule.relations}),
    ]


def cells() -> Iterator[Cell]:
    # Unsaved rows: the matrix must not depend on what is in a database.
    desks = {Where.OWN: Desk(pk=-1, name="A desk"), Where.OTHER: Desk(pk=-2, name="Another desk")}
    people = {role: _person(desks[Where.OWN], role) for role in Role}
    for where, action in product(Where, RULES):
        for situation in [*_situations()] if _has_states(action) else [None]:
            status = situation.status if situation else Status.OPEN
            for role, relation in product(Role, relations()):
                subject = _Subject(desks[where], frozenset({relation} - {NO_RELATION}), status)
                allowed = _answer(people[role], action, subject, situation)
                state = situation.name if situation else ANY
                yield Cell(where, action, state, role.value, relation, allowed)


def _person(desk: Desk, role: Role) -> User:
    """An unsaved user with one role."""
    person = User(pk=-1, username=role.value, is_active=True)
    # In Django's prefetch cache, so that `user.memberships.all()` in the rules runs no
    # query.
    memberships = [Membership(user=person, desk=desk, role=role)]
    vars(person)["_prefetched_objects_cache"] = {"memberships": memberships}
    return person


@cache  # asked for each of the 126,000 cells
def _move_of(action: str) -> Action | None:
    kind, _, name = action.partition(".")
    return Action(name) if kind == "claim" and name in Action.values else None


def _has_states(action: str) -> bool:
    return action in WORK or _move_of(action) is not None


def _answer(
    person: User,
    action: str,
    subject: _Subject,
    situation: Situation | None,
) -> bool:
    move = _move_of(action)
    if situation and move:
        step = MOVES[move]
        possible = situation.status in step.sources and step.when in situation.conditions
        return possible and may(person, action, subject)
    if situation:
        try:
            # A stand-in has all that check_open reads; mypy knows only the model.
            check_open(cast(Claim, subject), person, action)
        except (PermissionDenied, WorkflowError):
            return False
        return True
    return may(person, action, subject)


def as_text() -> str:
    """A line for each action and the statuses in which the same people
    may do it.

    Roles stand side by side, with one sign for each relation.
    """
    rows: dict[tuple[str, str], dict[str, str]] = {}
    roles = Role.values  # made anew at each reading
    for cell in cells():
        name = cell.action if cell.desk is Where.OWN else f"{cell.desk}:{cell.action}"
        row = rows.setdefault((name, cell.state), dict.fromkeys(roles, ""))
        row[cell.role] += "+" if cell.allowed else "-"
    lines: dict[tuple[str, str], list[str]] = {}
    for (action, state), row in rows.items():
        marks = "  ".join(mark.ljust(8) for mark in row.values())
        lines.setdefault((action, marks), []).append(state)
    for action, marks in lines:
        # One line for what is refused in every state, so that each action has its own.
        if action.startswith(Where.OTHER) and "+" not in marks:
            lines[action, marks] = [ANY]
    legend = [
        (
            f"# Signs, from left to right: {', '.join(relations())}. + may, - may not. ~ a"
            " correction of a published verdict."
        ),
        f"# {Where.OTHER}: the same people where the object is of another desk.",
        f"# {'action'.ljust(30)} {'  '.join(role.ljust(8) for role in Role.values)}  states",
    ]
    matrix_lines = [
        f"{action.ljust(32)} {marks}  {' '.join(states)}"
        for (action, marks), states in lines.items()
        if "+" in marks or states == [ANY]
    ]
    return "\n".join([*legend, *matrix_lines])
