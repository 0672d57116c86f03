"""The home panel of what was said again and waits for a second person."""

from django.urls import reverse

from claims.admin.home.claims import ROWS
from claims.models import Repetition
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where


def said_again(user: User) -> Panel | None:
    """For those who could confirm it; None while nothing waits."""
    desks = desks_where(user, "repetition.confirm")
    waiting = (
        Repetition.objects.visible_to(user)
        .waiting()
        .filter(claim__desk__in=desks)
        .exclude(added_by=user)
    )
    some = waiting.select_related("claim", "added_by").order_by("added_at", "pk")[:ROWS]
    rows = [_row(row) for row in some] if desks else []
    if not rows:
        return None
    return Panel(
        "Said again, to be confirmed",
        rows,
        waiting.count() if len(rows) == ROWS else len(rows),
        "",
        "",
    )


def _row(row: Repetition) -> Row:
    return Row(
        text=str(row.claim),
        url=reverse("admin:claims_claim_change", args=[row.claim_id]) + "#repetitions",
        badge=badge("in_review", "said again"),
        note=f"{row.claimant_name}, added by {row.added_by}",
        moment=ago(row.added_at),
    )


add_panel(18, said_again)
