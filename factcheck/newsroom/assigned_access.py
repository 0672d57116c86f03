"""What an assigned-only membership reaches of the tables below the work: an article, a link or a
copy has no assignee itself.

The app that gives out the work says here how its claims are tied to those rows; the tables below
know nothing of it.
"""

from collections.abc import Callable

from django.db.models import Q

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where_assigned

AssignedFilter = Callable[[User], Q]
_ties: dict[str, AssignedFilter] = {}


def register_assigned(label: str, reached: AssignedFilter) -> None:
    """`reached` is the condition on rows of `label` (such as sources.link) that belong to
    somebody's own work.
    """
    _ties[label] = reached


def assigned_to(label: str, user: User) -> Q:
    """Nothing, where no app has said otherwise."""
    reached = _ties.get(label)
    return reached(user) if reached else Q(pk__in=())


def with_assigned(whole: Q, label: str, user: User, action: str) -> Q:
    """The rows of whole desks, and those of a person's own work on desks where they see no more
    than that.
    """
    desks = desks_where_assigned(user, action)
    return whole | (Q(desk__in=desks) & assigned_to(label, user)) if desks else whole
