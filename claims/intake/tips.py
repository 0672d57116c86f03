"""People who send claims in: their data is entered with the claim, read by those who work on it,
and erased in time.

Nothing of it is ever told to the audit chain, a log, a task or an error.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from claims.models import Claim, ReaderTip
from claims.models.reader_tip import PERSONAL
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

ERASE_BATCH_SIZE = 500


@dataclass(frozen=True, slots=True)
class TipDetails:
    """`received_at` None is now."""

    name: str = ""
    contact: str = ""
    message: str = ""
    received_at: datetime | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, part).strip() for part in PERSONAL)


def enter(claim: Claim, *, by: User, sender: TipDetails) -> ReaderTip:
    """Keep who sent a claim in, for as many days as the desk says. The same again returns the
    first.
    """
    with transaction.atomic():
        locked = (
            Claim.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=claim.pk)
        )
        if not (may(by, "claim.create", locked) and may(by, "tip.view", locked)):
            raise PermissionDenied(
                f"Your role on {locked.desk} does not allow you to enter who sent a claim in."
            )
        told = {part: getattr(sender, part).strip() for part in PERSONAL}
        known = ReaderTip.objects.filter(claim=locked).first()
        if known and all(getattr(known, part) == told[part] for part in PERSONAL):
            return known
        if known:
            raise WorkflowError(
                "Who sent this claim in is entered already, and is not reworded. Write more in a"
                " query."
            )
        now = clock.now()
        received = _received(sender, now)
        row = ReaderTip(
            claim=locked,
            received_at=received,
            erase_date=received + timedelta(days=locked.desk.tip_retention_days),
            entered_by=by,
            entered_at=now,
            **told,
        )
        clean_values(row)
        locked.from_reader, locked.version = True, locked.version + 1
        locked.save(update_fields=["from_reader", "version"])
        row.save(force_insert=True)
        log_change("submitter.enter", locked, by=by, changes={"sender": ["", "entered"]})
    claim.refresh_from_db()
    return row


def _received(sender: TipDetails, now: datetime) -> datetime:
    if not sender:
        raise ValidationError(
            {
                "name": (
                    "Give the name, the contact or the message of who sent it; or leave the sender"
                    " out."
                )
            }
        )
    received = sender.received_at or now
    if received > now:
        raise ValidationError(
            {"received_at": "This lies in the future. Enter it once it has come."}
        )
    return received


def of_claim(claim: Claim, by: User) -> ReaderTip | None:
    """Who sent it in, for those who may know."""
    if not claim.from_reader or not may(by, "tip.view", claim):
        return None
    return ReaderTip.objects.filter(claim=claim).select_related("entered_by", "erased_by").first()


def erase(claim: Claim, *, by: User) -> ReaderTip:
    """At once, because the sender asks for it or nobody needs it any more. Erasing again changes
    nothing.
    """
    with transaction.atomic():
        locked = (
            Claim.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=claim.pk)
        )
        if not may(by, "tip.erase", locked):
            raise PermissionDenied(
                f"Only an editor erases who sent a claim in. Ask an editor of {locked.desk}."
            )
        row = (
            ReaderTip.objects.select_for_update(of=("self",), no_key=True)
            .filter(claim=locked)
            .first()
        )
        if row is None:
            raise WorkflowError("No sender is kept with this claim.")
        return _erase(row, by)


def erase_due() -> int:
    """Erase everything whose days are over; how many. The sweep and the command call it as often as
    they like.
    """
    due = ReaderTip.objects.filter(erased_at=None, erase_date__lte=clock.now()).order_by("pk")
    erased = 0
    for pk in due.values_list("pk", flat=True)[:ERASE_BATCH_SIZE]:
        with transaction.atomic():
            row = due.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
            if row:
                _erase(row, None)
                erased += 1
    return erased


def _erase(row: ReaderTip, by: User | None) -> ReaderTip:
    if row.erased_at is None:
        row.name = row.contact = row.message = ""
        row.erased_at, row.erased_by = clock.now(), by
        row.save(update_fields=[*PERSONAL, "erased_at", "erased_by"])
        log_change("tip.erase", row.claim, by=by, changes={"sender": ["entered", "erased"]})
    return row
