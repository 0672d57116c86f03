"""Listings: what readers see of published verdicts, and in which order."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Listing  # noqa: F401
    from claims.querysets.verdicts import VerdictQuerySet

# How lists for readers are ordered; the indexes of the model end in it.
NEWEST_FIRST = ("-first_published_at", "-pk")


class ListingQuerySet(models.QuerySet["Listing"]):
    def readable(self) -> "ListingQuerySet":
        """For people: all but those whose text is withheld while a
        correction is open.
        """
        return self.exclude(pk__in=_verdicts().withholding().values("corrects"))

    def citable(self) -> "ListingQuerySet":
        """For machines, which would repeat a verdict without the notice
        beside it: all without any reservation.
        """
        return self.filter(pk__in=_verdicts().citable().values("pk"))

    def newest_first(self) -> "ListingQuerySet":
        return self.order_by(*NEWEST_FIRST)

    def with_verdicts(self) -> "ListingQuerySet":
        """With what a row of a list shows."""
        return self.select_related("verdict__claim__desk", "claimant")


def _verdicts() -> "VerdictQuerySet":
    rows: VerdictQuerySet = apps.get_model("claims", "Verdict")._default_manager.order_by()
    return rows
