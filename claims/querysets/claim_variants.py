"""Which claims are variants of which."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from claims.querysets.access import seen_by
from factcheck.newsroom.models import User

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import ClaimVariant  # noqa: F401


class ClaimVariantQuerySet(models.QuerySet["ClaimVariant"]):
    def visible_to(self, user: User) -> "ClaimVariantQuerySet":
        """Of two claims that this person sees."""
        return self.filter(seen_by(user, "claim__")).filter(seen_by(user, "canonical__"))

    def around(self, claim: int) -> "ClaimVariantQuerySet":
        """All that was ever linked to the claim, or to what it was a
        variant of.
        """
        of = self.model._default_manager.order_by().filter(claim=claim).values("canonical")
        return self.filter(Q(canonical=claim) | Q(canonical__in=of))

    def around_now(self, claim: int) -> "ClaimVariantQuerySet":
        """The group of the claim: what is linked to it, or to what it
        is a variant of.
        """
        links = self.model._default_manager.in_force().order_by()
        of = links.filter(claim=claim).values("canonical")
        return self.in_force().filter(Q(canonical=claim) | Q(canonical__in=of))

    def in_force(self) -> "ClaimVariantQuerySet":
        return self.filter(undone_at__isnull=True)
