"""A new person: the account nobody has a password for, their first
role, and the letter.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from factcheck.newsroom import account_links
from factcheck.newsroom.models import Desk, Membership, User


@dataclass(frozen=True, slots=True)
class FirstRole:
    """What somebody may do from the beginning: a role on a desk, until
    the end of a day if one is given.
    """

    desk: Desk
    role: str
    end_date: date | None = None
    assigned_only: bool = False


def invite(person: User, *, role: FirstRole, by: User | None) -> None:
    """Store the account, give the role and send the invitation. `by` is
    None for a command.
    """
    person.set_unusable_password()
    with transaction.atomic():
        person.save()
        Membership.objects.create(
            user=person,
            desk=role.desk,
            role=role.role,
            end_date=role.end_date,
            assigned_only=role.assigned_only,
        )
        account_links.send_invitation(person, by=by)
