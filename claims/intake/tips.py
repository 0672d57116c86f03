"""Reader tips: recorded with a claim, shown to those who work on it,
and erased in time.

Personal data never reaches the audit log, a log line, a task or an
error.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext as _

from claims.choices import TipState
from claims.models import Claim, ReaderTip, Tip
from claims.models.reader_tip import PERSONAL
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

ERASE_BATCH_SIZE = 500  # one run stays short; the sweep comes back for the rest


@dataclass(frozen=True, slots=True)
class TipDetails:
    """`received_at` None is now."""

    # Kept out of what a traceback or a log might print of this.
    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    message: str = field(default="", repr=False)
    received_at: datetime | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, part).strip() for part in PERSONAL)


def add_tip(claim: Claim, *, by: User, details: TipDetails) -> ReaderTip:
    """Record who sent a claim in, for as many days as the desk keeps
    tips.

    The same data again returns the first row; other data is a
    WorkflowError.
    """
    with transaction.atomic():
        locked = (
            Claim.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=claim.pk)
        )
        if not (may(by, "claim.create", locked) and may(by, "tip.view", locked)):
            raise PermissionDenied(
                _("Your role on %(desk)s does not allow you to record reader tips.")
                % {"desk": locked.desk}
            )
        personal = {part: getattr(details, part).strip() for part in PERSONAL}
        existing = ReaderTip.objects.filter(claim=locked).first()
        if existing and all(getattr(existing, part) == personal[part] for part in PERSONAL):
            return existing
        if existing:
            raise WorkflowError(
                _("The tip is already recorded and cannot be edited. Add details in a query.")
            )
        now = clock.now()
        received_at = _received_at(details, now)
        row = ReaderTip(
            claim=locked,
            received_at=received_at,
            erase_date=received_at + timedelta(days=locked.desk.tip_retention_days),
            entered_by=by,
            entered_at=now,
            **personal,
        )
        clean_values(row)
        locked.from_reader, locked.version = True, locked.version + 1
        locked.save(update_fields=["from_reader", "version"])
        row.save(force_insert=True)
        # The audit log cannot be erased, so it says that there is a tip and nothing
        # from it.
        log_change("tip.add", locked, by=by, changes={"tip": ["", "entered"]})
    # The caller's object would otherwise save its old version over the new one.
    claim.refresh_from_db()
    return row


def _received_at(details: TipDetails, now: datetime) -> datetime:
    if not details:
        raise ValidationError(
            {"name": _("Enter a name, contact details or a message; or leave the tip out.")}
        )
    received_at = details.received_at or now
    if received_at > now:
        raise ValidationError(
            {"received_at": _("The date is in the future. Record the tip once it has arrived.")}
        )
    return received_at


def of_claim(claim: Claim, by: User) -> ReaderTip | None:
    """The tip without its sender, or None where there is none or this
    person may not see it. `has_sender` says whether there is a name or
    a contact to read.
    """
    if not claim.from_reader or not may(by, "tip.view", claim):
        return None
    has_sender = ExpressionWrapper(~Q(name="", contact=""), output_field=BooleanField())
    return (
        ReaderTip.objects.filter(claim=claim)
        .select_related("entered_by", "erased_by")
        .defer("name", "contact")
        .annotate(has_sender=has_sender)
        .first()
    )


def read_sender(claim: Claim, *, by: User) -> ReaderTip | None:
    """The tip with its sender, and an entry of who opened it; None as
    `of_claim`.

    No reason is asked for: people who work on a claim write to its
    sender every day.
    """
    with transaction.atomic():
        if of_claim(claim, by) is None:
            return None
        row = ReaderTip.objects.select_related("entered_by", "erased_by").get(claim=claim)
        if row.name or row.contact:
            log_change("tip.read", claim, by=by)
    return row


def erase(claim: Claim, *, by: User) -> ReaderTip:
    """Erase before the retention period ends, as the sender may ask;
    again changes nothing.
    """
    with transaction.atomic():
        locked = (
            Claim.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=claim.pk)
        )
        if not may(by, "tip.erase", locked):
            raise PermissionDenied(
                _("Only an editor can erase a reader tip. Ask an editor of %(desk)s.")
                % {"desk": locked.desk}
            )
        row = (
            ReaderTip.objects.select_for_update(of=("self",), no_key=True)
            .filter(claim=locked)
            .first()
        )
        if row is None:
            raise WorkflowError(_("This claim has no reader tip."))
        return _erase(row, by)


def erase_due() -> int:
    """Erase up to one batch of tips past their retention period; return how many."""
    due = ReaderTip.objects.filter(erased_at=None, erase_date__lte=clock.now()).order_by("pk")
    erased = 0
    for pk in due.values_list("pk", flat=True)[:ERASE_BATCH_SIZE]:
        # One transaction a row, read again under its lock: a failure keeps what was
        # erased before it, and a tip that somebody erased meanwhile is passed over.
        with transaction.atomic():
            row = due.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
            if row:
                _erase(row, None)
                erased += 1
    return erased


def _erase(row: ReaderTip, by: User | None) -> ReaderTip:
    # The row stays: that there was a tip, when it came and who erased it is part of the
    # claim.
    if row.erased_at is None:
        row.name = row.contact = row.message = ""
        row.erased_at, row.erased_by = clock.now(), by
        row.save(update_fields=[*PERSONAL, "erased_at", "erased_by"])
        # Of the tip it was made of, by which a repeat would be known.
        Tip.objects.filter(claim=row.claim_id, state=TipState.MADE).update(repeat_key=None)
        log_change("tip.erase", row.claim, by=by, changes={"tip": ["entered", "erased"]})
    return row
