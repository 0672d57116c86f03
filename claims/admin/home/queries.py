"""The home panels of queries: those that mention the person, and
sign-offs that legal is asked for.
"""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from claims.admin.claim_work import claims_of, list_of, queries_for, sign_offs_for
from claims.admin.home.rows import page_of, with_people
from claims.models import Claim, Query
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where


def mentions_me(user: User) -> Panel:
    """A line for each claim with its oldest open query; none on most days."""
    return _panel(_("Queries that mention you"), user, "asked", queries_for(user), "")


def sign_offs(user: User) -> Panel | None:
    """For legal."""
    if not desks_where(user, "query.sign_off"):
        return None
    empty = _("No sign-off is asked of you. Editors ask for one on the page of a claim.")
    return _panel(_("Awaiting your sign-off"), user, "sign_off", sign_offs_for(user), empty)


def _panel(title: str, user: User, work: str, waiting: Any, empty: str) -> Panel:
    asked_at = waiting.filter(claim=OuterRef("pk")).order_by("opened_at", "pk").values("opened_at")
    claims = claims_of(user, work).annotate(asked_at=Subquery(asked_at[:1]))
    return Panel(
        title,
        claims.order_by("asked_at", "pk"),
        lambda found: _rows(found, waiting),
        list_of(work),
        empty,
        read=with_people,
    )


def _rows(claims: list[Claim], waiting: Any) -> list[Row]:
    oldest: dict[int, Query] = {}
    queries = waiting.filter(claim__in=claims).select_related("opened_by", "claim")
    for query in queries.order_by("opened_at", "pk"):
        oldest.setdefault(query.claim_id, query)
    return [_row(oldest[claim.pk]) for claim in claims if claim.pk in oldest]


def _row(query: Query) -> Row:
    return Row(
        text=str(query.claim),
        url=f"{page_of(query.claim_id)}#query-{query.public_id}",
        badge=(
            badge("blocked", _("blocks signing")) if query.blocking else badge("open", _("open"))
        ),
        note=_("asked by %(person)s") % {"person": query.opened_by},
        moment=ago(query.opened_at),
    )


add_panel(5, sign_offs)
add_panel(13, mentions_me)
