"""What of articles, links and copies belongs to a claim somebody is assigned to: told to those who
keep these tables.
"""

from django.db.models import Q, QuerySet

from claims.models import Evidence
from claims.querysets import own_work
from factcheck.newsroom.assigned_access import register_assigned
from factcheck.newsroom.models import User
from sources.models import LinkCheck


def _articles(user: User) -> Q:
    return Q(pk__in=own_work(user).filter(suggestion__isnull=False).values("suggestion__article"))


def _links(user: User) -> Q:
    return Q(pk__in=_cited(user).values("link"))


def _captures(user: User) -> Q:
    """Those the evidence stands on, and the other looks at its links."""
    pinned = _cited(user).filter(capture__isnull=False).values("capture")
    night_confirmed_at = (
        LinkCheck.objects.order_by()
        .filter(link__in=_cited(user).values("link"), capture__isnull=False)
        .values("capture")
    )
    return Q(pk__in=pinned) | Q(pk__in=night_confirmed_at)


def _cited(user: User) -> QuerySet[Evidence]:
    return Evidence.objects.order_by().filter(claim__in=own_work(user).values("pk"))


register_assigned("sources.article", _articles)
register_assigned("sources.link", _links)
register_assigned("sources.capture", _captures)
