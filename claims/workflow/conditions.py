"""What is so about a claim beside its state: what readers have seen, what is planned, and what
still wants a look.
"""

from claims.choices import Status, VerdictState
from claims.models import Claim
from claims.workflow.move import When


def met(claim: Claim) -> frozenset[When]:
    """The conditions of the transition table that this claim fulfils now."""
    verdicts = list(claim.verdicts.all())  # all(): a list page prefetches them
    found = {When.ALWAYS}
    if not any(verdict.published_at for verdict in verdicts):
        found.add(When.UNPUBLISHED)
    if any(verdict.state == VerdictState.PUBLISHED for verdict in verdicts):
        found.add(When.PUBLISHED)
    if any(
        verdict.state == VerdictState.RETRACTED and verdict.retraction_confirmed_at is None
        for verdict in verdicts
    ):
        found.add(When.UNCONFIRMED)
    if any(verdict.night_work_unconfirmed for verdict in verdicts):
        found.add(When.NIGHT_WORK_UNCONFIRMED)
    if claim.status == Status.APPROVED and any(
        schedule.ended_at is None for schedule in claim.schedules.all()
    ):
        found.add(When.SCHEDULED)
    return frozenset(found)
