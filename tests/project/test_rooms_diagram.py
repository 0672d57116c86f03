"""The picture of the rooms in docs/architecture.md is the one the imports draw."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from claims.management.rooms import LAYERS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- manage.py rooms_diagram -->", "<!-- end of the picture -->"
# Django finds these by name; they wire, and hold no work of their own.
NOT_DRAWN = {"apps", "urls", "migrations", "templatetags", "__init__"}


def _drawn() -> str:
    out = StringIO()
    call_command("rooms_diagram", stdout=out)
    return out.getvalue().strip()


def test_the_picture_of_the_docs_is_not_stale() -> None:
    text = PAGE.read_text(encoding="utf-8")
    kept = text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip()
    assert kept == _drawn(), (
        "docs/architecture.md is stale: put what `manage.py rooms_diagram` prints between its"
        " marks."
    )


def test_every_room_has_its_place_in_the_picture() -> None:
    drawn = {room for rooms in LAYERS.values() for room in rooms}
    there = {
        path.stem
        for path in (ROOT / "claims").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert there - NOT_DRAWN <= drawn


def test_no_arrow_points_up() -> None:
    height = {
        room.replace(".", "_"): place
        for place, rooms in enumerate(LAYERS.values())
        for room in rooms
    }
    arrows = [line.strip().split(" --> ") for line in _drawn().splitlines() if " --> " in line]
    assert len(arrows) > 30
    assert all(height[upper] <= height[lower] for upper, lower in arrows)
