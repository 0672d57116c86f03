"""Conditions of a claim beside its status: what readers have seen, what
is scheduled, and what waits for an editor.
"""

from claims.choices import Action, Status, VerdictState
from claims.models import Claim
from claims.workflow.move import When

# Work on a claim, by its reverse relations.
_WORK = (
    "evidence",
    "verdicts",
    "queries",
    "reply_requests",
    "waivers",
    "repetitions",
    "translations",
    "duplicates",
    "repeated_in",
)


def is_untouched(claim: Claim) -> bool:
    """Is the claim as it was accepted: open, not edited, and nothing
    hangs on it?
    """
    moved = claim.transitions.exclude(action__in=(Action.DECLINE, Action.REOPEN)).exists()
    # Each move counts as a version, and so does an edit.
    unedited = claim.version == claim.moves + 1
    return (
        claim.status == Status.OPEN
        and unedited
        and not moved
        and not any(getattr(claim, name).exists() for name in _WORK)
    )


def met_conditions(claim: Claim) -> frozenset[When]:
    """The conditions of the transition table that this claim fulfils now."""
    # all() and tests in Python, not filter(): list pages prefetch the verdicts and
    # schedules.
    verdicts = list(claim.verdicts.all())
    conditions = {When.ALWAYS}
    if not any(verdict.published_at for verdict in verdicts):
        conditions.add(When.UNPUBLISHED)
    if any(verdict.state == VerdictState.PUBLISHED for verdict in verdicts):
        conditions.add(When.PUBLISHED)
    if any(
        verdict.state == VerdictState.RETRACTED and verdict.retraction_confirmed_at is None
        for verdict in verdicts
    ):
        conditions.add(When.UNCONFIRMED)
    if any(verdict.night_work_unconfirmed for verdict in verdicts):
        conditions.add(When.NIGHT_WORK_UNCONFIRMED)
    if claim.status == Status.APPROVED and any(
        schedule.ended_at is None for schedule in claim.schedules.all()
    ):
        conditions.add(When.SCHEDULED)
    return frozenset(conditions)
