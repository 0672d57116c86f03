"""Which verdicts machines are told of: the one query behind every format."""

from uuid import UUID

from django.db.models import Q

from claims.models import Verdict
from claims.querysets.verdicts import VerdictQuerySet


def for_machines(*, topic: UUID | None = None, claimant: UUID | None = None) -> VerdictQuerySet:
    """Published verdicts without reservation, the latest version first:
    a correction brings an old verdict to those who follow a feed.
    """
    rows = Verdict.objects.citable().select_related("claim__desk", "claim__topic")
    if topic:
        rows = rows.filter(claim__topic__public_id=topic)
    if claimant:
        rows = rows.filter(_published_as_said_by(claimant))
    return rows.order_by("-published_at", "-pk")


def _published_as_said_by(claimant: UUID) -> Q:
    # An open correction may have given the claim another claimant already, which
    # readers learn of when it is published.
    corrections = Verdict.objects.open_corrections()
    before = corrections.filter(claimant_before__public_id=claimant)
    unchanged = ~Q(claim__in=corrections.values("claim"))
    return Q(claim__claimant__public_id=claimant) & unchanged | Q(pk__in=before.values("corrects"))
