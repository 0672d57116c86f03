"""Embargoes: a time before which nothing of a claim is published. Only
editors set them.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.workflow import WorkflowError
from claims.workflow.editable import check_not_merged, check_version
from claims.workflow.schedule import MOST_AHEAD
from factcheck.ledger import clock
from factcheck.ledger.audit_log import changed_values, log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from factcheck.newsroom.time_zones import format_local


def set_embargo(
    claim: Claim, *, by: User, until: datetime | None, expected_version: int | None = None
) -> Claim:
    """Set or move the embargo, or lift it with None; setting the same
    again changes nothing.

    Raise ValidationError for a time that cannot be, WorkflowError once
    the claim was published or where a publication is scheduled for
    sooner.
    """
    with transaction.atomic():
        locked = (
            Claim.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=claim.pk)
        )
        check_sets_embargoes(locked, by)
        if locked.embargo_until == until:
            return locked
        if locked.verdicts.exclude(published_at=None).exists():
            raise WorkflowError(
                _(
                    "This claim has been published, so an embargo has no effect. Correct or retract"
                    " the verdict instead."
                )
            )
        check_version(locked, expected_version)
        # Lifting is always possible: the embargo of a merged duplicate holds back the
        # other claim.
        if until is not None:
            check_not_merged(locked, by)
            _check(locked, until)
        before = _audited_values(locked)
        locked.embargo_until, locked.version = until, locked.version + 1
        locked.save(update_fields=["embargo_until", "version"])
        log_change(
            "claim.embargo", locked, by=by, changes=changed_values(before, _audited_values(locked))
        )
    return locked


def check_sets_embargoes(claim: Claim, by: User) -> None:
    """Raise PermissionDenied unless this person may set embargoes;
    pages ask before the form.
    """
    if not may(by, "claim.embargo", claim):
        raise PermissionDenied(
            _("Only editors can set or lift an embargo. Ask an editor of %(desk)s.")
            % {"desk": claim.desk}
        )


def _check(claim: Claim, until: datetime) -> None:
    now, zone = clock.now(), claim.desk.time_zone
    message = ""
    if timezone.is_naive(until):
        message = _("Include the UTC offset, such as 2026-06-01T06:00:00+02:00.")
    elif until <= now:
        message = _("%(time)s is not in the future. Choose a later time, or lift the embargo.") % {
            "time": format_local(until, zone)
        }
    elif until > now + MOST_AHEAD:
        message = _("%(time)s is more than five years away. Choose an earlier time.") % {
            "time": format_local(until, zone)
        }
    if message:
        raise ValidationError({"embargo_until": message})
    # Refused here rather than at publication, when nobody may be at their desk.
    planned = claim.schedules.filter(ended_at=None, at__lt=until).first()
    if planned:
        raise WorkflowError(
            _(
                "Publication is scheduled for %(time)s, before this embargo ends. Cancel the"
                " schedule first."
            )
            % {"time": format_local(planned.at, zone)}
        )


def _audited_values(claim: Claim) -> dict[str, str]:
    return {"embargo_until": claim.embargo_until.isoformat() if claim.embargo_until else ""}
