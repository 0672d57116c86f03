"""Finds accounts, roles and tokens that were changed past the
application, as by SQL.

Each audit entry about an account carries a seal: the hash of what lets
somebody in. A stored account whose seal is not the last recorded one
was changed by something that writes no audit entries. The seal tells
nothing to whoever reads it: the stored password in it is salted.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.models import AuditEntry

if TYPE_CHECKING:
    from factcheck.newsroom.models import ApiToken, Membership, User

SEAL = "seal"
SEALED = ("password", "email", "is_superuser", "is_active")


def seal_of(user: "User") -> str:
    return sha256("\n".join(str(getattr(user, name)) for name in ("public_id", *SEALED)))


def _recorded(object_type: str) -> dict[str, dict[str, Any]]:
    """{object id: {field: the value last recorded}}, of rows whose
    making is recorded.
    """
    rows: dict[str, dict[str, Any]] = {}
    # Every sign-in is an entry, too, and changes nothing.
    entries = AuditEntry.objects.filter(object_type=object_type).exclude(changes={})
    for object_id, changes in entries.order_by("seq").values_list("object_id", "changes"):
        row = rows.setdefault(object_id, {})
        row.update({name: values[-1] for name, values in changes.items()})
    return rows


def changed_past_the_application(
    users: "list[User]", memberships: "list[Membership]", tokens: "list[ApiToken]"
) -> list[str]:
    """A sentence for each account, role or token that no audit entry explains."""
    return [*_accounts(users), *_roles(memberships), *_tokens(tokens)]


def _accounts(users: "list[User]") -> Iterator[str]:
    recorded = _recorded("newsroom.user")
    for user in users:
        row = recorded.get(str(user.public_id))
        if row is None:
            yield _("The account %(user)s was never recorded.") % {"user": user.username}
        elif row.get(SEAL) != seal_of(user):
            yield _(
                "The password, address, lock or superuser flag of %(user)s was changed, and no"
                " entry of the audit log says so."
            ) % {"user": user.username}


def _roles(memberships: "list[Membership]") -> Iterator[str]:
    recorded = _recorded("newsroom.membership")
    for membership in memberships:
        row = recorded.get(str(membership.pk))
        now = {
            "role": membership.role,
            "assigned_only": membership.assigned_only,
            "end_date": membership.end_date.isoformat() if membership.end_date else "",
        }
        if row is None or any(row.get(name, "") != value for name, value in now.items()):
            yield _("The role “%(role)s” was never recorded so.") % {"role": membership}


def _tokens(tokens: "list[ApiToken]") -> Iterator[str]:
    # A token is never changed (the database refuses it), so that it was made is enough.
    recorded = _recorded("newsroom.apitoken")
    for token in tokens:
        if str(token.pk) not in recorded:
            yield _("The token “%(token)s” of %(user)s was never recorded.") % {
                "token": token.name,
                "user": token.owner.username,
            }
