"""People with a second factor, the codes that their app would show, and work that is
there before anybody is asked.
"""

from contextlib import AbstractContextManager
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import caches
from django.test import Client

from factcheck.newsroom import second_factor
from factcheck.newsroom.models import User
from tests import factories

SECRET = "JBSWY3DPEHPK3PXP"
LOGIN, CONFIRM = "/accounts/login/", "/accounts/2fa/reauthenticate/"


def signed_before() -> AbstractContextManager[None]:
    """What factories sign inside counts as done by the newsroom's own machine; requests
    are asked as ever.
    """
    return second_factor.unattended("claims.publish_scheduled")


def code(secret: str = SECRET) -> str:
    """What the app shows now."""
    # Not the first that would do: that is the one before, and may end on its way.
    _before, now, _after = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def with_app(user: User) -> User:
    """The person, with an authenticator app and recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def sign_in(client: Client, user: User) -> Any:
    """By the forms: name and password, then the code. A used code is forgotten, as no
    test waits half a minute.
    """
    forget_codes()
    client.post(LOGIN, {"login": user.get_username(), "password": factories.PASSWORD})
    return client.post("/accounts/2fa/authenticate/", {"code": code()})


def forget_codes() -> None:
    for name in ("default", "sign_ins"):
        caches[name].clear()
