"""What follows from a sign-in, a changed factor and a lost role: an
audit entry, the end of other sessions, and a letter to the person.
"""

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from factcheck.ledger import change_context, clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom import mail
from factcheck.newsroom.accounts.sessions import SIGNED_IN_AT, USED_AT, end_sessions
from factcheck.newsroom.choices import GrantKind
from factcheck.newsroom.models import AccessGrant, ApiToken, User
from factcheck.newsroom.second_factor import FACTORS
from factcheck.newsroom.signals import access_narrowed, address_changed, token_made


@receiver(user_logged_in, dispatch_uid="newsroom.session_began")
def session_began(request: HttpRequest | None, **_: Any) -> None:
    if request is not None:
        request.session[SIGNED_IN_AT] = request.session[USED_AT] = time.time()


@receiver(authenticator_added, dispatch_uid="newsroom.factor_added")
def factor_added(
    request: HttpRequest,
    user: User,
    authenticator: Authenticator,
    **_: Any,
) -> None:
    _factor_changed(request, user, authenticator, "add")
    if authenticator.type in FACTORS:
        # It was shown to be added, so it need not be shown again at once.
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver(authenticator_removed, dispatch_uid="newsroom.factor_removed")
def factor_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    _factor_changed(request, user, authenticator, "remove")


@receiver(authenticator_reset, dispatch_uid="newsroom.factor_reset")
def factor_reset(
    request: HttpRequest,
    user: User,
    authenticator: Authenticator,
    **_: Any,
) -> None:
    _factor_changed(request, user, authenticator, "reset")


def _factor_changed(
    request: HttpRequest, user: User, authenticator: Authenticator, what: str
) -> None:
    kind = str(authenticator.type)
    log_change(f"user.factor_{what}", user, by=user, changes={"factor": ["", kind]})
    end_sessions(user, keep=request.session.session_key)


@receiver(authentication_failed, dispatch_uid="newsroom.factor_failed")
def factor_failed(user: User, **_: Any) -> None:
    log_change("user.factor_failed", user, by=None)


@receiver([password_changed, password_set], dispatch_uid="newsroom.own_password")
def own_password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    end_sessions(user, keep=request.session.session_key)


@receiver(access_narrowed, dispatch_uid="newsroom.access_narrowed")
def access_was_narrowed(user: User, **_: Any) -> None:
    end_sessions(user)


@receiver(address_changed, dispatch_uid="newsroom.address_taken_back")
def address_was_changed(user: User, **_: Any) -> None:
    """Whoever had the address in between could sign in by it, and add a
    way in that needs neither address nor password. While such a change
    counts for signing, the next one ends what was added since.
    """
    changes = AccessGrant.objects.in_force(clock.now()).filter(user=user, what=GrantKind.ADDRESS)
    since = changes.order_by("at").values_list("at", flat=True).first()
    if since is None:
        return
    added = Authenticator.objects.filter(user_id=user.pk, created_at__gte=since)
    if added.delete()[0]:
        log_change("user.factor_reset", user, by=change_context.actor())
    SocialAccount.objects.filter(user_id=user.pk, date_joined__gte=since).delete()
    for token in ApiToken.objects.filter(owner=user, created_at__gte=since, revoked_at=None):
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])


@receiver(token_made, dispatch_uid="newsroom.token_made")
def token_was_made(token: ApiToken, **_: Any) -> None:
    mail.notify(
        token.owner,
        "new_token",
        token=token.name,
        scopes=", ".join(token.scopes),
        maker=str(token.made_by),
    )
