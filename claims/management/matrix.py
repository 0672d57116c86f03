"""Who may do what to what, and from which state: asked of `may`, of the transition table and of
`check_open`, cell by cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
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
# What a claim asks of a person beside the tie itself before it counts: see `Claim.relations_to` and
# `Thread.relations_to`.
ONLY_AS = {"reader_tip": Role.REPORTER, "asked": Role.REPORTER, "counsel": Role.LEGAL}
# Work on the claim itself, which `check_open` closes with its state; everything else a rule allows
# in any state.
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
    """A state, and what else decides; “~” marks a correction of a published verdict."""

    name: str
    status: Status
    conditions: frozenset[When]


def _situations() -> list[Situation]:
    found = []
    for status in Status:
        when = {Status.PUBLISHED: When.PUBLISHED, Status.RETRACTED: When.UNCONFIRMED}.get(
            status, When.UNPUBLISHED
        )
        found.append(Situation(status.value, status, frozenset({When.ALWAYS, when})))
        if status in WORKING:
            found.append(
                Situation(f"~{status.value}", status, frozenset({When.ALWAYS, When.PUBLISHED}))
            )
    return [
        *found,
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


@dataclass(frozen=True, slots=True)
class Cell:
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
    """A claim as far as rules look at it."""

    desk: Desk
    relations: frozenset[str]
    status: Status = Status.OPEN
    merged_into_id: int | None = None
    desk_id: int = field(init=False)

    def __post_init__(self) -> None:
        self.desk_id = int(self.desk.pk)

    def relations_to(self, user: User) -> frozenset[str]:
        held = {one.role for one in user.memberships.all()}
        return frozenset(
            register_assigned
            for register_assigned in self.relations
            if ONLY_AS.get(register_assigned, register_assigned) in held
            or register_assigned not in ONLY_AS
        )

    def get_status_display(self) -> str:
        return str(self.status.label)


def relations() -> list[str]:
    """Every relation a rule speaks of."""
    return [
        NO_RELATION,
        *sorted({relation for rule in RULES.values() for relation in rule.relations}),
    ]


def cells() -> Iterator[Cell]:
    desk = Desk(pk=-1, name="A desk")
    for action in RULES:
        for situation in [*_situations()] if _has_states(action) else [None]:
            for role in Role:
                person = _person(desk, role)
                for relation in relations():
                    status = situation.status if situation else Status.OPEN
                    allowed = _answer(
                        person,
                        action,
                        _Subject(desk, frozenset({relation} - {NO_RELATION}), status),
                        situation,
                    )
                    yield Cell(
                        action, situation.name if situation else ANY, role.value, relation, allowed
                    )


def _person(desk: Desk, role: Role) -> User:
    """Somebody who is in no database; what the rules ask of them stands beside them."""
    person = User(pk=-1, username=role.value, is_active=True)
    held = [Membership(user=person, desk=desk, role=role)]
    vars(person)["_prefetched_objects_cache"] = {"memberships": held}
    return person


def _move_of(action: str) -> Action | None:
    kind, _, name = action.partition(".")
    return Action(name) if kind == "claim" and name in Action.values else None


def _has_states(action: str) -> bool:
    return action in WORK or _move_of(action) is not None


def _answer(person: User, action: str, subject: _Subject, situation: Situation | None) -> bool:
    move = _move_of(action)
    if situation and move:
        step = MOVES[move]
        possible = situation.status in step.sources and step.when in situation.conditions
        return possible and may(person, action, subject)
    if situation:
        try:
            check_open(cast(Claim, subject), person, action)
        except (PermissionDenied, WorkflowError):
            return False
        return True
    return may(person, action, subject)


def as_text() -> str:
    """One line for each action and the states where the same people may: roles side by side, one
    sign for each relation.
    """
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for cell in cells():
        row = rows.setdefault((cell.action, cell.state), dict.fromkeys(Role.values, ""))
        row[cell.role] += "+" if cell.allowed else "-"
    lines: dict[tuple[str, str], list[str]] = {}
    for (action, state), row in rows.items():
        lines.setdefault((action, "  ".join(mark.ljust(8) for mark in row.values())), []).append(
            state
        )
    legend = [
        (
            f"# Signs, from left to right: {', '.join(relations())}. + may, - may not. ~ a"
            " correction of a published verdict."
        ),
        f"# {'action'.ljust(24)} {'  '.join(role.ljust(8) for role in Role.values)}  states",
    ]
    told = [
        f"{action.ljust(26)} {marks}  {' '.join(states)}"
        for (action, marks), states in lines.items()
        if "+" in marks or states == [ANY]
    ]
    return "\n".join([*legend, *told])
