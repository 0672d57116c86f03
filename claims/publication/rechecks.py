"""Published verdicts that are looked at again: opened by an editor or by their date, decided by an
editor, kept for good.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from claims.choices import RecheckCause, RecheckDecision
from claims.models import Claim, Recheck, Verdict
from claims.models.recheck import REASON_LENGTH
from claims.querysets import ClaimQuerySet, VerdictQuerySet
from claims.rules import source_protection
from claims.rules.citations import CitedObject, claims_citing, verdicts_citing
from claims.verdicts.validity import today_on
from claims.workflow import WorkflowError
from claims.workflow.aftermath import cause_fields, close, open_recheck, open_rechecks_for
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where, may, people_who
from sources.models import Article, Link


@dataclass(frozen=True, slots=True)
class RequestedRechecks:
    """What an editor's wish came to: the reviews it opened, and how many verdicts were waiting for
    one already.
    """

    tasks: list[Recheck]
    waiting: int


def look_again(thing: CitedObject, *, by: User, note: str) -> RequestedRechecks:
    """Have every published verdict that uses this source, article or verdict looked at again.
    Pressed twice it opens none anew.
    """
    with transaction.atomic():
        locked = _lock(thing, by)
        if not may(by, "recheck.request", locked):
            raise PermissionDenied(
                "Only an editor has verdicts looked at again. Ask an editor of the desk."
            )
        said = note.strip()
        if not said:
            raise ValidationError(
                {
                    "note": (
                        "Say what is wrong with it: whoever looks at the verdicts again has to"
                        " know."
                    )
                }
            )
        _check_length("note", said)
        desks = desks_where(by, "recheck.request")
        source_protection.refuse_exposed_names_in_any(
            _claims_shown_note(locked).filter(desk__in=desks), {"note": said}
        )
        pending = Recheck.objects.pending().filter(**cause_fields(locked), claim__desk__in=desks)
        waiting = pending.filter(claim__in=verdicts_citing(locked).values("claim")).count()
        return RequestedRechecks(
            open_rechecks_for(locked, by=by, at=clock.now(), note=said, among=desks), waiting
        )


def _claims_shown_note(thing: CitedObject) -> ClaimQuerySet:
    """Those whose people read the note, and those a source was withdrawn from."""
    own = (
        Q(evidence__link=thing)
        if isinstance(thing, Link)
        else Q(pk=thing.claim_id)
        if isinstance(thing, Verdict)
        else Q(pk__in=[])
    )
    return Claim.objects.filter(Q(pk__in=claims_citing(thing).values("pk")) | own)


def _lock(thing: CitedObject, by: User) -> CitedObject:
    """A verdict by its claim, as its own moves do."""
    if isinstance(thing, Link):
        return (
            Link.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=thing.pk)
        )
    if isinstance(thing, Article):
        return (
            Article.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=thing.pk)
        )
    Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=thing.claim_id)
    verdict = Verdict.objects.select_related("claim").get(pk=thing.pk)
    if verdict.published_at is None:
        raise WorkflowError("This version was never published, so nothing can stand on it.")
    return verdict


def keep(task: Recheck, *, by: User, reason: str, next_recheck_date: date | None = None) -> Recheck:
    """Decide that the verdict is unaffected, or still true until a day. Correcting and retracting
    are moves of the claim.
    """
    said = reason.strip()
    with transaction.atomic():
        row = _row(task, by)
        if not may(by, "recheck.decide", row):
            raise PermissionDenied(
                "Only an editor decides about a published verdict. Ask an editor of"
                f" {row.claim.desk}."
            )
        if not row.pending:
            if (row.decision, row.reason, row.decided_by_id) == (
                RecheckDecision.UNAFFECTED,
                said,
                by.pk,
            ):
                return row
            raise WorkflowError(
                f"This was decided already: {row.get_decision_display()}, by {row.decided_by}. It"
                " is kept as it was decided."
            )
        if not said:
            raise ValidationError(
                {"reason": "Say in a sentence why the verdict stands as it is. It is kept."}
            )
        _check_length("reason", said)
        source_protection.refuse_exposed_names_in(row.claim, {"reason": said})
        row.reason, row.next_recheck_date = said, _next_look(row, next_recheck_date)
        close(row, RecheckDecision.UNAFFECTED, by=by, at=clock.now())
    return row


def _next_look(task: Recheck, wanted: date | None) -> date | None:
    if task.cause != RecheckCause.RECHECK_DATE:
        if wanted:
            raise ValidationError(
                {
                    "next_recheck_date": (
                        "Only what is still true for now has a next look. Leave this empty."
                    )
                }
            )
        return None
    desk, today = task.claim.desk, today_on(task.claim.desk)
    day = wanted or (
        today + timedelta(days=desk.recheck_after_days) if desk.recheck_after_days else None
    )
    if day is None or day <= today:
        raise ValidationError({"next_recheck_date": "Say until when it holds: a day after today."})
    return day


def assign(task: Recheck, *, by: User, assignee: User | None) -> Recheck:
    """Who is to look at it; None for nobody yet."""
    with transaction.atomic():
        row = _row(task, by)
        if not may(by, "recheck.request", row):
            raise PermissionDenied(
                f"Only an editor gives a review to somebody. Ask an editor of {row.claim.desk}."
            )
        if not row.pending:
            raise WorkflowError("This was decided already: nobody has to look at it any more.")
        if assignee and not people_who("claim.take", row.desk_id).filter(pk=assignee.pk).exists():
            raise ValidationError(
                {"assignee": f"{assignee} is not an active checker or editor of {row.claim.desk}."}
            )
        if row.assignee_id != (assignee.pk if assignee else None):
            before, row.assignee = row.assignee, assignee
            row.save(update_fields=["assignee"])
            names = [person.get_username() if person else "" for person in (before, assignee)]
            log_change("recheck.assign", row, by=by, changes={"assignee": names})
    return row


def _row(task: Recheck, by: User) -> Recheck:
    """Locked after its claim, as the moves of the claim do that settle it."""
    Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=task.claim_id)
    rows = Recheck.objects.visible_to(by).select_related("claim__desk", "decided_by", "assignee")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=task.pk)


def _check_length(field: str, said: str) -> None:
    if len(said) > REASON_LENGTH:
        raise ValidationError(
            {field: f"This has {len(said)} characters. Say it in {REASON_LENGTH}."}
        )


def open_due() -> int:
    """Open a review of every published verdict whose date has come where its desk works; returns
    how many.

    Safe to run at any time, again, and several at once.
    """
    return sum(
        _open(pk, desk)
        for desk in Desk.objects.order_by("pk")
        for pk in _due(desk).order_by("pk").values_list("pk", flat=True)
    )


def _due(desk: Desk) -> VerdictQuerySet:
    """Once an editor found it still true, its date counts no more until the day they named; a later
    date does.
    """
    today = today_on(desk)
    of_claim = Recheck.objects.filter(claim=OuterRef("claim"), cause=RecheckCause.RECHECK_DATE)
    still_true = of_claim.filter(
        next_recheck_date__gt=today, verdict__recheck_date__gte=OuterRef("recheck_date")
    )
    ripe = Verdict.objects.published().filter(claim__desk=desk, recheck_date__lte=today)
    return ripe.exclude(Exists(of_claim.pending())).exclude(Exists(still_true))


def _open(pk: int, desk: Desk) -> bool:
    with transaction.atomic():
        claims = Claim.objects.filter(verdicts=pk).select_for_update(of=("self",), no_key=True)
        ripe = (
            _due(desk).filter(pk=pk).select_related("claim")
            if claims.first()
            else Verdict.objects.none()
        )
        verdict = ripe.first()  # asked again: another sweep, or a correction, may have come first
        if verdict is None:
            return False
        open_recheck(verdict, cause=RecheckCause.RECHECK_DATE, by=None, at=clock.now())
    return True
