"""A new person: the account nobody has a password for, their first
role, and the letter.
"""

from django.db import transaction

from factcheck.newsroom import account_links
from factcheck.newsroom.models import Desk, Membership, User


def invite(person: User, *, desk: Desk, role: str, by: User | None) -> None:
    """Store the account, give the role and send the invitation. `by` is
    None for a command.
    """
    person.set_unusable_password()
    with transaction.atomic():
        person.save()
        Membership.objects.create(user=person, desk=desk, role=role)
        account_links.send_invitation(person, by=by)
