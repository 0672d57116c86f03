"""Claims that exports of other newsrooms brought, for the people of a desk."""

from typing import TYPE_CHECKING

from django.db import models

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import ImportedClaim  # noqa: F401


class ImportedClaimQuerySet(models.QuerySet["ImportedClaim"]):
    def visible_to(self, user: User) -> "ImportedClaimQuerySet":
        # Nothing of an export is shown before all of it is here.
        whole = self.filter(came_with__finished_at__isnull=False)
        return whole.filter(desk__in=desks_where(user, "fact_check.view"))
