"""The home panel of published verdicts that are due for a recheck."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.rechecks.panels import cause_of
from claims.admin.rechecks.screen import TO_DECIDE
from claims.models import Recheck
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def rechecks_due(user: User) -> Panel:
    """For editors, who decide; none while no recheck is open."""
    return Panel(
        _("Rechecks due"),
        Recheck.objects.to_decide_by(user).order_by("opened_at", "pk"),
        lambda found: [_row(recheck) for recheck in found],
        f"{reverse('admin:claims_recheck_changelist')}?{urlencode({'decision': TO_DECIDE})}",
        read=lambda found: found.select_related(
            "claim", "link", "article", "cause_verdict__claim", "assignee"
        ),
    )


def _row(recheck: Recheck) -> Row:
    return Row(
        text=str(recheck.claim),
        url=reverse("admin:claims_recheck_change", args=[recheck.pk]),
        badge=badge(recheck.decision, str(recheck.get_cause_display())),
        note=recheck.note or cause_of(recheck)[0],
        moment=ago(recheck.opened_at),
    )


add_panel(21, rechecks_due)
