"""The home panel of queries that mention me: nobody else would tell me that a colleague waits."""

from django.urls import reverse

from claims.admin.home.claims import ROWS
from claims.models import Query
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User


def mentions_me(user: User) -> Panel | None:
    """None where nobody waits: most days, and for those who never see queries."""
    waiting = (
        Query.objects.visible_to(user).filter(resolved_at=None, messages__mentioned=user).distinct()
    )
    rows = [
        _row(query)
        for query in waiting.select_related("claim", "opened_by").order_by("opened_at", "pk")[:ROWS]
    ]
    return Panel("Queries that mention you", rows, 0, "", "Nobody waits for you.") if rows else None


def _row(query: Query) -> Row:
    claim = reverse("admin:claims_claim_change", args=[query.claim_id])
    return Row(
        text=str(query.claim),
        url=f"{claim}#query-{query.public_id}",
        badge=badge("blocked", "blocks") if query.blocking else badge("open", "open"),
        note=f"asked by {query.opened_by}",
        moment=ago(query.opened_at),
    )


add_panel(12, mentions_me)
