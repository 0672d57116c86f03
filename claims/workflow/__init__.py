"""The actions of a claim. Every entry point calls `apply`; nothing else
writes a status.
"""

from claims.workflow.apply import accept_again, apply, check_possible, take_back
from claims.workflow.errors import ContentChangedError, GateError, StaleError, WorkflowError
from claims.workflow.move import Move, MoveData
from claims.workflow.possible_actions import PossibleActions, legal_moves, possible
from claims.workflow.table import MOVES, TRANSITIONS, primary

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
    "accept_again",
    "apply",
    "check_possible",
    "legal_moves",
    "possible",
    "primary",
    "take_back",
]
