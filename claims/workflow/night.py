"""Night publishing: what two checkers sign while no editor is on duty,
and its confirmation by an editor later.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from claims.models import Claim, Verdict
from claims.rules.unmet import UnmetRequirement
from claims.workflow.step import Step, refuse_if
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import holds


def check(step: Step) -> None:
    """Raise PermissionDenied unless an editor acts or the desk's night still lasts."""
    # By the time that is stored with the transition: the night may have ended since
    # `may` was called.
    if not _is_editor(step.by, step) and not step.claim.desk.is_night(step.at):
        raise PermissionDenied(
            _("The night of %(desk)s is over. Ask an editor to approve and publish.")
            % {"desk": step.claim.desk}
        )


def signed_without_editor(step: Step, verdict: Verdict) -> bool:
    """Whether neither of the two signers is an editor."""
    return not _is_editor(step.by, step) and not (
        verdict.author and _is_editor(verdict.author, step)
    )


def _is_editor(person: User, step: Step) -> bool:
    return holds(person, step.claim.desk_id, Role.EDITOR)


def due(claim: Claim) -> Verdict | None:
    """The version whose night work is unconfirmed: not always the newest."""
    # all(), not filter(): list pages prefetch the verdicts.
    return next(
        (verdict for verdict in claim.verdicts.all() if verdict.night_work_unconfirmed), None
    )


def missing_for_night_confirmation(
    verdict: Verdict | None,
    *,
    by: User,
) -> list[UnmetRequirement]:
    """Unmet where this person signed the verdict themselves."""
    if verdict is None or not _signed(verdict, by):
        return []
    message = _(
        "You signed this verdict. An editor who did not sign it must confirm the night work."
    )
    return [UnmetRequirement("second_person", message, "signatures")]


def confirm(step: Step) -> None:
    """Confirm the work. The content stays as it was signed, and readers
    see no change.
    """
    verdict = due(step.claim)
    refuse_if(missing_for_night_confirmation(verdict, by=step.by))
    if verdict is not None:
        verdict.night_confirmed_by, verdict.night_confirmed_at = step.by, step.at
        step.changed, step.content_hash = verdict, verdict.content_hash


def confirm_by_change(step: Step, verdict: Verdict) -> None:
    """An editor who corrects or retracts a verdict has reviewed it, so
    no confirmation is due.
    """
    if verdict.night_work_unconfirmed and not _signed(verdict, step.by):
        verdict.night_confirmed_by, verdict.night_confirmed_at = step.by, step.at
        step.changed = verdict


def _signed(verdict: Verdict, by: User) -> bool:
    # Somebody may have become an editor since they signed as a checker.
    return by.pk in {verdict.author_id, verdict.approver_id}
