"""Moves of a claim. Every door calls `apply`; nothing else writes a status."""

from claims.workflow.apply import apply
from claims.workflow.errors import GateError, StaleError, UnseenError, WorkflowError
from claims.workflow.move import Move, MoveData
from claims.workflow.possible_actions import Outlook, legal_moves, possible
from claims.workflow.table import MOVES, TRANSITIONS

__all__ = [
    "MOVES",
    "TRANSITIONS",
    "GateError",
    "Move",
    "MoveData",
    "Outlook",
    "StaleError",
    "UnseenError",
    "WorkflowError",
    "apply",
    "legal_moves",
    "possible",
]
