"""Writes sign-ins, sign-outs and failed sign-ins to the audit log."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from factcheck.ledger.audit_log import log_change, log_change_of
from factcheck.newsroom.models import User

UNKNOWN = "unknown"


@receiver(user_logged_in, dispatch_uid="newsroom.signed_in")
def signed_in(user: User, **_: Any) -> None:
    log_change("user.login", user, by=user)


@receiver(user_logged_out, dispatch_uid="newsroom.signed_out")
def signed_out(user: User | None, **_: Any) -> None:
    # Django sends the signal also for a session that had nobody signed in.
    if user is not None and user.pk is not None:
        log_change("user.logout", user, by=user)


@receiver(user_login_failed, dispatch_uid="newsroom.sign_in_failed")
def sign_in_failed(credentials: dict[str, Any], **_: Any) -> None:
    user = User.objects.filter(username=str(credentials.get("username", ""))).first()
    if user:
        # Nobody acted as this user: whoever failed is unknown.
        log_change("user.login_failed", user, by=None)
    else:
        # A name that nobody has is not written down: people type their password into
        # that field.
        log_change_of("user.login_failed", User._meta.label_lower, UNKNOWN, by=None)
