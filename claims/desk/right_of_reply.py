"""Right of reply: reply requests to the claimant, and their outcomes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claims.choices import ReplyOutcome, Status
from claims.models import Claim, ReplyRequest
from claims.rules import source_protection
from claims.workflow import WorkflowError
from claims.workflow.editable import check_open
from factcheck.ledger import clock
from factcheck.ledger.audit_log import changed_values, log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.models import Claimant


@dataclass(frozen=True, slots=True)
class ReplyRequestDetails:
    """`sent_at` None is now; `deadline_at` None adds the desk's hours
    for a reply.

    A `reason` records that a request was not possible.
    """

    person: str
    channel: str
    question: str = ""
    sent_at: datetime | None = None
    deadline_at: datetime | None = None
    reason: str = ""


def request_reply(
    claim: Claim,
    *,
    by: User,
    details: ReplyRequestDetails,
) -> ReplyRequest:
    """Record that the claimant was asked, or why not; the same request
    again returns the first.
    """
    with transaction.atomic():
        locked = _lock(claim, by)
        if locked.claimant is None:
            raise WorkflowError(
                _("This claim has no claimant. Add the claimant before requesting a reply.")
            )
        texts = {
            name: getattr(details, name).strip()
            for name in ("person", "channel", "question", "reason")
        }
        existing = (
            locked.reply_requests.filter(
                claimant__in=Claimant.objects.same_as(locked.claimant), **texts
            )
            .order_by("-number")
            .first()
        )
        # Without a time sent, a repeated request is a double click and not a second
        # reply_request.
        if existing and details.sent_at in {None, existing.sent_at}:
            return existing
        # Published with the verdict, so a confidential source must not be named here.
        source_protection.refuse_exposed_names_in(locked, texts)
        now = clock.now()
        reply_request = ReplyRequest(
            claim=locked,
            claimant=locked.claimant,
            number=_next_number(locked),
            by=by,
            at=now,
            **texts,
        )
        if reply_request.reason:
            reply_request.outcome, reply_request.outcome_at = ReplyOutcome.NOT_POSSIBLE, now
        else:
            _send(reply_request, details, now)
        clean_values(reply_request)
        reply_request.save(force_insert=True)
        _touch(locked)
        deadline = reply_request.deadline_at
        logged = {**texts, "deadline_at": deadline.isoformat() if deadline else ""}
        log_change(
            "reply_request.add",
            locked,
            by=by,
            changes={"reply_request": ["", {"number": reply_request.number, **logged}]},
        )
    return reply_request


def _send(
    reply_request: ReplyRequest,
    details: ReplyRequestDetails,
    now: datetime,
) -> None:
    if not reply_request.question:
        raise ValidationError(
            {"question": _("Enter the question, or the reason why a request was not possible.")}
        )
    reply_request.sent_at = details.sent_at or now
    reply_request.deadline_at = details.deadline_at or reply_request.sent_at + timedelta(
        hours=reply_request.claim.desk.reply_hours
    )
    if reply_request.sent_at > now:
        raise ValidationError(
            {"sent_at": _("The date is in the future. Add the request once it is sent.")}
        )
    if reply_request.deadline_at <= reply_request.sent_at:
        raise ValidationError(
            {"deadline_at": _("The deadline must be after the request was sent.")}
        )


@dataclass(frozen=True, slots=True)
class ReplyResult:
    """`received_at` is when the reply arrived; None is now."""

    outcome: str
    answer: str = ""
    reason: str = ""
    received_at: datetime | None = None


def record_outcome(
    reply_request: ReplyRequest,
    *,
    by: User,
    result: ReplyResult,
) -> ReplyRequest:
    """Record the outcome of a reply request; the same outcome again
    changes nothing.

    A reply may arrive after the deadline or after “no reply” was
    recorded; it then counts as late. An answer is final.
    """
    with transaction.atomic():
        locked = _lock(reply_request.claim, by, also_published=True)
        row = locked.reply_requests.select_for_update(of=("self",)).get(pk=reply_request.pk)
        after = {
            "outcome": result.outcome,
            "answer": result.answer.strip(),
            "reason": result.reason.strip(),
        }
        before = {name: getattr(row, name) for name in after}
        if before == after:
            return row
        # An answer was somebody's words to us; it is not overwritten by another one.
        if row.outcome == ReplyOutcome.ANSWERED:
            raise WorkflowError(
                _("An answer is already recorded. Add a further reply as a new reply request.")
            )
        source_protection.refuse_exposed_names_in(
            locked, {"answer": after["answer"], "reason": after["reason"]}
        )
        row.outcome, row.answer, row.reason = after["outcome"], after["answer"], after["reason"]
        row.outcome_at = _checked_time(row, result.received_at, clock.now())
        clean_values(row)
        row.save(update_fields=["outcome", "answer", "reason", "outcome_at"])
        _touch(locked)
        log_change(
            "reply_request.record_outcome",
            locked,
            by=by,
            changes={"reply_request": [row.number, row.number], **changed_values(before, after)},
        )
    return row


def _checked_time(
    row: ReplyRequest,
    received_at: datetime | None,
    now: datetime,
) -> datetime:
    # Only an answer may be dated back; “no reply” is true from the moment it is
    # recorded.
    outcome_at = (received_at if row.outcome == ReplyOutcome.ANSWERED else None) or now
    if outcome_at > now or (row.sent_at and outcome_at < row.sent_at):
        raise ValidationError(
            {"received_at": _("The reply must be after the request, and not in the future.")}
        )
    problem = {
        ReplyOutcome.OPEN: ("outcome", _("Choose an outcome: answered, no reply or not possible.")),
        ReplyOutcome.ANSWERED: (("answer", _("Enter the answer.")) if not row.answer else None),
        ReplyOutcome.NOT_POSSIBLE: (
            ("reason", _("Enter the reason why it was not possible.")) if not row.reason else None
        ),
    }.get(ReplyOutcome(row.outcome) if row.outcome in ReplyOutcome.values else ReplyOutcome.OPEN)
    if problem:
        raise ValidationError({problem[0]: problem[1]})
    if row.answer and row.outcome != ReplyOutcome.ANSWERED:
        raise ValidationError({"outcome": _("A reply is given, so choose “answered”.")})
    if row.outcome == ReplyOutcome.NO_REPLY and (
        row.deadline_at is None or outcome_at < row.deadline_at
    ):
        raise WorkflowError(_("The deadline has not passed yet. Record “no reply” after it."))
    return outcome_at


def _lock(claim: Claim, by: User, *, also_published: bool = False) -> Claim:
    locked = (
        Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    )
    # A reply to a published verdict is recorded for its next version; readers keep
    # seeing what was signed.
    if also_published and locked.status == Status.PUBLISHED:
        if not may(by, "reply_request.write", locked):
            raise PermissionDenied(
                _("Only the assignee and editors of %(desk)s can record replies.")
                % {"desk": locked.desk}
            )
        return locked
    check_open(locked, by, "reply_request.write")
    return locked


def _next_number(claim: Claim) -> int:
    return (claim.reply_requests.aggregate(last=Max("number"))["last"] or 0) + 1


def _touch(claim: Claim) -> None:
    # Reply requests are part of what is signed, so an open form on the claim is stale
    # from now on.
    claim.version += 1
    claim.save(update_fields=["version"])
