"""What each move does to the claim and its verdict, beside the change of state."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import slugify

from claims import publishing
from claims.choices import Action, Status, VerdictState
from claims.models import Claim, Evidence, Verdict
from claims.publishing import Missing
from claims.workflow.errors import GateError
from claims.workflow.table import MoveData
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.models import Link

SLUG_LENGTH = 72


@dataclass(slots=True)
class Step:
    """One move under way: the locked claim, its working verdict and evidence, who does it, and when."""

    claim: Claim
    verdict: Verdict | None
    evidence: list[Evidence]
    by: User
    at: datetime
    data: MoveData
    content_hash: str = field(default="", init=False)
    changed: Verdict | None = field(default=None, init=False)  # saved after the Transition that the database asks for


def _assign(step: Step) -> None:
    assignee = step.data.assignee
    if assignee is None or not may(assignee, "claim.take", step.claim):
        raise GateError(
            [Missing("assignee", f"{assignee} is not an active checker or editor of {step.claim.desk}.", "assignee")]
        )
    step.claim.assignee = assignee


def _take(step: Step) -> None:
    step.claim.assignee = step.by


def _release(step: Step) -> None:
    step.claim.assignee = None
    _unsign(step)


def _sign_as_author(step: Step) -> None:
    _refuse_if(publishing.missing_for_signature(step.claim, step.verdict, step.evidence))
    verdict = _present(step.verdict)
    content = publishing.content_of(step.claim, verdict, step.evidence)
    verdict.content, verdict.content_hash = content.text, content.hash
    verdict.author, verdict.author_hash, verdict.author_signed_at = step.by, content.hash, step.at
    verdict.approver, verdict.approver_hash, verdict.approver_signed_at = None, "", None
    step.changed, step.content_hash = verdict, content.hash


def _approve(step: Step) -> None:
    _refuse_if(publishing.missing_for_approval(step.claim, step.verdict, step.evidence, by=step.by))
    verdict = _present(step.verdict)
    content = publishing.content_of(step.claim, verdict, step.evidence)
    verdict.content, verdict.content_hash = content.text, content.hash
    verdict.approver, verdict.approver_hash, verdict.approver_signed_at = step.by, content.hash, step.at
    verdict.sources_needed = step.claim.desk.evidence_needed
    verdict.independent_sources = publishing.independent(step.evidence)
    verdict.state = VerdictState.APPROVED
    step.changed, step.content_hash = verdict, content.hash


def _publish(step: Step) -> None:
    _refuse_if(publishing.missing_for_publication(step.claim, step.verdict, step.evidence))
    verdict = _present(step.verdict)
    verdict.state, verdict.published_at, verdict.published_by = VerdictState.PUBLISHED, step.at, step.by
    if not step.claim.slug:
        step.claim.slug = slugify(step.claim.text, allow_unicode=True)[:SLUG_LENGTH].rstrip("-_") or "verdict"
    Link.objects.filter(pk__in=[item.link_id for item in step.evidence], published_since=None).update(
        published_since=step.at
    )
    step.changed, step.content_hash = verdict, verdict.content_hash


def _unsign(step: Step) -> None:
    verdict = step.verdict
    if verdict is None:
        return
    verdict.state, verdict.content, verdict.content_hash = VerdictState.WORKING, "", ""
    verdict.author_hash, verdict.author_signed_at = "", None
    verdict.approver, verdict.approver_hash, verdict.approver_signed_at = None, "", None
    step.changed = verdict


def _decline(step: Step) -> None:
    _unsign(step)
    step.claim.held_from = ""


def _reopen(step: Step) -> None:
    step.claim.assignee = None


def _hold(step: Step) -> None:
    step.claim.held_from = step.claim.status


def _resume(step: Step) -> None:
    step.claim.held_from = ""


def _retract(step: Step) -> None:
    verdict = step.claim.verdicts.published().get()
    verdict.state, verdict.retracted_at, verdict.retraction_reason = VerdictState.RETRACTED, step.at, step.data.note
    step.changed, step.content_hash = verdict, verdict.content_hash


def _present(verdict: Verdict | None) -> Verdict:
    if verdict is None:  # the gates list what is missing before anybody gets here
        raise GateError([Missing("verdict", "Write the verdict.", "verdict")])
    return verdict


def _refuse_if(missing: list[Missing]) -> None:
    if missing:
        raise GateError(missing)


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
    Action.RECALL: _unsign,
    Action.DECLINE: _decline,
    Action.REOPEN: _reopen,
    Action.HOLD: _hold,
    Action.RESUME: _resume,
    Action.RETRACT: _retract,
}


def target_of(claim: Claim, action: Action, target: Status | None, *, back: bool) -> Status:
    return Status(claim.held_from) if back else target or Status(claim.status)
