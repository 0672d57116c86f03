"""Planning a publication, and the one place where a plan ends: with whatever takes the approval
away.
"""

from datetime import timedelta

from django.utils import timezone

from claims.choices import Action, Status
from claims.models import Claim, ScheduledPublication
from claims.rules import gates, requirements
from claims.rules.unmet import UnmetRequirement
from claims.workflow.step import Step, refuse_if
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.time_zones import format_local

MOST_AHEAD = timedelta(days=5 * 366)


def schedule(step: Step) -> None:
    """The gates must pass now; they are asked again when the time has come."""
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
    if at is None or timezone.is_naive(at):
        return [
            UnmetRequirement(
                "at",
                "Say the time with its offset from UTC, such as 2026-06-01T06:00:00+02:00.",
                "at",
            )
        ]
    if at <= step.at:
        return [
            UnmetRequirement(
                "at",
                f"{format_local(at, zone)} is not in the future. Choose a later time, or publish"
                f" now.",
                "at",
            )
        ]
    if at > step.at + MOST_AHEAD:
        return [
            UnmetRequirement(
                "at",
                f"{format_local(at, zone)} is more than five years away. Choose an earlier time.",
                "at",
            )
        ]
    return gates.under_embargo(step.claim, at)


def end(step: Step, action: Action, target: Status) -> None:
    """Called before every move. One that leaves the approval ends the plan, in the same
    transaction; so does a newer plan.
    """
    if target == Status.APPROVED and action not in {Action.SCHEDULE, Action.CANCEL_SCHEDULE}:
        return
    for plan in step.claim.schedules.filter(ended_at=None):
        plan.ended_at, plan.ended_by, plan.ended_with = step.at, step.by, action
        plan.job_state, plan.next_attempt_at = JobState.DONE, None
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


def waits(claim: Claim) -> bool:
    """Does a plan stand whose time is still to come?"""
    return claim.schedules.filter(ended_at=None, at__gt=clock.now()).exists()
