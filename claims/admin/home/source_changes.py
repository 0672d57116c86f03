"""The home panel of cited pages that no longer say what their capture says."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.home.claims import ROWS
from claims.choices import SourceChangeDecision
from claims.models import SourceChange
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def sources_changed(user: User) -> Panel | None:
    """None while no source change is pending."""
    waiting = SourceChange.objects.to_decide_by(user)
    first = waiting.select_related("evidence__claim", "evidence__link__publisher").order_by(
        "noticed_at", "pk"
    )[:ROWS]
    rows = [_row(change) for change in first]
    if not rows:
        return None
    total = waiting.count() if len(rows) == ROWS else len(rows)
    pending = urlencode({"decision": SourceChangeDecision.PENDING.value})
    url = f"{reverse('admin:claims_sourcechange_changelist')}?{pending}"
    return Panel(_("Changed sources"), rows, total, url)


def _row(change: SourceChange) -> Row:
    item = change.evidence
    return Row(
        text=_("%(publisher)s, source %(number)s of “%(claim)s”")
        % {"publisher": item.link.publisher, "number": item.number, "claim": item.claim},
        url=reverse("admin:claims_sourcechange_change", args=[change.pk]),
        badge=badge(change.quote_state, change.get_quote_state_display()),
        note=_("text differs from our capture"),
        moment=ago(change.noticed_at),
    )


add_panel(15, sources_changed)
