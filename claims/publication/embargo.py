"""Embargoes: until when no reader may see what the desk already knows. Only an editor moves one."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from claims.models import Claim
from claims.workflow import StaleError, WorkflowError
from claims.workflow.editable import check_not_merged
from claims.workflow.schedule import MOST_AHEAD
from factcheck.ledger import clock
from factcheck.ledger.audit_log import changed_values, log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from factcheck.newsroom.time_zones import format_local


def set_embargo(
    claim: Claim, *, by: User, until: datetime | None, expected_version: int | None = None
) -> Claim:
    """Set it, move it, or lift it with None. The same again changes nothing."""
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
                "This claim has been published: an embargo is for the time before. Correct or"
                " retract the verdict instead."
            )
        if expected_version is not None and expected_version != locked.version:
            raise StaleError("This claim", expected=expected_version, found=locked.version)
        if until is not None:
            check_not_merged(locked, by)
            _check(locked, until)
        before = _told(locked)
        locked.embargo_until, locked.version = until, locked.version + 1
        locked.save(update_fields=["embargo_until", "version"])
        log_change("claim.embargo", locked, by=by, changes=changed_values(before, _told(locked)))
    return locked


def check_sets_embargoes(claim: Claim, by: User) -> None:
    if not may(by, "claim.embargo", claim):
        raise PermissionDenied(
            f"Only an editor sets or lifts an embargo. Ask an editor of {claim.desk}."
        )


def _check(claim: Claim, until: datetime) -> None:
    now, zone = clock.now(), claim.desk.time_zone
    if timezone.is_naive(until):
        raise ValidationError(
            {
                "embargo_until": (
                    "Say the time with its offset from UTC, such as 2026-06-01T06:00:00+02:00."
                )
            }
        )
    if until <= now:
        raise ValidationError(
            {
                "embargo_until": (
                    f"{format_local(until, zone)} is not in the future. Choose a later time, or"
                    f" lift the"
                    " embargo."
                )
            }
        )
    if until > now + MOST_AHEAD:
        raise ValidationError(
            {
                "embargo_until": (
                    f"{format_local(until, zone)} is more than five years away. Choose an earlier"
                    f" time."
                )
            }
        )
    planned = claim.schedules.filter(ended_at=None, at__lt=until).first()
    if planned:
        raise WorkflowError(
            f"Publication is scheduled for {format_local(planned.at, zone)}, before this embargo"
            f" ends."
            " Take the schedule back first."
        )


def _told(claim: Claim) -> dict[str, str]:
    return {"embargo_until": claim.embargo_until.isoformat() if claim.embargo_until else ""}
