"""The risk tier of a claim, and the deadline that its desk gives the tier."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.workflow.editable import lock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


def set_risk(claim: Claim, *, by: User, tier: str) -> Claim:
    """Set or clear (“”) the tier and return the locked claim; the same
    again changes nothing.

    The deadline is that of the tier where nobody set one, or where the
    tier before had set it.
    """
    with transaction.atomic():
        locked = lock(claim, by, "claim.edit")
        if not may(by, "claim.risk", locked):
            raise PermissionDenied(
                _(
                    "Only editors set the risk tier, because it decides how many sources are"
                    " needed. Ask an editor of %(desk)s."
                )
                % {"desk": locked.desk}
            )
        if locked.risk == tier:
            return locked
        changes: dict[str, list[object]] = {"risk": [locked.risk, tier]}
        deadline = _deadline(locked, tier)
        if deadline and locked.due_at in (None, _deadline(locked, locked.risk)):
            before = locked.due_at.isoformat() if locked.due_at else ""
            changes["due_at"] = [before, deadline.isoformat()]
            locked.due_at = deadline
        locked.risk, locked.version = tier, locked.version + 1
        locked.save(update_fields=["risk", "due_at", "version"])
        log_change("claim.risk", locked, by=by, changes=changes)
    return locked


def _deadline(claim: Claim, tier: str) -> datetime | None:
    hours = claim.desk.hours_for(tier)
    return claim.created_at + timedelta(hours=hours) if hours else None
