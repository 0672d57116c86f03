"""The whole matrix of permissions as the code answers it, against what people reviewed:
for each role and relation, on one's own desk and on another one.
"""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from claims.choices import Action
from factcheck.newsroom.choices import Role
from factcheck.newsroom.permissions import RULES
from tests.project.matrix import RELATIONS, REVIEWED, allowed, entry_points, to_try
from tests.project.matrix.cells import ENTRY_POINTS


def _printed(**options: str) -> str:
    out = StringIO()
    call_command("permission_matrix", stdout=out, **options)
    return out.getvalue()


def test_the_matrix_is_the_one_that_was_reviewed(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed = [line for line in REVIEWED.read_text(encoding="utf-8").splitlines()[2:] if line]
    found = _printed().splitlines()
    new, gone = (
        [line for line in found if line not in reviewed],
        [line for line in reviewed if line not in found],
    )
    told = "\n".join(
        [
            (
                "The code answers otherwise than reviewed. If that is meant, paste it into"
                " permission_matrix.txt."
            ),
            *new,
            "instead of",
            *gone,
        ]
    )
    assert found == reviewed, told
    with capsys.disabled():
        print(f"\npermission matrix: {found[-1].removeprefix('# ')}")  # noqa: T201 (the count is the point)


def test_it_is_told_to_machines_cell_by_cell(db: None) -> None:
    cells = json.loads(_printed(format="json"))
    assert {cell["action"] for cell in cells} == set(RULES)
    assert {cell["role"] for cell in cells} == set(Role.values)
    one = {
        "desk": "own",
        "action": "claim.approve",
        "object": "claim",
        "state": "in_review",
        "role": "checker",
        "relation": "author",
    }
    assert {**one, "allowed": False} in cells
    assert {**one, "role": "editor", "allowed": True} in cells
    assert {**one, "role": "editor", "desk": "other", "allowed": False} in cells


def test_nobody_may_anything_to_an_object_of_another_desk() -> None:
    """What several desks share has no desk: see “What desks share” in
    docs/architecture.md.
    """
    elsewhere = allowed(elsewhere=True)
    assert {action for action, _, _ in elsewhere} == set(RULES)
    assert not [cell for cell, may in elsewhere.items() if may]


def test_each_rule_has_an_entry_point_to_try() -> None:
    assert [
        action
        for action in RULES
        if action.removeprefix("claim.") not in Action.values and action not in ENTRY_POINTS
    ] == []
    assert {action for action, _, _ in allowed()} == set(RULES)


def test_enough_cells_are_tried_over_http() -> None:
    """On the own desk and from another one, each at every entry point."""
    tried = [
        cell
        for elsewhere in (False, True)
        for relation in RELATIONS
        for cell in to_try(relation, elsewhere=elsewhere)
    ]
    assert len(tried) >= 4_000
    assert all(entry_points(action) for action in RULES)
