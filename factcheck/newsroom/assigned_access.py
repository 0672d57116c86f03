"""What an assigned-only membership reaches of articles, links and
captures, which have no assignee themselves.

The app that assigns the work registers here which of those rows belong
to it. `sources` must not import `claims`, so it asks through this
module.
"""

from collections.abc import Callable

from django.db.models import Q

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where_assigned

AssignedFilter = Callable[[User], Q]
_registered: dict[str, AssignedFilter] = {}


def register_assigned(label: str, condition: AssignedFilter) -> None:
    """`condition` gives the rows of `label`, such as sources.link, that
    belong to a person's own work. To be called once for each label,
    while the app is loaded.
    """
    _registered[label] = condition


def assigned_to(label: str, user: User) -> Q:
    """The registered condition; no rows where nothing is registered."""
    condition = _registered.get(label)
    # Q() would match everything; an empty list matches nothing.
    return condition(user) if condition else Q(pk__in=())


def with_assigned(whole: Q, label: str, user: User, action: str) -> Q:
    """`whole` are the rows of the desks that the person sees as a
    whole; added are those of their own work on desks where they are
    assigned-only.
    """
    desks = desks_where_assigned(user, action)
    # Left out where it adds nothing: an OR with a subquery can cost the index.
    return whole | (Q(desk__in=desks) & assigned_to(label, user)) if desks else whole
