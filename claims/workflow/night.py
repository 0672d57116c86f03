"""What two checkers sign while no editor is on duty, and the look an editor takes at it later."""

from django.core.exceptions import PermissionDenied

from claims.models import Claim, Verdict
from claims.rules.unmet import UnmetRequirement
from claims.workflow.step import Step, refuse_if
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import holds

OWN = UnmetRequirement(
    "four_eyes",
    "You signed this verdict by night; an editor who did not sign it takes the look.",
    "signatures",
)


def check(step: Step) -> None:
    """By the clock that this move is written down with: the night may have ended since it was asked
    who may.
    """
    if not _edits(step.by, step) and not step.claim.desk.is_night(step.at):
        raise PermissionDenied(
            f"The night of {step.claim.desk} is over: an editor approves and publishes."
        )


def unedited(step: Step, verdict: Verdict) -> bool:
    """Is there no editor among the two who sign?"""
    return not _edits(step.by, step) and not (verdict.author and _edits(verdict.author, step))


def _edits(person: User, step: Step) -> bool:
    return holds(person, step.claim.desk_id, Role.EDITOR)


def due(claim: Claim) -> Verdict | None:
    """The version that waits for a look: not always the newest."""
    return next(
        (verdict for verdict in claim.verdicts.all() if verdict.night_work_unconfirmed), None
    )


def missing_for_night_confirmation(verdict: Verdict | None, *, by: User) -> list[UnmetRequirement]:
    return [OWN] if verdict is not None and _signed(verdict, by) else []


def look(step: Step) -> None:
    """The content stays as it was signed: the look is about the work, and readers are told nothing
    new.
    """
    verdict = due(step.claim)
    refuse_if(missing_for_night_confirmation(verdict, by=step.by))
    if verdict is not None:
        verdict.night_confirmed_by, verdict.night_confirmed_at = step.by, step.at
        step.changed, step.content_hash = verdict, verdict.content_hash


def seen(step: Step, verdict: Verdict) -> None:
    """An editor who corrects or retracts what was done by night has looked at it."""
    if verdict.night_work_unconfirmed and not _signed(verdict, step.by):
        verdict.night_confirmed_by, verdict.night_confirmed_at = step.by, step.at
        step.changed = verdict


def _signed(verdict: Verdict, by: User) -> bool:
    return by.pk in {verdict.author_id, verdict.approver_id}
