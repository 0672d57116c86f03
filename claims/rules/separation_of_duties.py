"""Two signatures must come from two people, not from two accounts: whoever lately gave
somebody access does not sign the same verdict as them.
"""

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.rules.unmet import UnmetRequirement
from factcheck.ledger import clock
from factcheck.newsroom.models import AccessGrant, User
from factcheck.newsroom.permissions import people_who


def missing_second_person(claim: Claim, author: User, *, by: User) -> list[UnmetRequirement]:
    """Unmet while an access grant between the two is in force, in either direction.

    An account somebody made, or set the password of, may still be in their hands.
    """
    grant = (
        AccessGrant.objects.between(author, by)
        .in_force(clock.now())
        .select_related("user", "by")
        .order_by("-blocks_until")
        .first()
    )
    if grant is None:
        return []
    message = _(
        "%(giver)s gave %(kind)s to %(receiver)s on %(day)s. Until %(end)s they cannot sign the"
        " same verdict, because one person could control both accounts. %(others)s"
    ) % {
        "giver": grant.by,
        "kind": grant.get_what_display(),
        "receiver": grant.user,
        "day": date_format(grant.at, "j F Y"),
        "end": date_format(grant.blocks_until, "j F Y"),
        "others": _other_approvers(claim, author, by),
    }
    return [UnmetRequirement("separation_of_duties", message, "signatures")]


def _other_approvers(claim: Claim, author: User, by: User) -> str:
    """Who else may approve, so that the refusal names a way forward."""
    grants = AccessGrant.objects.in_force(clock.now())
    # `by` of a grant is null where a command made it: nobody stands behind that.
    barred = {
        *grants.filter(user=author).values_list("by", flat=True),
        *grants.filter(by=author).values_list("user", flat=True),
    }
    people = people_who("claim.approve", claim.desk_id).exclude(
        pk__in={author.pk, by.pk, *(pk for pk in barred if pk)}
    )
    names = [str(person) for person in people[:5]]
    if not names:
        return _("Nobody else at %(desk)s can approve it now. Ask an editor there.") % {
            "desk": claim.desk
        }
    return _("It can be approved by %(people)s.") % {"people": get_text_list(names)}
