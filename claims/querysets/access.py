"""What a person reaches by their roles, for queries on claims and on
rows that belong to one.

Each visible_to() is the SQL form of the permission that `may` checks on
one object. They stay in the database, so that lists, counts and pages
never hold a row that is filtered out afterwards.
"""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import DeskAccess

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Claim, Verdict


def own_work(user: User) -> models.QuerySet["Claim"]:
    """The claims a person is assigned to or has signed: the relations
    in permissions.ASSIGNED.
    """
    return _claims().filter(pk__in=own_work_keys(user))


def own_work_keys(user: User) -> models.QuerySet[Any]:
    """The keys of `own_work`, for rows that have the claim's key
    themselves: without a join to a million claims.
    """
    assigned = _claims().filter(assignee=user).values("pk")
    # A UNION reads two short indexes; with OR, PostgreSQL reads every claim there is.
    return assigned.union(signed_by(user).values("claim"))


def signed_by(user: User) -> models.QuerySet["Verdict"]:
    """The verdicts that the person signed as author."""
    verdicts = apps.get_model("claims", "Verdict")._default_manager.order_by()
    return verdicts.filter(author=user).exclude(author_hash="")


def _claims() -> models.QuerySet["Claim"]:
    # order_by() without arguments: a subquery need not be sorted by the model's
    # ordering.
    claims: models.QuerySet[Claim] = apps.get_model("claims", "Claim")._default_manager.order_by()
    return claims


def reached(user: User, action: str, prefix: str, reach: DeskAccess | None = None) -> Q:
    """What a person's roles allow: everything on some desks, their own
    work on others.

    `prefix` is the path to the claim, such as "claim__"; `reach` the
    desks if already read.
    """
    reach = reach or DeskAccess.of(user)
    everywhere = reach.where(action)
    whole = Q(**{f"{prefix}desk__in": everywhere})
    desks = reach.assigned(action) - everywhere
    # The subquery on one's own work is left out for people who have no assigned-only
    # role: it is the costly part, and almost nobody has one.
    return (
        whole | Q(**{f"{prefix}desk__in": desks, f"{prefix}pk__in": own_work_keys(user)})
        if desks
        else whole
    )


def seen_by(user: User, prefix: str = "", reach: DeskAccess | None = None) -> Q:
    """The one rule of who sees a claim, for a query on claims or on
    rows that belong to one.

    Every action and page uses it, so a condition that the person's
    roles cannot need is left out, as is one about desks whose claims
    they see anyway. `reach` is as in `reached`.
    """
    reach = reach or DeskAccess.of(user)
    everywhere = reach.where("claim.view")
    seen = reached(user, "claim.view", prefix, reach)
    if submitted := reach.related("article.view") - everywhere:
        seen |= Q(
            **{
                f"{prefix}desk__in": submitted,
                f"{prefix}suggestion__version__article__submitted_by": user,
            }
        )
    # Legal sees only the claims that were shared with it.
    if advised := reach.where("query.privileged") - everywhere:
        seen |= Q(**{f"{prefix}desk__in": advised, f"{prefix}shared_with_legal": True})
    return seen
