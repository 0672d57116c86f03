"""Service accounts: another system of a desk, such as its content
system, under a name of its own.

It is a user with the role `service` and without a password, and comes
by tokens alone. Nobody is behind it: it takes, signs and decides
nothing, and is asked and told nothing. The database refuses the same
(`factcheck.newsroom.guards`).
"""

import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from factcheck.ledger import change_context
from factcheck.newsroom.choices import Role
from factcheck.newsroom.managed import manageable_desks, manageable_services
from factcheck.newsroom.models import ApiToken, Desk, Membership, User

LONGEST_NAME = 100


def create(desk: Desk, *, by: User | None, name: str) -> tuple[User, bool]:
    """The service account of this name on the desk, and whether it is
    new. `by` is None for a command.
    """
    if by and not manageable_desks(by).filter(pk=desk.pk).exists():
        raise PermissionDenied(
            _("Only admins of %(desk)s create service accounts there.") % {"desk": desk}
        )
    line = " ".join(name.split())
    if not line or len(line) > LONGEST_NAME:
        raise ValidationError(
            {"name": _("Name the system, in at most %(most)s characters.") % {"most": LONGEST_NAME}}
        )
    with transaction.atomic(), change_context.acting_as(by):
        # The lock makes two equal requests one account.
        Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
        existing = User.objects.filter(
            is_service=True, is_active=True, byline=line, memberships__desk=desk
        ).first()
        if existing:
            return existing, False
        account = User(username=_username(line), byline=line, is_service=True)
        account.set_unusable_password()
        account.save()
        Membership.objects.create(user=account, desk=desk, role=Role.SERVICE)
    return account, True


def end(account: User, *, by: User | None) -> None:
    """Revoke its tokens and close it for good; its name stays on what it
    sent. Ending it again changes nothing.
    """
    if by and not manageable_services(by).filter(pk=account.pk).exists():
        raise PermissionDenied(_("Only admins of its desk end a service account."))
    with transaction.atomic(), change_context.acting_as(by):
        row = User.objects.select_for_update(no_key=True).get(pk=account.pk)
        if row.is_active:
            row.is_active = False
            row.save(update_fields=["is_active"])
            ApiToken.revoke_all(row)


def _username(name: str) -> str:
    # With random letters: user names are unique over all desks, and must not tell one
    # desk what another has.
    return f"service-{slugify(name)[:80] or 'account'}-{secrets.token_hex(3)}"
