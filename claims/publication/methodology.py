"""How the newsroom works, told in versions. A verdict names the one that was in force when its
author signed.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from claims.models import Methodology
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.models import AuditHead
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere

LONGEST = 100_000


def publish(*, by: User, text: str, in_force_from: datetime | None = None) -> Methodology:
    """Add a version, in force at once or from a moment to come. The text of the newest version
    again is that version.
    """
    if not may_anywhere(by, "methodology.manage"):
        raise PermissionDenied("Only an admin of the newsroom publishes its methodology.")
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise ValidationError({"text": "Write how the newsroom works."})
    if len(said) > LONGEST:
        raise ValidationError({"text": f"This has {len(said)} characters. {LONGEST} is the most."})
    with transaction.atomic():
        AuditHead.objects.select_for_update().get(
            pk=1
        )  # there is no desk to lock: the head keeps two publications apart
        last = Methodology.objects.order_by("-number").first()
        if last and last.text == said:
            return last
        now = clock.now()
        begins = in_force_from or now
        _check(begins, now, last)
        method = Methodology(
            number=last.number + 1 if last else 1,
            text=said,
            in_force_from=begins,
            made_by=by,
            made_at=now,
        )
        clean_values(method)
        method.save(force_insert=True)
        log_change(
            "methodology.publish",
            method,
            by=by,
            changes={"number": ["", method.number], "in_force_from": ["", begins.isoformat()]},
        )
    return method


def _check(begins: datetime, now: datetime, last: Methodology | None) -> None:
    if begins < now:
        raise ValidationError(
            {
                "in_force_from": (
                    "This has passed. A methodology is in force from its publication on, or from"
                    " later."
                )
            }
        )
    if last and begins < last.in_force_from:
        told = (
            f"Version {last.number} comes into force later, on {last.in_force_from:%d %B %Y}."
            " Choose a moment after that."
        )
        raise WorkflowError(told)
