"""One move under way, as the effects of all moves know it."""

from dataclasses import dataclass, field
from datetime import datetime

from claims.models import Claim, Evidence, ScheduledPublication, Verdict
from claims.rules.unmet import UnmetRequirement
from claims.workflow.errors import GateError
from claims.workflow.move import MoveData
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person had before their eyes when they decided; empty where a program decides."""

    version: int | None = None
    content_hash: str = ""


@dataclass(slots=True)
class Step:
    """One move under way: the locked claim, its working verdict and evidence, who does it, and
    when.
    """

    claim: Claim
    verdict: Verdict | None
    evidence: list[Evidence]
    by: User
    at: datetime
    data: MoveData
    content_hash: str = field(default="", init=False)
    also: dict[str, list[str]] = field(
        default_factory=dict, init=False
    )  # what else the audit entry tells: [old, new]
    changed: Verdict | None = field(
        default=None, init=False
    )  # saved after the Transition that the database asks for
    planned: ScheduledPublication | None = field(default=None, init=False)  # likewise


def refuse_if(missing: list[UnmetRequirement]) -> None:
    if missing:
        raise GateError(missing)
