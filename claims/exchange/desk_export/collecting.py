"""The lines of an export, gathered step by step into files of a folder.

A step writes files of its own, and the row that orders the export names
them once the step is over. What a killed worker leaves is named by no
row, so it is in no export.
"""

import os
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from claims.exchange.desk_export.sections import SECTIONS, Section
from factcheck.newsroom.models import Desk

# So many rows are read at once: some have megabytes of text.
AT_ONCE = 50
# The member of the ZIP, and the file in the folder.
Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stopped: in which section, after which key."""

    section: int = 0
    last_key: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What one step gathered. `place` is None after the last one."""

    parts: list[Part]
    place: Place | None
    rows: int


class _Parts:
    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, uuid.uuid4().hex
        self.files: dict[str, IO[str]] = {}

    def add(self, member: str, line: str) -> None:
        if member not in self.files:
            path = self.folder / f"{self.name}-{member}"
            self.files[member] = path.open("w", encoding="utf-8", newline="\n")
        self.files[member].write(f"{line}\n")

    def close(self) -> list[Part]:
        for file in self.files.values():
            file.flush()
            # The row that names them is committed next.
            os.fsync(file.fileno())
            file.close()
        return [(member, f"{self.name}-{member}") for member in self.files]


def expected(desk: Desk, sections: Sequence[Section] = SECTIONS) -> int:
    return sum(section.rows(desk).count() for section in sections)


def collect(
    desk: Desk,
    folder: Path,
    place: Place,
    *,
    over: Callable[[], bool],
    sections: Sequence[Section] = SECTIONS,
) -> Step:
    """Gather from `place` on, until `over` says so or all is gathered."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    parts, number, last = _Parts(folder), 0, place.last_key
    for at in range(place.section, len(sections)):
        section = sections[at]
        rows = section.rows(desk).order_by("pk")
        while page := list(rows.filter(pk__gt=last)[:AT_ONCE]):
            for row in page:
                for member, line in section.lines(row):
                    parts.add(member, line)
            number, last = number + len(page), page[-1].pk
            if over():
                return Step(parts.close(), Place(at, last), number)
        last = 0
    return Step(parts.close(), None, number)
