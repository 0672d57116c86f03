"""The state diagram in docs/workflow.md is the one the transition table draws."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from claims.choices import Status
from claims.workflow import TRANSITIONS

PAGE = Path(__file__).parents[2] / "docs" / "workflow.md"
BEGIN, END = "<!-- manage.py workflow_diagram -->", "<!-- end of the diagram -->"


def _drawn() -> str:
    out = StringIO()
    call_command("workflow_diagram", stdout=out)
    return out.getvalue().strip()


def test_the_diagram_of_the_docs_is_not_stale() -> None:
    text = PAGE.read_text(encoding="utf-8")
    kept = text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip()
    assert kept == _drawn(), (
        "docs/workflow.md is stale: put what `manage.py workflow_diagram` prints between its marks."
    )


def test_it_shows_every_state_and_every_move() -> None:
    drawn = _drawn()
    for name in (*Status.values, *(action.value for action in TRANSITIONS)):
        assert name in drawn


def test_drawn_twice_it_is_the_same() -> None:
    assert _drawn() == _drawn()
