"""Moves of a claim. Every door calls `apply`; nothing else writes a status."""

from claims.workflow.apply import apply, legal_moves, missing_for, possible
from claims.workflow.errors import GateError, StaleError, UnseenError, WorkflowError
from claims.workflow.table import TRANSITIONS, Move, MoveData

__all__ = [
    "TRANSITIONS", "GateError", "Move", "MoveData", "StaleError", "UnseenError", "WorkflowError", "apply", "legal_moves",
    "missing_for", "possible",
]  # fmt: skip
