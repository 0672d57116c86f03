"""Imports and what they brought, for the people of a desk."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import DeskAccess, desks_where

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Import, ImportedFactCheck  # noqa: F401


def on_their_desks(user: User, prefix: str = "", reach: DeskAccess | None = None) -> Q:
    """The one rule of who sees an imported fact check. `prefix` is the
    path to it, such as "fact_check__"; `reach` the desks if already read.
    """
    reach = reach or DeskAccess.of(user)
    return Q(**{f"{prefix}desk__in": reach.where("fact_check.view")})


class ImportedFactCheckQuerySet(models.QuerySet["ImportedFactCheck"]):
    def visible_to(self, user: User) -> "ImportedFactCheckQuerySet":
        return self.filter(on_their_desks(user))


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: User) -> "ImportQuerySet":
        """A file may hold more than was imported: for who may import alone."""
        return self.filter(desk__in=desks_where(user, "fact_check.import"))
