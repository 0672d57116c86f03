"""Rechecks of published verdicts: opened by an editor or by the recheck
date, decided by an editor, never deleted.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from claims.choices import RecheckCause, RecheckDecision
from claims.models import Claim, Recheck, Verdict
from claims.models.recheck import REASON_LENGTH
from claims.querysets.claims import ClaimQuerySet
from claims.querysets.verdicts import VerdictQuerySet
from claims.rules import source_protection
from claims.rules.citations import CitedObject, claims_citing, verdicts_citing
from claims.workflow import WorkflowError
from claims.workflow.aftermath import cause_fields, close, open_recheck, open_rechecks_for
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.desk_days import today_on
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where, may, people_who
from sources.models import Article, Link


@dataclass(frozen=True, slots=True)
class RequestedRechecks:
    """The rechecks that were opened, and how many verdicts were waiting
    for one already.
    """

    tasks: list[Recheck]
    waiting: int


def request_rechecks(obj: CitedObject, *, by: User, note: str) -> RequestedRechecks:
    """Request a recheck of every published verdict that uses this
    source, article or verdict, on the desks where this person may.
    Requesting twice opens none anew.
    """
    with transaction.atomic():
        locked = _lock(obj, by)
        if not may(by, "recheck.request", locked):
            raise PermissionDenied(
                _("Only editors can request rechecks. Ask an editor of the desk.")
            )
        note = note.strip()
        if not note:
            raise ValidationError({"note": _("Describe the problem.")})
        _check_length("note", note)
        desks = desks_where(by, "recheck.request")
        source_protection.refuse_exposed_names_in_any(
            _claims_shown_note(locked).filter(desk__in=desks), {"note": note}
        )
        pending = Recheck.objects.pending().filter(**cause_fields(locked), claim__desk__in=desks)
        # Counted before the new ones are opened, which would be pending as well.
        waiting = pending.filter(claim__in=verdicts_citing(locked).values("claim")).count()
        return RequestedRechecks(
            open_rechecks_for(locked, by=by, at=clock.now(), note=note, among=desks), waiting
        )


def _claims_shown_note(obj: CitedObject) -> ClaimQuerySet:
    """The claims whose people read the note, and those the source was
    withdrawn from.
    """
    own = (
        Q(evidence__link=obj)
        if isinstance(obj, Link)
        else Q(pk=obj.claim_id)
        if isinstance(obj, Verdict)
        else Q(pk__in=[])
    )
    return Claim.objects.filter(Q(pk__in=claims_citing(obj).values("pk")) | own)


def _lock(obj: CitedObject, by: User) -> CitedObject:
    """Lock the object, so that two requests at once open each recheck once."""
    if isinstance(obj, Link):
        return (
            Link.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=obj.pk)
        )
    if isinstance(obj, Article):
        return (
            Article.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=obj.pk)
        )
    # A verdict by its claim, as `apply` does: locking the verdict too would invite a
    # deadlock.
    Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=obj.claim_id)
    verdict = Verdict.objects.select_related("claim").get(pk=obj.pk)
    if verdict.published_at is None:
        raise WorkflowError(_("This version was never published, so nothing can cite it."))
    return verdict


def mark_unaffected(
    recheck: Recheck, *, by: User, reason: str, next_recheck_date: date | None = None
) -> Recheck:
    """Decide that the verdict is unaffected, or for a recheck date that
    it is still true until a day. Correcting and retracting are actions
    of the claim, see `workflow.aftermath`.
    """
    reason = reason.strip()
    with transaction.atomic():
        row = _lock_recheck(recheck, by)
        if not may(by, "recheck.decide", row):
            raise PermissionDenied(
                _("Only editors can decide about a published verdict. Ask an editor of %(desk)s.")
                % {"desk": row.claim.desk}
            )
        if not row.pending:
            # The same decision again is a repeated request, and harmless.
            decision = (row.decision, row.reason, row.decided_by_id)
            if decision == (RecheckDecision.UNAFFECTED, reason, by.pk):
                return row
            raise WorkflowError(
                _(
                    "%(person)s has already decided this recheck (%(decision)s). A decision cannot"
                    " be changed."
                )
                % {"person": row.decided_by, "decision": row.get_decision_display()}
            )
        if not reason:
            raise ValidationError({"reason": _("Give a reason in one sentence.")})
        _check_length("reason", reason)
        source_protection.refuse_exposed_names_in(row.claim, {"reason": reason})
        row.reason, row.next_recheck_date = reason, _check_next_date(row, next_recheck_date)
        close(row, RecheckDecision.UNAFFECTED, by=by, at=clock.now())
    return row


def _check_next_date(recheck: Recheck, next_date: date | None) -> date | None:
    """The date to store: as entered, or as the desk proposes."""
    if recheck.cause != RecheckCause.RECHECK_DATE:
        if next_date:
            raise ValidationError(
                {
                    "next_recheck_date": _(
                        "Only a recheck opened by its date takes a next date. Leave this empty."
                    )
                }
            )
        return None
    desk, today = recheck.claim.desk, today_on(recheck.claim.desk)
    day = next_date or (
        today + timedelta(days=desk.recheck_after_days) if desk.recheck_after_days else None
    )
    # Today would open the same recheck again at the next sweep.
    if day is None or day <= today:
        raise ValidationError({"next_recheck_date": _("Choose a future recheck date.")})
    return day


def assign(recheck: Recheck, *, by: User, assignee: User | None) -> Recheck:
    """Assign a pending recheck; None unassigns it."""
    with transaction.atomic():
        row = _lock_recheck(recheck, by)
        if not may(by, "recheck.request", row):
            raise PermissionDenied(
                _("Only editors can assign a recheck. Ask an editor of %(desk)s.")
                % {"desk": row.claim.desk}
            )
        if not row.pending:
            raise WorkflowError(
                _("This recheck has already been decided, so nobody can be assigned to it.")
            )
        if assignee and not people_who("claim.take", row.desk_id).filter(pk=assignee.pk).exists():
            message = _("%(person)s is not an active checker or editor of %(desk)s.")
            raise ValidationError(
                {"assignee": message % {"person": assignee, "desk": row.claim.desk}}
            )
        if row.assignee_id != (assignee.pk if assignee else None):
            before, row.assignee = row.assignee, assignee
            row.save(update_fields=["assignee"])
            names = [person.get_username() if person else "" for person in (before, assignee)]
            log_change("recheck.assign", row, by=by, changes={"assignee": names})
    return row


def _lock_recheck(recheck: Recheck, by: User) -> Recheck:
    # The claim first, as the actions that settle rechecks do: in the other order the
    # two deadlock.
    Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(
        pk=recheck.claim_id
    )
    rows = Recheck.objects.visible_to(by).select_related("claim__desk", "decided_by", "assignee")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=recheck.pk)


def _check_length(field: str, text: str) -> None:
    if len(text) > REASON_LENGTH:
        message = _("The text has %(length)s characters. Shorten it to %(limit)s or fewer.")
        raise ValidationError({field: message % {"length": len(text), "limit": REASON_LENGTH}})


def open_due() -> int:
    """Open a recheck of every published verdict whose recheck date has
    come in the time zone of its desk; return how many.

    Safe to run at any time, again, and several at once.
    """
    return sum(
        _open(pk, desk)
        for desk in Desk.objects.order_by("pk")
        for pk in _due(desk).order_by("pk").values_list("pk", flat=True)
    )


def _due(desk: Desk) -> VerdictQuerySet:
    today = today_on(desk)
    of_claim = Recheck.objects.filter(claim=OuterRef("claim"), cause=RecheckCause.RECHECK_DATE)
    # “Still true until” answers the date that had come: a later version with a later
    # date of its own is due all the same.
    still_true = of_claim.filter(
        next_recheck_date__gt=today, verdict__recheck_date__gte=OuterRef("recheck_date")
    )
    due = Verdict.objects.published().filter(claim__desk=desk, recheck_date__lte=today)
    return due.exclude(Exists(of_claim.pending())).exclude(Exists(still_true))


def _open(pk: int, desk: Desk) -> bool:
    # A transaction each: a long sweep must not keep the audit head locked.
    with transaction.atomic():
        claims = Claim.objects.filter(verdicts=pk).select_for_update(of=("self",), no_key=True)
        # Queried again under the lock: another sweep or a correction may have come
        # first.
        due = (
            _due(desk).filter(pk=pk).select_related("claim")
            if claims.first()
            else Verdict.objects.none()
        )
        verdict = due.first()
        if verdict is None:
            return False
        open_recheck(verdict, cause=RecheckCause.RECHECK_DATE, by=None, at=clock.now())
    return True
