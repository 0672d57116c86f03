"""The home panel of open queries that mention the person."""

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.home.claims import ROWS
from claims.models import Query
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def mentions_me(user: User) -> Panel | None:
    """None while there is none, as on most days."""
    # distinct: a query that mentions somebody in three messages is still one.
    waiting = (
        Query.objects.visible_to(user).filter(resolved_at=None, messages__mentioned=user).distinct()
    )
    rows = [
        _row(query)
        for query in waiting.select_related("claim", "opened_by").order_by("opened_at", "pk")[:ROWS]
    ]
    return Panel(_("Queries that mention you"), rows) if rows else None


def _row(query: Query) -> Row:
    claim = reverse("admin:claims_claim_change", args=[query.claim_id])
    return Row(
        text=str(query.claim),
        url=f"{claim}#query-{query.public_id}",
        badge=(
            badge("blocked", _("blocks signing")) if query.blocking else badge("open", _("open"))
        ),
        note=_("asked by %(person)s") % {"person": query.opened_by},
        moment=ago(query.opened_at),
    )


add_panel(12, mentions_me)
