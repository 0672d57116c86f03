"""The actions a person could take now, and the unmet requirements of each."""

from functools import cached_property

from django.utils import timezone

from claims.choices import Action
from claims.models import Claim, Evidence, Verdict
from claims.rules import content, gates, requirements
from claims.rules.conflicts_of_interest import missing_interest_waiver
from claims.rules.unmet import UnmetRequirement
from claims.workflow import corrections, night
from claims.workflow.conditions import met_conditions
from claims.workflow.table import SIGNING, TRANSITIONS
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

# The working verdict, and the active evidence in the order readers see.
Draft = tuple[Verdict | None, list[Evidence]]


def legal_moves(claim: Claim, user: User) -> list[Action]:
    """The actions this person may take in this status: the buttons of the page."""
    actions = [action for action in possible(claim) if may(user, f"claim.{action}", claim)]
    # Approving alone is possible under an embargo; publishing with it is not.
    if Action.APPROVE in actions and not gates.under_embargo(claim, timezone.now()):
        actions.append(Action.APPROVE_AND_PUBLISH)
    return actions


def possible(claim: Claim) -> list[Action]:
    """The actions in this status, whoever takes them."""
    conditions = met_conditions(claim)
    return [
        action
        for action, move in TRANSITIONS.items()
        if claim.status in move.sources and move.when in conditions
    ]


class PossibleActions:
    """The unmet requirements of a person's actions, shown beside each
    button before anybody presses it.

    An instance serves one request: it caches what several actions have
    in common. Pass `draft` where the working verdict and the active
    evidence were read already, and what they would sign where it was built.
    """

    def __init__(
        self,
        claim: Claim,
        by: User,
        draft: Draft | None = None,
        to_sign: content.Content | None = None,
    ) -> None:
        self.claim, self.by, self._read, self._to_sign = claim, by, draft, to_sign

    def missing(self, action: Action) -> list[UnmetRequirement]:
        """What this person must fix before this action; empty where
        nothing is known to be unmet.

        `apply` checks again under its locks: this is a preview.
        """
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
    def _draft(self) -> Draft:
        return self._read or (
            content.working_verdict(self.claim),
            content.active_evidence(self.claim),
        )

    @cached_property
    def _anybody(self) -> list[UnmetRequirement]:
        return requirements.missing_for_signature(self.claim, *self._draft, by=self.by)

    @cached_property
    def _signing(self) -> list[UnmetRequirement]:
        return requirements.missing_for_author(
            self.claim, *self._draft, by=self.by, anybody=self._anybody
        )

    @cached_property
    def _approval(self) -> list[UnmetRequirement]:
        return requirements.missing_for_approval(
            self.claim, *self._draft, by=self.by, anybody=self._anybody, content=self._to_sign
        )
