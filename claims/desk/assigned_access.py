"""Which articles, links and captures a member with assigned work only
may see.

`sources` cannot import `claims`, so the conditions are registered with
the newsroom.
"""

from django.db.models import Q, QuerySet

from claims.models import Evidence
from claims.querysets.access import own_work, own_work_keys
from factcheck.newsroom.assigned_access import register_assigned
from factcheck.newsroom.models import User
from sources.models import LinkCheck


def _articles(user: User) -> Q:
    return Q(pk__in=own_work(user).filter(suggestion__isnull=False).values("suggestion__article"))


def _links(user: User) -> Q:
    return Q(pk__in=_cited(user).values("link"))


def _captures(user: User) -> Q:
    """Those that evidence uses, and those of any other check of the same links."""
    cited = _cited(user).filter(capture__isnull=False).values("capture")
    checked = (
        LinkCheck.objects.order_by()
        .filter(link__in=_cited(user).values("link"), capture__isnull=False)
        .values("capture")
    )
    return Q(pk__in=cited) | Q(pk__in=checked)


def _cited(user: User) -> QuerySet[Evidence]:
    # Used as a subquery only, where the default order would be sorted for nothing.
    return Evidence.objects.order_by().filter(claim__in=own_work_keys(user))


register_assigned("sources.article", _articles)
register_assigned("sources.link", _links)
register_assigned("sources.capture", _captures)
