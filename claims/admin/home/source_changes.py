"""The home panel of cited pages that say something else than we read in them."""

from urllib.parse import urlencode

from django.urls import reverse

from claims.admin.home.claims import ROWS
from claims.choices import SourceChangeDecision
from claims.models import SourceChange
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def sources_changed(user: User) -> Panel | None:
    """None while nothing waits."""
    waiting = SourceChange.objects.to_decide_by(user)
    some = waiting.select_related("evidence__claim", "evidence__link__publisher").order_by(
        "noticed_at", "pk"
    )[:ROWS]
    rows = [_row(change) for change in some]
    if not rows:
        return None
    total = waiting.count() if len(rows) == ROWS else len(rows)
    pending = urlencode({"decision": SourceChangeDecision.PENDING.value})
    url = f"{reverse('admin:claims_sourcechange_changelist')}?{pending}"
    return Panel("Sources that changed", rows, total, url, "")


def _row(change: SourceChange) -> Row:
    item = change.evidence
    return Row(
        text=f"{item.link.publisher}, source {item.number} of “{item.claim}”",
        url=reverse("admin:claims_sourcechange_change", args=[change.pk]),
        badge=badge(change.quote_state, change.get_quote_state_display()),
        note="says something else than we read in it",
        moment=ago(change.noticed_at),
    )


add_panel(15, sources_changed)
