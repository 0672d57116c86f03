"""Who sent a tip, and what they wrote: read by whoever works on it, and
erased on request or when its days are over.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import TipState
from claims.intake import tips
from claims.intake.tips import ERASE_BATCH_SIZE
from claims.models import Tip, TipMessage
from claims.models.tip import WRITTEN
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


def read_sender(tip: Tip, *, by: User) -> TipMessage:
    """The message with its sender, and an entry of who opened it."""
    with transaction.atomic():
        row = Tip.objects.visible_to(by).select_related("message").get(pk=tip.pk)
        if row.message.name or row.message.email:
            log_change("tip.read", row, by=by)
    return row.message


def erase(tip: Tip, *, by: User) -> Tip:
    """Erase what the reader wrote before its days are over, also where
    it moved to a claim; again changes nothing.
    """
    with transaction.atomic():
        row = Tip.objects.visible_to(by).select_related("desk", "claim").get(pk=tip.pk)
        if not may(by, "tip.erase", row):
            raise PermissionDenied(
                _("Only an editor can erase a tip. Ask an editor of %(desk)s.") % {"desk": row.desk}
            )
        # Before the tip is locked: erasing it by its claim locks that one first.
        if row.state == TipState.MADE and row.claim and row.claim.from_reader:
            tips.erase(row.claim, by=by)
        rows = Tip.objects.select_for_update(of=("self",), no_key=True)
        locked = rows.select_related("message").get(pk=tip.pk)
        if locked.state != row.state:
            # What the reader wrote may have moved to a claim in between.
            raise WorkflowError(_("Somebody has just decided this tip. Erase it again."))
        _erase(locked, by)
    return locked


def erase_due() -> int:
    """Erase up to one batch of messages past their retention period;
    return how many.
    """
    now = clock.now()
    due = Tip.objects.filter(message__erase_date__lte=now, repeat_key__isnull=False)
    erased = 0
    for pk in due.order_by("pk").values_list("pk", flat=True)[:ERASE_BATCH_SIZE]:
        # As of reader tips: a short transaction for each, read again under its lock.
        with transaction.atomic():
            row = due.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
            if row:
                _erase(row, None)
                erased += 1
    return erased


def _erase(tip: Tip, by: User | None) -> None:
    if tip.repeat_key is not None:
        tip.repeat_key = None
        tip.save(update_fields=["repeat_key"])
    if tip.message.erased_at is None:
        empty(tip.message, by=by)
        log_change("tip.erase", tip, by=by, changes={"tip": ["entered", "erased"]})


def empty(message: TipMessage, *, by: User | None) -> None:
    """Empty what the reader wrote; the caller says where it went."""
    for name in WRITTEN:
        setattr(message, name, "")
    message.erased_at, message.erased_by = clock.now(), by
    message.save(update_fields=[*WRITTEN, "erased_at", "erased_by"])
