"""The right of reply: whom we asked, what, by when, and what came back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

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


@dataclass(frozen=True, slots=True)
class Asked:
    """`sent_at` None is now; `deadline_at` None as many hours later as the desk gives; a reason: it
    was not possible.
    """

    person: str
    channel: str
    question: str = ""
    sent_at: datetime | None = None
    deadline_at: datetime | None = None
    reason: str = ""


def ask(claim: Claim, *, by: User, asked: Asked) -> ReplyRequest:
    """Write down that the claimant was asked, or could not be. The same again returns the first."""
    with transaction.atomic():
        locked = _lock(claim, by)
        if locked.claimant is None:
            raise WorkflowError(
                "Nobody is named for this claim. Name the claimant, then write down whom you asked."
            )
        words = {
            name: getattr(asked, name).strip()
            for name in ("person", "channel", "question", "reason")
        }
        again = (
            locked.reply_requests.filter(claimant=locked.claimant, **words)
            .order_by("-number")
            .first()
        )
        if again and asked.sent_at in {None, again.sent_at}:
            return again
        source_protection.refuse_exposed_names_in(locked, words)
        now = clock.now()
        attempt = ReplyRequest(
            claim=locked, claimant=locked.claimant, number=_next(locked), by=by, at=now, **words
        )
        if attempt.reason:
            attempt.outcome, attempt.outcome_at = ReplyOutcome.NOT_POSSIBLE, now
        else:
            _send(attempt, asked, now)
        clean_values(attempt)
        attempt.save(force_insert=True)
        _touch(locked)
        told = {
            **words,
            "deadline_at": attempt.deadline_at.isoformat() if attempt.deadline_at else "",
        }
        log_change(
            "contact.ask",
            locked,
            by=by,
            changes={"contact": ["", {"number": attempt.number, **told}]},
        )
    return attempt


def _send(attempt: ReplyRequest, asked: Asked, now: datetime) -> None:
    if not attempt.question:
        raise ValidationError(
            {"question": "Write what was asked; or say why asking was not possible."}
        )
    attempt.sent_at = asked.sent_at or now
    attempt.deadline_at = asked.deadline_at or attempt.sent_at + timedelta(
        hours=attempt.claim.desk.reply_hours
    )
    if attempt.sent_at > now:
        raise ValidationError(
            {"sent_at": "This lies in the future. Write it down when it was sent."}
        )
    if attempt.deadline_at <= attempt.sent_at:
        raise ValidationError({"deadline_at": "The deadline comes after the question."})


@dataclass(frozen=True, slots=True)
class ReplyResult:
    """`received_at` is when the reply came: now, unless it is written down later."""

    outcome: str
    answer: str = ""
    reason: str = ""
    received_at: datetime | None = None


def settle(attempt: ReplyRequest, *, by: User, told: ReplyResult) -> ReplyRequest:
    """How it ended. A reply may still come after it was given up, or after the deadline: it is
    kept, and called late.
    """
    with transaction.atomic():
        locked = _lock(attempt.claim, by, also_published=True)
        row = locked.reply_requests.select_for_update(of=("self",)).get(pk=attempt.pk)
        after = {
            "outcome": told.outcome,
            "answer": told.answer.strip(),
            "reason": told.reason.strip(),
        }
        before = {name: getattr(row, name) for name in after}
        if before == after:
            return row
        if row.outcome == ReplyOutcome.ANSWERED:
            raise WorkflowError(
                "An answer stands here already. Write a further reply down as a new attempt."
            )
        source_protection.refuse_exposed_names_in(
            locked, {"answer": after["answer"], "reason": after["reason"]}
        )
        row.outcome, row.answer, row.reason = after["outcome"], after["answer"], after["reason"]
        row.outcome_at = _settled(row, told.received_at, clock.now())
        clean_values(row)
        row.save(update_fields=["outcome", "answer", "reason", "outcome_at"])
        _touch(locked)
        log_change(
            "contact.settle",
            locked,
            by=by,
            changes={"contact": [row.number, row.number], **changed_values(before, after)},
        )
    return row


def _settled(row: ReplyRequest, received_at: datetime | None, now: datetime) -> datetime:
    when = (received_at if row.outcome == ReplyOutcome.ANSWERED else None) or now
    if when > now or (row.sent_at and when < row.sent_at):
        raise ValidationError(
            {"received_at": "A reply comes after the question, and not in the future."}
        )
    wanting = {
        ReplyOutcome.OPEN: ("outcome", "Say how it ended: answered, no reply, or not possible."),
        ReplyOutcome.ANSWERED: (
            ("answer", "Write down what was answered.") if not row.answer else None
        ),
        ReplyOutcome.NOT_POSSIBLE: (
            ("reason", "Say why it was not possible.") if not row.reason else None
        ),
    }.get(ReplyOutcome(row.outcome) if row.outcome in ReplyOutcome.values else ReplyOutcome.OPEN)
    if wanting:
        raise ValidationError({wanting[0]: wanting[1]})
    if row.answer and row.outcome != ReplyOutcome.ANSWERED:
        raise ValidationError({"outcome": "There is an answer, so it was answered."})
    if row.outcome == ReplyOutcome.NO_REPLY and (row.deadline_at is None or when < row.deadline_at):
        raise WorkflowError("The deadline has not passed yet. Until then a reply may come.")
    return when


def _lock(claim: Claim, by: User, *, also_published: bool = False) -> Claim:
    locked = (
        Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    )
    if (
        also_published and locked.status == Status.PUBLISHED
    ):  # kept for the next version; readers see what was signed
        if not may(by, "reply_request.write", locked):
            raise PermissionDenied(
                f"Only the assignee and editors of {locked.desk} write down replies."
            )
        return locked
    check_open(locked, by, "reply_request.write")
    return locked


def _next(claim: Claim) -> int:
    return (claim.reply_requests.aggregate(last=Max("number"))["last"] or 0) + 1


def _touch(claim: Claim) -> None:
    claim.version += 1
    claim.save(update_fields=["version"])
