"""The permission matrix as people reviewed it, and where each rule is tried."""

from tests.project.matrix.cells import (
    ELSEWHERE,
    RELATIONS,
    REVIEWED,
    Tried,
    allowed,
    entry_points,
    to_try,
)
from tests.project.matrix.entry_point import REFUSED, EntryPoint, written
from tests.project.matrix.stage import Stage, stage_of

__all__ = [
    "ELSEWHERE",
    "REFUSED",
    "RELATIONS",
    "REVIEWED",
    "EntryPoint",
    "Stage",
    "Tried",
    "allowed",
    "entry_points",
    "stage_of",
    "to_try",
    "written",
]
