"""How urgent a claim is, for the desk: not part of what is signed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import Priority
from claims.models import Claim
from claims.rules import source_protection
from claims.workflow.editable import check_version, lock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User


def set_priority(
    claim: Claim,
    *,
    by: User,
    priority: Priority,
    reason: str = "",
    expected_version: int | None = None,
) -> Claim:
    """Raise or lower the priority, for a reason, and return the locked
    claim; the same again changes nothing.

    Who may set the deadline may set it, and as long.
    """
    reason = " ".join(reason.split())
    with transaction.atomic():
        locked = lock(claim, by, "claim.edit")
        before = locked.priority_word
        if locked.priority == priority and reason in ("", locked.priority_reason):
            return locked
        check_version(locked, expected_version)
        if not reason:
            raise ValidationError({"reason": _("Say why the priority is raised or lowered.")})
        source_protection.refuse_exposed_names_in(locked, {"reason": reason})
        locked.priority, locked.priority_reason = priority, reason
        clean_values(locked)
        locked.version += 1
        locked.save(update_fields=["priority", "priority_reason", "version"])
        changes = {"priority": [before, priority.word], "reason": ["", reason]}
        log_change("claim.priority", locked, by=by, changes=changes)
    return locked
