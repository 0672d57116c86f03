"""The reviewed list of who may do what, and which of its cells are tried over HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from claims.choices import Action
from factcheck.newsroom.choices import PEOPLE_ROLES, Role
from factcheck.newsroom.permissions import RULES
from tests.project.matrix import (
    entry_points_of_claims,
    entry_points_of_evidence,
    entry_points_of_people,
)
from tests.project.matrix.entry_point import EntryPoint, api, page

REVIEWED = Path(__file__).parents[1] / "permission_matrix.txt"
# How the list marks the object of another desk.
ELSEWHERE = "other:"
RELATIONS = (
    "none",
    "asked",
    "assignee",
    "author",
    "counsel",
    "granted",
    "night",
    "opener",
    "submitter",
    "writer",
)
# The entry points of each rule that is not a move of a claim; those follow by
# themselves. A new rule without entry points fails.
ENTRY_POINTS = (
    entry_points_of_claims.ENTRY_POINTS
    | entry_points_of_evidence.ENTRY_POINTS
    | entry_points_of_people.ENTRY_POINTS
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One cell of the matrix at one entry point."""

    action: str
    role: str
    relation: str
    number: int
    entry_point: EntryPoint

    def __str__(self) -> str:
        return f"{self.action} by a {self.role} ({self.relation}), entry point {self.number}"


@cache
def allowed(*, elsewhere: bool = False) -> dict[tuple[str, str, str], bool]:
    """(action, role, relation) → may they in any state at all, as reviewed."""
    found: dict[tuple[str, str, str], bool] = {}
    for line in REVIEWED.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#") or line.startswith(ELSEWHERE) != elsewhere:
            continue
        action, *marks = line.removeprefix(ELSEWHERE).split()[: 1 + len(Role)]
        for role, signs in zip(Role.values, marks, strict=True):
            for relation, sign in zip(RELATIONS, signs, strict=True):
                cell = action, role, relation
                found[cell] = found.get(cell, False) or sign == "+"
    return found


def entry_points(action: str) -> tuple[EntryPoint, ...]:
    name = action.removeprefix("claim.")
    if action in ENTRY_POINTS or name not in Action.values:
        return ENTRY_POINTS[action]
    body = {"note": "Why not.", "version": "VERSION"}
    return (
        api("post", "claims/{claim.public_id}/transitions/", {"action": name, **body}),
        page("post", f"claims/claim/{{claim.pk}}/move/{name}/", body),
    )


def to_try(relation: str, *, elsewhere: bool = False) -> Iterator[Tried]:
    """Every role at every entry point, role by role; a rule for which it is all the
    same how one stands to the object only without a relation.

    On the own desk the second entry point of a rule is tried where the relation changes
    the answer: those that let in are slow, and the first has shown the rule. Elsewhere
    all are tried.
    """
    cells = allowed()
    for role, action in product(map(str, PEOPLE_ROLES), RULES):
        if relation != "none" and not _depends_on_relations(action):
            continue
        changed = cells[action, role, relation] != cells[action, role, "none"]
        for number, entry_point in enumerate(entry_points(action)):
            if elsewhere or relation == "none" or changed or not number:
                yield Tried(action, role, relation, number, entry_point)


def _depends_on_relations(action: str) -> bool:
    cells = allowed()
    return any(
        cells[action, role, relation] != cells[action, role, "none"]
        for role in Role.values
        for relation in RELATIONS
    )
