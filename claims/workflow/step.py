"""One action under way, as all effects share it."""

from dataclasses import dataclass, field
from datetime import datetime

from claims.models import Claim, Evidence, ScheduledPublication, Verdict
from claims.rules.unmet import UnmetRequirement
from claims.workflow.errors import GateError
from claims.workflow.move import MoveData
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class ExpectedVersion:
    """What the person saw when they decided; empty where a program decides."""

    version: int | None = None
    content_hash: str = ""


@dataclass(slots=True)
class Step:
    """One action under way: the locked claim, its working verdict and
    evidence, who takes it, and when.
    """

    claim: Claim
    verdict: Verdict | None
    evidence: list[Evidence]
    by: User
    at: datetime
    data: MoveData
    content_hash: str = field(default="", init=False)
    # Further changes for the audit entry: [old, new] by name.
    also: dict[str, list[str]] = field(default_factory=dict, init=False)
    # Effects set these instead of saving: the database demands the Transition before
    # them.
    changed: Verdict | None = field(default=None, init=False)
    planned: ScheduledPublication | None = field(default=None, init=False)


def refuse_if(missing: list[UnmetRequirement]) -> None:
    """Raise GateError with everything that is missing, if anything is."""
    if missing:
        raise GateError(missing)
