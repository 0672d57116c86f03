"""The permission matrix as people reviewed it, and where each rule is tried."""

from tests.project.matrix.cells import (
    ELSEWHERE,
    RELATIONS,
    REVIEWED,
    Tried,
    allowed,
    doors,
    to_try,
)
from tests.project.matrix.door import REFUSED, Door
from tests.project.matrix.stage import Stage, stage_of

__all__ = [
    "ELSEWHERE",
    "REFUSED",
    "RELATIONS",
    "REVIEWED",
    "Door",
    "Stage",
    "Tried",
    "allowed",
    "doors",
    "stage_of",
    "to_try",
]
