"""The reviewed list of who may do what, and which of its cells are tried over HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from claims.choices import Action
from factcheck.newsroom.choices import Role
from factcheck.newsroom.permissions import RULES
from tests.project.matrix import doors_of_claims, doors_of_evidence, doors_of_people
from tests.project.matrix.door import Door, api, page

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
# The doors of each rule that is not a move of a claim; those follow by themselves. A
# new rule without doors fails.
DOORS = doors_of_claims.DOORS | doors_of_evidence.DOORS | doors_of_people.DOORS


@dataclass(frozen=True, slots=True)
class Tried:
    """One cell of the matrix at one door."""

    action: str
    role: str
    relation: str
    number: int
    door: Door

    def __str__(self) -> str:
        return f"{self.action} by a {self.role} ({self.relation}), door {self.number}"


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


def doors(action: str) -> tuple[Door, ...]:
    name = action.removeprefix("claim.")
    if action in DOORS or name not in Action.values:
        return DOORS[action]
    body = {"note": "Why not.", "version": "VERSION"}
    return (
        api("post", "claims/{claim.public_id}/transitions/", {"action": name, **body}),
        page("post", f"claims/claim/{{claim.pk}}/move/{name}/", body),
    )


def to_try(relation: str, *, elsewhere: bool = False) -> Iterator[Tried]:
    """Every role at every door, role by role; a rule for which it is all the same how
    one stands to the object only without a relation.

    On the own desk the second door of a rule is tried where the relation changes the
    answer: doors that let in are slow, and the first has shown the rule. Elsewhere all
    are tried.
    """
    cells = allowed()
    for role, action in product(Role.values, RULES):
        if relation != "none" and not _depends_on_relations(action):
            continue
        changed = cells[action, role, relation] != cells[action, role, "none"]
        for number, door in enumerate(doors(action)):
            if elsewhere or relation == "none" or changed or not number:
                yield Tried(action, role, relation, number, door)


def _depends_on_relations(action: str) -> bool:
    cells = allowed()
    return any(
        cells[action, role, relation] != cells[action, role, "none"]
        for role in Role.values
        for relation in RELATIONS
    )
