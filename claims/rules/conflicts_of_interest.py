"""Who should not check this claim, because they have declared an interest in somebody it is about
or stands on.
"""

from typing import Any

from django.db.models import Q

from claims.models import Claim, Interest
from claims.querysets import InterestQuerySet
from claims.rules.unmet import UnmetRequirement
from factcheck.newsroom.models import User


def interests_in(claim: Claim) -> InterestQuerySet:
    """Anybody's current ones: in the claimant, or in an owner of what is cited, whether it
    published or originated it.
    """
    cited = claim.evidence.all().active().order_by()
    # By name: of an owner that one desk alone knows there may be a second row, which everybody may
    # name.
    owners = Q(owner__name__in=cited.values("link__publisher__owner__name")) | Q(
        owner__name__in=cited.values("origin__owner__name")
    )
    named = Q(claimant=claim.claimant_id) if claim.claimant_id else Q(pk__in=())
    return Interest.objects.current().filter(named | owners)


def missing_interest_waiver(claim: Claim, *people: User | None) -> list[UnmetRequirement]:
    waived = (
        claim.waivers.filter(interest__isnull=False, revoked_at=None).order_by().values("interest")
    )
    standing = (
        interests_in(claim)
        .filter(user__in=[person for person in people if person])
        .exclude(pk__in=waived)
    )
    return [
        _missing(interest)
        for interest in standing.select_related("user", "claimant", "owner").order_by("pk")
    ]


def _missing(interest: Interest) -> UnmetRequirement:
    said = (
        f"{interest.user} has declared an interest in {interest.towards}: “{interest.about}”. Let"
        " somebody else do it, or have another editor waive it with a reason, which readers are"
        " told."
    )
    return UnmetRequirement("interest", said, "interests")


def disclosed(claim: Claim) -> list[dict[str, Any]]:
    """The interests that an editor let pass, as they are signed and printed."""
    waivers = claim.waivers.filter(interest__isnull=False, revoked_at=None).order_by("pk")
    return [
        {
            "person": str(waiver.interest.user),
            "about": waiver.interest.about,
            "towards": waiver.interest.towards,
            "reason": waiver.reason,
            "by": str(waiver.by),
            "at": waiver.at,
        }
        for waiver in waivers.select_related(
            "by", "interest__user", "interest__claimant", "interest__owner"
        )
        if waiver.interest
    ]
