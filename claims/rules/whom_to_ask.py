"""Whom to ask for what one may not do: people by name, or, where the
desk has nobody for it, those who can give somebody the role.
"""

from collections.abc import Collection

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from claims.models import Claim
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import people_who

MOST_NAMES = 5


def people_for(action: str, claim: Claim, *, but: Collection[int] = ()) -> list[User]:
    """Who may do it to any claim of the desk, without these people."""
    return list(people_who(action, claim.desk_id).exclude(pk__in=but))


def whom_to_ask(action: str, claim: Claim, *, but: Collection[int] = ()) -> str:
    """A sentence; `but` are those who may not do it to this claim."""
    return ask(people_for(action, claim, but=but), claim)


def ask(people: Collection[User], claim: Claim) -> str:
    """A sentence that names these people; without any, the admins."""
    if people:
        return _("Ask %(people)s.") % {"people": _names(people)}
    admins = people_who("people.manage", claim.desk_id)
    if admins:
        return _("Nobody else on %(desk)s can do it now. Ask for the role: %(admins)s.") % {
            "desk": claim.desk,
            "admins": _names(admins),
        }
    return _("Nobody else on %(desk)s can do it now, and the desk has no admin to ask.") % {
        "desk": claim.desk
    }


def _names(people: Collection[User]) -> str:
    names = [str(person) for person in people]
    more = [_("others")] if len(names) > MOST_NAMES else []
    return get_text_list([*names[:MOST_NAMES], *more], _("or"))
