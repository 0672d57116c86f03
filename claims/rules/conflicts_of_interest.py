"""Who should not check this claim, because they declared an interest in
somebody it is about or in the owner of a source it cites.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from claims.models import Claim, Interest
from claims.querysets.desk import InterestQuerySet
from claims.rules.unmet import UnmetRequirement
from factcheck.newsroom.models import User
from sources.models import Claimant


def interests_in(claim: Claim) -> InterestQuerySet:
    """Everybody's current interests in the claimant, or in an owner of
    a cited publisher or of an original source.
    """
    cited = claim.evidence.all().active().order_by()
    # By name, not by key: a desk may keep an owner of its own that has the name of a
    # row known to all desks, and an interest in one is an interest in the other.
    owners = Q(owner__name__in=cited.values("link__publisher__owner__name")) | Q(
        owner__name__in=cited.values("origin__owner__name")
    )
    # Desks keep claimants of their own too. `claimant=None` would match the interests
    # that name an owner only.
    claimants = (
        Q(claimant__in=Claimant.objects.same_as(claim.claimant)) if claim.claimant else Q(pk__in=())
    )
    return Interest.objects.current().filter(claimants | owners)


def missing_interest_waiver(
    claim: Claim,
    *people: User | None,
) -> list[UnmetRequirement]:
    """One requirement for each interest of these people that no editor has waived."""
    involved = [person for person in people if person]
    # Every signature and approval asks this, and few people have declared anything: the
    # costly part, which reads all that the claim cites, is for those alone.
    if not Interest.objects.current().filter(user__in=involved).exists():
        return []
    waived = (
        claim.waivers.filter(interest__isnull=False, revoked_at=None).order_by().values("interest")
    )
    unwaived = interests_in(claim).filter(user__in=involved).exclude(pk__in=waived)
    return [
        _missing(interest)
        for interest in unwaived.select_related("user", "claimant", "owner").order_by("pk")
    ]


def _missing(interest: Interest) -> UnmetRequirement:
    message = _(
        "%(person)s has a conflict of interest regarding %(towards)s: “%(about)s”. Assign someone"
        " else, or ask another editor for a waiver (shown to readers)."
    ) % {
        "person": interest.user,
        "towards": interest.towards,
        "about": interest.about,
    }
    return UnmetRequirement("interest", message, "interests")


def disclosed_interests(claim: Claim) -> list[dict[str, Any]]:
    """The interests that an editor waived, as they are signed and printed."""
    # all(), not filter(): the workbench prefetches the waivers.
    in_force = [waiver for waiver in claim.waivers.all() if waiver.revoked_at is None]
    return [
        {
            "person": str(waiver.interest.user),
            "about": waiver.interest.about,
            "towards": waiver.interest.towards,
            "reason": waiver.reason,
            "by": str(waiver.by),
            "at": waiver.at,
        }
        for waiver in sorted(in_force, key=lambda waiver: waiver.pk)
        if waiver.interest
    ]
