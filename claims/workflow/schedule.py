"""Scheduling a publication, and the one place where a schedule ends:
with whatever takes the approval away.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from claims.choices import Action, Status
from claims.models import Claim, ScheduledPublication
from claims.rules import gates, requirements
from claims.rules.unmet import UnmetRequirement
from claims.workflow.step import Step, refuse_if
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.time_zones import format_local

# Five years: a typing error in the year, as 2062 for 2026, is refused.
MOST_AHEAD = timedelta(days=5 * 366)


def schedule(step: Step) -> None:
    """Plan the publication. The gates must pass now, and are checked
    again when the time comes.
    """
    refuse_if(
        [
            *_wrong_time(step),
            *requirements.missing_for_publication(step.claim, step.verdict, step.evidence),
        ]
    )
    verdict, at = step.verdict, step.data.at
    if verdict and at:
        step.content_hash = verdict.content_hash
        step.planned = ScheduledPublication(
            claim=step.claim,
            verdict=verdict,
            content_hash=verdict.content_hash,
            at=at,
            zone=step.claim.desk.time_zone,
            by=step.by,
            made_at=step.at,
            next_attempt_at=at,
        )


def _wrong_time(step: Step) -> list[UnmetRequirement]:
    at, zone = step.data.at, step.claim.desk.time_zone
    # Guessing a zone for the API could publish hours before an embargo ends.
    if at is None or timezone.is_naive(at):
        message = _("Include the UTC offset, such as 2026-06-01T06:00:00+02:00.")
    elif at <= step.at:
        message = _("%(time)s is not in the future. Choose a later time, or publish now.") % {
            "time": format_local(at, zone)
        }
    elif at > step.at + MOST_AHEAD:
        message = _("%(time)s is more than five years away. Choose an earlier time.") % {
            "time": format_local(at, zone)
        }
    else:
        return gates.under_embargo(step.claim, at)
    return [UnmetRequirement("at", message, "at")]


def end(step: Step, action: Action, target: Status) -> None:
    """End the schedule where the action takes the approval away, or
    replaces or cancels the schedule. Called before the effect of every
    action, in its transaction.
    """
    if target == Status.APPROVED and action not in {Action.SCHEDULE, Action.CANCEL_SCHEDULE}:
        return
    for plan in step.claim.schedules.filter(ended_at=None):
        plan.ended_at, plan.ended_by, plan.ended_with = step.at, step.by, action
        plan.job_state, plan.next_attempt_at = JobState.DONE, None
        # A worker may hold the lease: without its token it can no longer write to the
        # row.
        plan.lease_until = plan.lease_token = None
        plan.save(
            update_fields=[
                "ended_at",
                "ended_by",
                "ended_with",
                "job_state",
                "next_attempt_at",
                "lease_until",
                "lease_token",
            ]
        )


def planned(claim: Claim) -> ScheduledPublication | None:
    """The schedule that has not ended. In Python, not by a query: pages
    and lists prefetch the schedules.
    """
    return next((plan for plan in claim.schedules.all() if plan.ended_at is None), None)


def is_waiting(claim: Claim) -> bool:
    """Whether a publication is scheduled for a time still to come."""
    return claim.schedules.filter(ended_at=None, at__gt=clock.now()).exists()
