"""The only writer of a claim's status: admin, bulk actions, API, tasks and commands all call `apply`."""

from claims.workflow.apply import apply, legal_moves, missing_for
from claims.workflow.errors import GateError, StaleError, WorkflowError
from claims.workflow.table import TRANSITIONS, Move, MoveData

__all__ = [
    "TRANSITIONS", "GateError", "Move", "MoveData", "StaleError", "WorkflowError", "apply", "legal_moves", "missing_for",
]  # fmt: skip
