"""On the home screen: night work to confirm, and scheduled publications that failed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.choices import VerdictState
from claims.models import ScheduledPublication, Verdict
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where

ROWS = 8


def night_work(user: User) -> Panel | None:
    """Verdicts published or approved at night, until an editor has confirmed them."""
    # Not to the people who signed: the confirmation is the check they did without.
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
    return Panel(_("Night work to confirm"), rows, count, url, "") if rows else None


def _night_row(verdict: Verdict) -> Row:
    return Row(
        text=str(verdict.claim),
        url=reverse("admin:claims_claim_change", args=[verdict.claim_id]),
        badge=badge(
            "night_work_unconfirmed",
            _("published") if verdict.state == VerdictState.PUBLISHED else _("approved"),
        ),
        note=_("signed by %(author)s and %(approver)s")
        % {"author": verdict.author, "approver": verdict.approver},
        moment=ago(verdict.approver_signed_at),
    )


def failed_publications(user: User) -> list[Row]:
    """Schedules whose time came and whose publication was refused, each with the
    reason.
    """
    # The reason may quote the evidence, so only people who read evidence see the row.
    desks = desks_where(user, "evidence.view")
    failed = ScheduledPublication.objects.filter(
        ended_at=None, job_state=JobState.FAILED, claim__desk__in=desks
    )
    return [
        Row(
            text=str(schedule.claim),
            url=reverse("admin:claims_claim_change", args=[schedule.claim_id]),
            badge=badge("failed", _("scheduled publication failed")),
            note=schedule.last_error,
            moment=ago(schedule.at),
            late=True,
        )
        for schedule in failed.select_related("claim").order_by("at", "pk")[:ROWS]
    ]


add_panel(13, night_work)
