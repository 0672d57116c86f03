"""The home panels of cited pages that no longer say what their capture
says: those of one's own claims, and the others of the desk.
"""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.source_changes import MINE, OTHERS, TO_DECIDE
from claims.models import SourceChange
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def my_sources_changed(user: User) -> Panel:
    waiting = SourceChange.objects.to_decide_by(user).of_own_claims(user)
    return _panel(_("Changed sources of my claims"), waiting, MINE)


def sources_changed(user: User) -> Panel:
    waiting = SourceChange.objects.to_decide_by(user).of_other_claims(user)
    return _panel(_("Changed sources"), waiting, OTHERS)


def _panel(title: str, waiting: QuerySet[SourceChange], whose: str) -> Panel:
    asked = urlencode({"decision": TO_DECIDE, "claims": whose})
    return Panel(
        title,
        waiting.order_by("noticed_at", "pk"),
        lambda found: [_row(change) for change in found],
        f"{reverse('admin:claims_sourcechange_changelist')}?{asked}",
        read=_with_evidence,
    )


def _with_evidence(changes: QuerySet[SourceChange]) -> QuerySet[SourceChange]:
    return changes.select_related("evidence__claim", "evidence__link__publisher")


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


add_panel(14, my_sources_changed)
add_panel(20, sources_changed)
