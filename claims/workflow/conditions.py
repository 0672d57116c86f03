"""What is so about a claim beside its state: whether readers have seen a verdict, and whether a retraction is confirmed."""

from claims.choices import VerdictState
from claims.models import Claim
from claims.workflow.table import When


def met(claim: Claim) -> frozenset[When]:
    """The conditions of the transition table that this claim fulfils now."""
    verdicts = list(claim.verdicts.all())  # all(): a list page prefetches them
    found = {When.ALWAYS}
    if not any(verdict.published_at for verdict in verdicts):
        found.add(When.UNPUBLISHED)
    if any(verdict.state == VerdictState.PUBLISHED for verdict in verdicts):
        found.add(When.PUBLISHED)
    if any(verdict.state == VerdictState.RETRACTED and verdict.retraction_confirmed_at is None for verdict in verdicts):
        found.add(When.UNCONFIRMED)
    return frozenset(found)
