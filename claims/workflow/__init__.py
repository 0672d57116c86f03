"""The actions of a claim. Every entry point calls `apply`; nothing else
writes a status.
"""

from claims.workflow.apply import apply, check_possible
from claims.workflow.errors import ContentChangedError, GateError, StaleError, WorkflowError
from claims.workflow.move import Move, MoveData
from claims.workflow.possible_actions import PossibleActions, legal_moves, possible
from claims.workflow.table import MOVES, TRANSITIONS

__all__ = [
    "MOVES",
    "TRANSITIONS",
    "ContentChangedError",
    "GateError",
    "Move",
    "MoveData",
    "PossibleActions",
    "StaleError",
    "WorkflowError",
    "apply",
    "check_possible",
    "legal_moves",
    "possible",
]
