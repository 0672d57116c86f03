"""The home panel of published verdicts that are due for a recheck."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.home.claims import ROWS
from claims.admin.rechecks.panels import cause_of
from claims.choices import RecheckDecision
from claims.models import Recheck
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def rechecks_due(user: User) -> Panel | None:
    """For editors, who decide; None while no recheck is open."""
    waiting = Recheck.objects.to_decide_by(user)
    first = waiting.select_related(
        "claim", "link", "article", "cause_verdict__claim", "assignee"
    ).order_by("opened_at", "pk")[:ROWS]
    rows = [_row(recheck) for recheck in first]
    if not rows:
        return None
    pending = urlencode({"decision": RecheckDecision.PENDING.value})
    url = f"{reverse('admin:claims_recheck_changelist')}?{pending}"
    return Panel(_("Rechecks due"), rows, waiting.count() if len(rows) == ROWS else len(rows), url)


def _row(recheck: Recheck) -> Row:
    return Row(
        text=str(recheck.claim),
        url=reverse("admin:claims_recheck_change", args=[recheck.pk]),
        badge=badge(recheck.decision, str(recheck.get_cause_display())),
        note=recheck.note or cause_of(recheck)[0],
        moment=ago(recheck.opened_at),
    )


add_panel(17, rechecks_due)
