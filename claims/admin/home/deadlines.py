"""On the home screen: what went out by night, and planned publications that did not happen."""

from django.urls import reverse

from claims.choices import VerdictState
from claims.models import ScheduledPublication, Verdict
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where

ROWS = 8


def by_night(user: User) -> Panel | None:
    """Shown to editors until one of them has looked."""
    waiting = (
        Verdict.objects.night_work_unconfirmed()
        .filter(claim__desk__in=desks_where(user, "claim.confirm_night_work"))
        .exclude(author=user)
        .exclude(approver=user)
    )
    rows = [
        _night_row(verdict)
        for verdict in waiting.select_related("claim", "author", "approver").order_by(
            "approver_signed_at", "pk"
        )[:ROWS]
    ]
    count = waiting.count() if len(rows) == ROWS else len(rows)
    url = f"{reverse('admin:claims_claim_changelist')}?status__exact=published"
    return Panel("Published at night, to look at", rows, count, url, "") if rows else None


def _night_row(verdict: Verdict) -> Row:
    return Row(
        text=str(verdict.claim),
        url=reverse("admin:claims_claim_change", args=[verdict.claim_id]),
        badge=badge(
            "night_work_unconfirmed",
            "published" if verdict.state == VerdictState.PUBLISHED else "approved",
        ),
        note=f"signed by {verdict.author} and {verdict.approver}",
        moment=ago(verdict.approver_signed_at),
    )


def unpublished(user: User) -> list[Row]:
    """Plans whose time came, and which were refused."""
    reads = desks_where(user, "evidence.view")  # the reason may speak of the evidence
    failed = ScheduledPublication.objects.filter(
        ended_at=None, job_state=JobState.FAILED, claim__desk__in=reads
    )
    return [
        Row(
            text=str(plan.claim),
            url=reverse("admin:claims_claim_change", args=[plan.claim_id]),
            badge=badge("failed", "not published at its time"),
            note=plan.last_error,
            moment=ago(plan.at),
            late=True,
        )
        for plan in failed.select_related("claim").order_by("at", "pk")[:ROWS]
    ]


add_panel(13, by_night)
