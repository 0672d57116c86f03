"""Moves of a claim. Every door calls `apply`; nothing else writes a status."""

from claims.workflow.apply import Outlook, apply, legal_moves, possible
from claims.workflow.errors import GateError, StaleError, UnseenError, WorkflowError
from claims.workflow.table import TRANSITIONS, Move, MoveData

__all__ = [
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
