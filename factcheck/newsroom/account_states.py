"""Where an account stands, and what an admin can do about it without
ever holding it: lock, unlock, end its sessions.
"""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.ledger import change_context, clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.accounts import sessions
from factcheck.newsroom.choices import GrantKind
from factcheck.newsroom.models import AccessGrant, User


class AccountState(TextChoices):
    ACTIVE = "active", gettext_lazy("Active")
    INVITED = "invited", gettext_lazy("Invited")
    WAITING = "not_sent", gettext_lazy("Invitation not sent yet")
    EXPIRED = "link_expired", gettext_lazy("Link expired")
    LOCKED = "locked", gettext_lazy("Locked")


def state_of(user: User) -> AccountState:
    if not user.is_active:
        return AccountState.LOCKED
    if user.has_usable_password():
        return AccountState.ACTIVE
    if user.link_expires_at:
        current = clock.now() < user.link_expires_at
        return AccountState.INVITED if current else AccountState.EXPIRED
    return AccountState.WAITING if user.link_number else AccountState.EXPIRED


def in_state(people: QuerySet[User], state: str) -> QuerySet[User]:
    """Those whose account is `active`, `invited` (no password yet) or
    `locked`.
    """
    # Django marks a password that nobody can use by its first character.
    unusable = {"password__startswith": "!"}
    if state == "locked":
        return people.filter(is_active=False)
    active = people.filter(is_active=True)
    return active.filter(**unusable) if state == "invited" else active.exclude(**unusable)


def lock(user: User, *, by: User) -> None:
    """Nobody signs in with the account or uses its tokens and links,
    from this moment; locking it again changes nothing.
    """
    if user.pk == by.pk:
        raise ValidationError(_("You cannot lock your own account. Ask another admin."))
    with transaction.atomic(), change_context.acting_as(by):
        row = _locked_row(user)
        if row.is_active:
            row.is_active = False
            row.save(update_fields=["is_active"])
            _end_sessions(row)


def unlock(user: User, *, by: User) -> None:
    """Open it again, which is an access grant; its tokens that were not
    revoked work again.
    """
    if user.pk == by.pk:
        raise ValidationError(_("You cannot unlock your own account. Ask another admin."))
    with transaction.atomic(), change_context.acting_as(by):
        row = _locked_row(user)
        if not row.is_active:
            row.is_active = True
            row.save(update_fields=["is_active"])


def end_sessions(user: User, *, by: User | None) -> None:
    """Sign the person out everywhere."""
    with transaction.atomic(), change_context.acting_as(by):
        row = _locked_row(user)
        _end_sessions(row)
        log_change("user.end_sessions", row, by=by)


def reset_second_factor(user: User, *, by: User) -> None:
    """Remove all factors of somebody who lost theirs; they add a new
    one after the next sign-in. A way in for whoever has the password,
    so it is an access grant.
    """
    if user.pk == by.pk:
        raise ValidationError(_("You cannot reset your own second factor here. Ask another admin."))
    with transaction.atomic(), change_context.acting_as(by):
        row = _locked_row(user)
        if Authenticator.objects.filter(user_id=row.pk).delete()[0]:
            log_change("user.factor_reset", row, by=by)
            AccessGrant.note(row, GrantKind.FACTOR)
            _end_sessions(row)


def _locked_row(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _end_sessions(row: User) -> None:
    row.session_number += 1
    row.save(update_fields=["session_number"])
    # The number alone ends them; this also takes them off the person's own list.
    sessions.end_sessions(row)
