"""Claims."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from claims.choices import Status
from claims.querysets.access import seen_by
from factcheck.newsroom.models import User

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Claim  # noqa: F401


# Statuses in which a claim has no signature.
UNSIGNED = (Status.OPEN, Status.IN_PROGRESS)
UNFINISHED = (Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED, Status.ON_HOLD)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: User) -> "ClaimQuerySet":
        return self.filter(seen_by(user))

    def unfinished(self) -> "ClaimQuerySet":
        return self.filter(status__in=UNFINISHED)

    def unsigned(self) -> "ClaimQuerySet":
        """Those without a signature, also if they are on hold or
        merged: these count by the status they return to.
        """
        on_hold = Q(status=Status.ON_HOLD) | Q(status=Status.MERGED, merged_from=Status.ON_HOLD)
        merged = Q(status=Status.MERGED, merged_from__in=UNSIGNED)
        return self.filter(Q(status__in=UNSIGNED) | merged | (on_hold & Q(held_from__in=UNSIGNED)))

    def mine(self, user: User) -> "ClaimQuerySet":
        return self.unfinished().filter(assignee=user)
