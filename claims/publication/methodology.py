"""Versions of the methodology: how the newsroom works. A verdict names
the one that was in force when its author signed.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.models import Methodology
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.models import AuditHead
from factcheck.ledger.values import clean_values
from factcheck.newsroom import second_factor
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere

LONGEST = 100_000


def publish(
    *,
    by: User,
    text: str,
    in_force_from: datetime | None = None,
) -> Methodology:
    """Publish a version, in force at once or from a later time.
    Publishing the text of the newest version again returns that
    version.
    """
    if not may_anywhere(by, "methodology.manage"):
        raise PermissionDenied(_("Only newsroom admins can publish the methodology."))
    second_factor.require(by, "methodology.manage")
    # Browsers send line ends as CRLF, the API as typed: the same text must be the same
    # version.
    clean_text = text.replace("\r\n", "\n").strip()
    if not clean_text:
        raise ValidationError({"text": _("Describe how the newsroom works.")})
    if len(clean_text) > LONGEST:
        message = _("The text has %(length)s characters. Shorten it to %(limit)s or fewer.")
        raise ValidationError({"text": message % {"length": len(clean_text), "limit": LONGEST}})
    with transaction.atomic():
        # There is no desk to lock: the audit head keeps two publications apart.
        AuditHead.objects.select_for_update().get(pk=1)
        last = Methodology.objects.order_by("-number").first()
        if last and last.text == clean_text:
            return last
        now = clock.now()
        begins = in_force_from or now
        _check(begins, now, last)
        methodology = Methodology(
            number=last.number + 1 if last else 1,
            text=clean_text,
            in_force_from=begins,
            made_by=by,
            made_at=now,
        )
        clean_values(methodology)
        methodology.save(force_insert=True)
        log_change(
            "methodology.publish",
            methodology,
            by=by,
            changes={"number": ["", methodology.number], "in_force_from": ["", begins.isoformat()]},
        )
    return methodology


def _check(begins: datetime, now: datetime, last: Methodology | None) -> None:
    # What readers were told of the past does not change afterwards.
    if begins < now:
        raise ValidationError(
            {"in_force_from": _("This time has passed. Choose a later time, or leave it empty.")}
        )
    if last and begins < last.in_force_from:
        raise WorkflowError(
            _("Version %(number)s comes into force on %(day)s. Choose a time after that.")
            % {"number": last.number, "day": date_format(last.in_force_from, "DATE_FORMAT")}
        )
