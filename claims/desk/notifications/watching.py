"""Watching a claim: being told of what happens to it."""

from django.db.models import Exists, OuterRef

from claims.models import Claim, Watch
from claims.querysets.claims import ClaimQuerySet
from factcheck.newsroom.models import User


def watch(claim: Claim, *, by: User) -> None:
    """Twice is harmless. Raises Claim.DoesNotExist for a claim they
    may not see.
    """
    seen = Claim.objects.visible_to(by).get(pk=claim.pk)
    Watch.objects.get_or_create(user=by, claim=seen)


def unwatch(claim: Claim, *, by: User) -> None:
    Watch.objects.filter(user=by, claim=claim).delete()


def with_watched(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """Annotate `watched`: does this person watch it?"""
    rows = Watch.objects.filter(user=user, claim=OuterRef("pk"))
    return claims.annotate(watched=Exists(rows))
