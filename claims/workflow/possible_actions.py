"""The moves a person could make from here, and what still stands in the way of each."""

from functools import cached_property

from django.utils import timezone

from claims.choices import Action
from claims.models import Claim, Evidence, Verdict
from claims.rules import content, gates, requirements
from claims.rules.conflicts_of_interest import missing_interest_waiver
from claims.rules.unmet import UnmetRequirement
from claims.workflow import corrections, night
from claims.workflow.conditions import met
from claims.workflow.table import SIGNING, TRANSITIONS
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


def legal_moves(claim: Claim, user: User) -> list[Action]:
    """The moves this person may make from this state: the buttons of the page."""
    found = [action for action in possible(claim) if may(user, f"claim.{action}", claim)]
    if Action.APPROVE in found and not gates.under_embargo(claim, timezone.now()):
        found.append(Action.APPROVE_AND_PUBLISH)
    return found


def possible(claim: Claim) -> list[Action]:
    """The moves from this state, whoever makes them."""
    conditions = met(claim)
    return [
        action
        for action, move in TRANSITIONS.items()
        if claim.status in move.sources and move.when in conditions
    ]


class PossibleActions:
    """What still stands in the way of a person's moves, for showing beside each button before
    anybody presses it.

    Several moves ask the same; it is read and answered once.
    """

    def __init__(self, claim: Claim, by: User) -> None:
        self.claim, self.by = claim, by

    def missing(self, action: Action) -> list[UnmetRequirement]:
        claim, by = self.claim, self.by
        if action in SIGNING:
            return self._signing
        if action in {Action.APPROVE, Action.APPROVE_AND_PUBLISH}:
            return self._approval
        if action == Action.PUBLISH:
            return requirements.missing_for_publication(claim, *self._draft, at=clock.now())
        if action == Action.SCHEDULE:
            return requirements.missing_for_publication(claim, *self._draft)
        if action == Action.CONFIRM_NIGHT_WORK:
            return night.missing_for_night_confirmation(night.due(claim), by=by)
        if action == Action.CONFIRM_RETRACTION:
            return requirements.missing_for_confirmation(
                corrections.retracted_verdict(claim), by=by
            )
        if action == Action.TAKE:
            return missing_interest_waiver(claim, by)
        return []

    @cached_property
    def _draft(self) -> tuple[Verdict | None, list[Evidence]]:
        return content.working_verdict(self.claim), content.active_evidence(self.claim)

    @cached_property
    def _signing(self) -> list[UnmetRequirement]:
        return requirements.missing_for_author(self.claim, *self._draft, by=self.by)

    @cached_property
    def _approval(self) -> list[UnmetRequirement]:
        return requirements.missing_for_approval(self.claim, *self._draft, by=self.by)
