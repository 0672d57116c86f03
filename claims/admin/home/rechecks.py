"""The home panel of published verdicts that wait for another look."""

from urllib.parse import urlencode

from django.urls import reverse

from claims.admin.home.claims import ROWS
from claims.admin.rechecks.panels import cause_of
from claims.choices import RecheckDecision
from claims.models import Recheck
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def rechecks_due(user: User) -> Panel | None:
    """For editors, who decide; None while nothing waits."""
    waiting = Recheck.objects.to_decide_by(user)
    some = waiting.select_related(
        "claim", "link", "article", "cause_verdict__claim", "assignee"
    ).order_by("opened_at", "pk")[:ROWS]
    rows = [_row(task) for task in some]
    if not rows:
        return None
    pending = urlencode({"decision": RecheckDecision.PENDING.value})
    url = f"{reverse('admin:claims_recheck_changelist')}?{pending}"
    return Panel(
        "Due for another look", rows, waiting.count() if len(rows) == ROWS else len(rows), url, ""
    )


def _row(task: Recheck) -> Row:
    return Row(
        text=str(task.claim),
        url=reverse("admin:claims_recheck_change", args=[task.pk]),
        badge=badge(task.decision, str(task.get_cause_display())),
        note=task.note or cause_of(task)[0],
        moment=ago(task.opened_at),
    )


add_panel(17, rechecks_due)
