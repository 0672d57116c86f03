"""On the home screen: night work to confirm, and scheduled publications that failed."""

from django.utils.translation import gettext as _

from claims.admin.claim_work import claims_of, list_of
from claims.admin.home.rows import page_of, with_people
from claims.models import Claim, ScheduledPublication, Verdict
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def night_work(user: User) -> Panel:
    """Verdicts published or approved at night, until an editor has confirmed them."""
    claims = claims_of(user, "night_work").order_by("created_at", "pk")
    return Panel(
        _("Night work to confirm"), claims, _night_rows, list_of("night_work"), read=with_people
    )


def _night_rows(claims: list[Claim]) -> list[Row]:
    waiting = Verdict.objects.night_work_unconfirmed().filter(claim__in=claims)
    by_claim = {
        verdict.claim_id: verdict for verdict in waiting.select_related("author", "approver")
    }
    return [_night_row(claim, by_claim[claim.pk]) for claim in claims if claim.pk in by_claim]


def _night_row(claim: Claim, verdict: Verdict) -> Row:
    return Row(
        text=str(claim),
        url=page_of(claim.pk),
        badge=badge(
            "night_work_unconfirmed",
            verdict.get_state_display(),
        ),
        note=_("signed by %(author)s and %(approver)s")
        % {"author": verdict.author, "approver": verdict.approver},
        moment=ago(verdict.approver_signed_at),
    )


def failed_publications(user: User) -> Panel:
    """Schedules whose time came and whose publication was refused, each
    with the reason: readers wait for these.
    """
    claims = claims_of(user, "schedule_failed").order_by("created_at", "pk")
    return Panel(
        _("Failed publications"), claims, _failed_rows, list_of("schedule_failed"), read=with_people
    )


def _failed_rows(claims: list[Claim]) -> list[Row]:
    failed = ScheduledPublication.objects.filter(
        ended_at=None, job_state=JobState.FAILED, claim__in=claims
    )
    return [_failed_row(schedule) for schedule in failed.select_related("claim").order_by("at")]


def _failed_row(schedule: ScheduledPublication) -> Row:
    return Row(
        text=str(schedule.claim),
        url=page_of(schedule.claim_id),
        badge=badge("failed", _("scheduled publication failed")),
        note=schedule.last_error,
        moment=ago(schedule.at),
        late=True,
    )


add_panel(12, failed_publications)
add_panel(15, night_work)
