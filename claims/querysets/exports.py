"""Exports of desks, for who may have them."""

from typing import TYPE_CHECKING

from django.db import models

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import DeskExport  # noqa: F401


class DeskExportQuerySet(models.QuerySet["DeskExport"]):
    def visible_to(self, user: User) -> "DeskExportQuerySet":
        return self.filter(desk__in=desks_where(user, "claim.export"))
