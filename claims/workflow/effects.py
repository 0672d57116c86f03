"""What each action does to the claim and its verdict, beside the change of status."""

from collections.abc import Callable
from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext as _

from claims.choices import Action, Status, SuggestionState, VerdictState
from claims.models import Claim, Methodology, Verdict
from claims.rules import gates, independence, requirements
from claims.rules.conflicts_of_interest import missing_interest_waiver
from claims.rules.content import build_content
from claims.rules.unmet import UnmetRequirement
from claims.workflow import corrections, merging, night, schedule
from claims.workflow.errors import GateError, WorkflowError
from claims.workflow.step import Step, refuse_if
from factcheck.newsroom.permissions import assignable
from sources.models import Link

SLUG_LENGTH = 72


def _assign(step: Step) -> None:
    assignee = step.data.assignee
    if (
        assignee is None
        or not assignable("claim.take", step.claim.desk_id).filter(pk=assignee.pk).exists()
    ):
        message = _("%(person)s is not an active checker or editor of %(desk)s.") % {
            "person": assignee,
            "desk": step.claim.desk,
        }
        raise GateError([UnmetRequirement("assignee", message, "assignee")])
    refuse_if(missing_interest_waiver(step.claim, assignee))
    step.claim.assignee = assignee
    if step.data.due_at:
        _set_deadline(step, step.data.due_at)


def _set_deadline(step: Step, due_at: datetime) -> None:
    before = step.claim.due_at
    step.also["due_at"] = [before.isoformat() if before else "", due_at.isoformat()]
    step.claim.due_at = due_at


def _take(step: Step) -> None:
    refuse_if(missing_interest_waiver(step.claim, step.by))
    step.claim.assignee = step.by


def _release(step: Step) -> None:
    step.claim.assignee = None
    _unsign(step)


def _sign_as_author(step: Step) -> None:
    refuse_if(requirements.missing_for_author(step.claim, step.verdict, step.evidence, by=step.by))
    verdict = _required(step.verdict)
    # Before the content is built: the version in force is part of what is signed.
    verdict.methodology = Methodology.objects.in_force(step.at).first()
    content = build_content(step.claim, verdict, step.evidence)
    verdict.content, verdict.content_hash = content.text, content.hash
    verdict.author, verdict.author_hash, verdict.author_signed_at = step.by, content.hash, step.at
    # An approval covered the earlier content.
    verdict.approver, verdict.approver_hash, verdict.approver_signed_at = None, "", None
    step.changed, step.content_hash = verdict, content.hash


def _approve(step: Step) -> None:
    night.check(step)
    refuse_if(
        requirements.missing_for_approval(step.claim, step.verdict, step.evidence, by=step.by)
    )
    verdict = _required(step.verdict)
    content = build_content(step.claim, verdict, step.evidence)
    verdict.content, verdict.content_hash = content.text, content.hash
    verdict.approver, verdict.approver_hash, verdict.approver_signed_at = (
        step.by,
        content.hash,
        step.at,
    )
    # What the desk asked for and what counted at this moment: the setting and the
    # owners of publishers may change, and the approval must stay explicable.
    verdict.sources_needed = step.claim.sources_needed
    verdict.independent_sources = independence.independent(step.evidence)
    verdict.evidence_waiver = gates.evidence_waiver(
        step.claim, verdict, verdict.independent_sources
    )
    verdict.state = VerdictState.APPROVED
    verdict.by_night = night.signed_without_editor(step, verdict)
    step.changed, step.content_hash = verdict, content.hash


def _publish(step: Step) -> None:
    night.check(step)
    refuse_if(
        requirements.missing_for_publication(step.claim, step.verdict, step.evidence, at=step.at)
    )
    verdict = _required(step.verdict)
    # First, as a unique constraint allows a claim one published verdict.
    corrections.supersede(step)
    verdict.state, verdict.published_at, verdict.published_by = (
        VerdictState.PUBLISHED,
        step.at,
        step.by,
    )
    verdict.first_published_at = (
        verdict.corrects.first_published_at if verdict.corrects else step.at
    )
    # Once: a corrected claim keeps its public address.
    if not step.claim.slug:
        step.claim.slug = (
            slugify(step.claim.for_readers, allow_unicode=True)[:SLUG_LENGTH].rstrip("-_")
            or "verdict"
        )
    # Link checks are spaced by the time since publication. `apply` has locked these
    # links already, before the audit head.
    Link.objects.filter(
        pk__in=[item.link_id for item in step.evidence], published_since=None
    ).update(published_since=step.at)
    step.changed, step.content_hash = verdict, verdict.content_hash


def _unsign(step: Step) -> None:
    verdict = step.verdict
    if verdict is None:
        return
    verdict.state, verdict.content, verdict.content_hash = VerdictState.WORKING, "", ""
    verdict.methodology, verdict.author_hash, verdict.author_signed_at = None, "", None
    verdict.approver, verdict.approver_hash, verdict.approver_signed_at = None, "", None
    verdict.by_night, verdict.night_confirmed_by, verdict.night_confirmed_at = False, None, None
    step.changed = verdict


def _decline(step: Step) -> None:
    _unsign(step)
    step.claim.held_from = ""


def _reopen(step: Step) -> None:
    suggestion = step.claim.suggestion
    # Or a claim would be in work whose suggestion waits for a decision.
    if suggestion and suggestion.state != SuggestionState.ACCEPTED:
        raise WorkflowError(
            _("Its suggestion waits for a decision again. Accept it in its article instead.")
        )
    step.claim.assignee = None


def _hold(step: Step) -> None:
    step.claim.held_from = step.claim.status


def _resume(step: Step) -> None:
    step.claim.held_from = ""


def _required(verdict: Verdict | None) -> Verdict:
    # The gates have refused a missing verdict before; this is for the type checker and
    # for safety.
    if verdict is None:
        raise GateError([UnmetRequirement("verdict", _("Write the verdict."), "verdict")])
    return verdict


# An action without a row here changes the status, if anything, and leaves a Transition.
EFFECTS: dict[Action, Callable[[Step], None]] = {
    Action.ASSIGN: _assign,
    Action.TAKE: _take,
    Action.REASSIGN: _assign,
    Action.RELEASE: _release,
    Action.SUBMIT: _sign_as_author,
    Action.SIGN: _sign_as_author,
    Action.REQUEST_CHANGES: _unsign,
    Action.APPROVE: _approve,
    Action.PUBLISH: _publish,
    Action.SCHEDULE: schedule.schedule,
    Action.CONFIRM_NIGHT_WORK: night.confirm,
    Action.RECALL: _unsign,
    Action.DECLINE: _decline,
    Action.REOPEN: _reopen,
    Action.HOLD: _hold,
    Action.RESUME: _resume,
    Action.CORRECT: corrections.correct,
    Action.DROP_CORRECTION: corrections.drop,
    Action.RETRACT: corrections.retract,
    Action.CONFIRM_RETRACTION: corrections.confirm_retraction,
    Action.MERGE: merging.merge,
    Action.UNMERGE: merging.unmerge,
}


def target_of(claim: Claim, target: Status | None, *, back: bool) -> Status:
    """The status after the action; `back` is the one before the hold or the merge."""
    # `merged_from` first: a claim on hold may have been merged, and comes back on hold.
    return Status(claim.merged_from or claim.held_from) if back else target or Status(claim.status)
