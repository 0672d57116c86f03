"""The home panel of tips that wait for a decision."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.tips import TO_DECIDE, page_of, what_was_sent
from claims.models import Tip
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def tips_waiting(user: User) -> Panel:
    """For checkers and editors, oldest first; none while none waits."""
    return Panel(
        _("Tips waiting"),
        Tip.objects.to_decide_by(user).order_by("received_at", "pk"),
        lambda found: [_row(tip) for tip in found],
        f"{reverse('admin:claims_tip_changelist')}?{urlencode({'state': TO_DECIDE})}",
        read=lambda found: found.select_related("message"),
    )


def _row(tip: Tip) -> Row:
    return Row(
        text=what_was_sent(tip),
        url=page_of(tip),
        badge=badge(tip.state, tip.get_kind_display()),
        moment=ago(tip.received_at),
    )


add_panel(23, tips_waiting)
