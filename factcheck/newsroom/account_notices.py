"""Letters about access, so that nobody gets a way into an account
unnoticed: to the person, at the old address too, and to the editors of
their desks.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils.functional import Promise

from factcheck.ledger import change_context
from factcheck.newsroom import languages, mail
from factcheck.newsroom.choices import GrantKind, Role
from factcheck.newsroom.models import AccessGrant, Membership, User
from factcheck.newsroom.signals import access_given, address_changed, password_changed

# Editors are told only of rare changes that could let somebody else into an account, or
# into all accounts. Invitations and reset links are everyday work, and the mail with
# the link is notice enough. Editors learn of a new colleague with the first role.
_EDITORS_HEAR = frozenset(
    {
        GrantKind.PASSWORD,
        GrantKind.ADDRESS,
        GrantKind.FACTOR,
        GrantKind.MEMBERSHIP,
        GrantKind.SUPERUSER,
    }
)
_PERSON_HEARS_OTHERWISE = frozenset({GrantKind.ACCOUNT, GrantKind.LINK, GrantKind.PASSWORD})


@receiver(access_given, sender=AccessGrant, dispatch_uid="newsroom.access_given")
def tell_of_access(grant: AccessGrant, detail: str | Promise, **_: Any) -> None:
    # A person who has no password yet learns all of this from the invitation.
    if grant.what not in _PERSON_HEARS_OTHERWISE and grant.user.has_usable_password():
        _tell(grant.user, "access_given", grant, detail)
    # Editors are told of what a command does, too: no account is behind it that could
    # be asked. A new account is on no desk yet, so it has no editors.
    by_command = grant.by is None and grant.what != GrantKind.ACCOUNT
    if grant.what in _EDITORS_HEAR or by_command:
        for editor in editors_of(grant.user, grant.what).exclude(
            pk__in=[grant.by_id] if grant.by_id else []
        ):
            _tell(editor, "access_given_to_colleague", grant, detail)


def _tell(person: User, event: str, grant: AccessGrant, detail: str | Promise) -> None:
    # What a letter prints is stored with it, so in the words of whom it goes to.
    with languages.speaking_to(person):
        kind, about = str(grant.get_what_display()), str(detail)
    giver, receiver = str(grant.by) if grant.by else "", grant.user.get_username()
    mail.notify(person, event, giver=giver, kind=kind, detail=about, receiver=receiver)


@receiver(password_changed, sender=User, dispatch_uid="newsroom.password_changed")
def tell_of_password(user: User, **_: Any) -> None:
    mail.notify(user, "password_changed", username=user.get_username())


@receiver(address_changed, sender=User, dispatch_uid="newsroom.address_changed")
def tell_of_address(user: User, old_address: str, **_: Any) -> None:
    """At the old address: at the new one, whoever changed it may read along."""
    giver = change_context.actor()
    mail.notify(
        user,
        "address_changed",
        address=old_address,
        giver=str(giver) if giver else "",
        receiver=user.get_username(),
    )


def editors_of(user: User, what: str = "") -> QuerySet[User]:
    """Editors of the desks where they have a role; and all superusers
    where it is about that flag.
    """
    current = Membership.objects.current()
    desks = current.filter(user=user).values("desk")
    editors = current.filter(desk__in=desks, role=Role.EDITOR).values("user")
    people = Q(pk__in=editors)
    if what == GrantKind.SUPERUSER:
        people |= Q(is_superuser=True)
    return User.objects.filter(people, is_active=True).exclude(pk=user.pk)
