"""Four eyes are two people, not two accounts: whoever lately gave somebody a way in does not sign
beside them.
"""

from claims.models import Claim
from claims.rules.unmet import UnmetRequirement
from factcheck.ledger import clock
from factcheck.newsroom.models import AccessGrant, User
from factcheck.newsroom.permissions import people_who


def missing_second_person(claim: Claim, author: User, *, by: User) -> list[UnmetRequirement]:
    now = clock.now()
    grant = (
        AccessGrant.objects.between(author, by)
        .in_force(now)
        .select_related("user", "by")
        .order_by("-blocks_until")
        .first()
    )
    if grant is None:
        return []
    said = (
        f"{grant.by} gave {grant.get_what_display()} to {grant.user} on {grant.at:%-d %B %Y}. Until"
        f" {grant.blocks_until:%-d %B %Y} the two do not sign the same verdict, for one person"
        f" could hold both accounts. {_others(claim, author, by)}"
    )
    return [UnmetRequirement("same_hands", said, "signatures")]


def _others(claim: Claim, author: User, by: User) -> str:
    """Who else may sign: the rule must not leave anybody standing before a closed door."""
    near = AccessGrant.objects.in_force(clock.now())
    assigned_to = {
        *near.filter(user=author).values_list("by", flat=True),
        *near.filter(by=author).values_list("user", flat=True),
    }
    people = people_who("claim.approve", claim.desk_id).exclude(
        pk__in={author.pk, by.pk, *(pk for pk in assigned_to if pk)}
    )
    names = [str(person) for person in people[:5]]
    return (
        f"It can be approved by {' or '.join(names)}."
        if names
        else f"Nobody else of {claim.desk} may approve it now: ask for another editor there."
    )
