"""Who signs or publishes has a second factor and has shown it lately.

The one place where the domain asks: `require` stands beside each
permission check of such an action, so that a screen, the API and
whatever comes later are held alike. Requests are asked; the commands
and tasks in `UNATTENDED`, which the newsroom's own machine runs with
nobody there, say so where they begin; anything else is refused.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from factcheck.ledger import change_context
from factcheck.newsroom.models import User

# Names of permissions.RULES, and of the audit log where a signature has no rule of its
# own: an interview note is attached by whoever may attach. Everything that puts a name
# under a text, shows it to readers or takes it from them.
PROVEN_ACTIONS = frozenset(
    {
        "claim.submit",
        "claim.sign",
        "claim.approve",
        "claim.approve_and_publish",
        "claim.publish",
        "claim.schedule",
        "claim.cancel_schedule",
        "claim.confirm_night_work",
        "claim.correct",
        "claim.drop_correction",
        "claim.retract",
        "claim.confirm_retraction",
        "query.sign_off",
        "methodology.manage",
        "site_text.manage",
        "interview.sign",
    }
)
# What may sign or publish by itself: the task that publishes what an editor scheduled,
# with their factor, and the command that makes the tokens of the demo.
UNATTENDED = frozenset({"claims.publish_scheduled", "create_newsroom", "seed"})
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_BY_PEOPLE, _BY_TOKEN = frozenset({"admin", "public"}), "api"


class SecondFactorMissing(PermissionDenied):
    """The account has no second factor."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Signing and publishing need a second factor. Add an authenticator app or a"
                " security key under “My account”, then try again."
            )
        )


class ProofRequired(PermissionDenied):
    """The second factor was not shown in this session, or too long ago:
    the person is asked for it, and what they were about to do goes on
    afterwards.
    """

    def __init__(self) -> None:
        super().__init__(_("Confirm with your second factor, then try again."))


class EntryPointNotNamedError(PermissionDenied):
    """Something else than a request would sign, and no command or task
    has said that it may.
    """

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nothing signs or publishes by itself but scheduled publication. Do it on the"
                " screen or by the API."
            )
        )


def _no_session(user: User) -> float | None:
    return None


# Asked only when something is signed: most requests never read it.
_shown_at: ContextVar[Callable[[User], float | None]] = ContextVar(
    "second_factor_shown_at",
    default=_no_session,
)


_unattended: ContextVar[bool] = ContextVar("signs_unattended", default=False)


@contextmanager
def unattended(name: str) -> Iterator[None]:
    """Inside, a command or task of UNATTENDED signs without being
    asked. A request that is answered inside is asked all the same.
    """
    if name not in UNATTENDED:
        raise ValueError(f"{name} does not sign or publish by itself: see UNATTENDED.")
    token = _unattended.set(True)
    try:
        yield
    finally:
        _unattended.reset(token)


@contextmanager
def session(shown_at: Callable[[User], float | None]) -> Iterator[None]:
    """Inside, `shown_at` says when a person last showed their second
    factor in this session, in seconds since 1970.
    """
    token = _shown_at.set(shown_at)
    try:
        yield
    finally:
        _shown_at.reset(token)


def has_second_factor(user: User) -> bool:
    """Recovery codes alone are none: they only get somebody back in."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def anybody_has_one() -> bool:
    """Whether people sign with a second factor here, as in every real newsroom."""
    return bool(Authenticator.objects.filter(type__in=FACTORS).exists())


def require(by: User, action: str) -> None:
    """Raise SecondFactorMissing or ProofRequired where `by` may not do
    this yet, and EntryPointNotNamedError where nobody could be asked.
    """
    if not settings.REQUIRE_MFA or action not in PROVEN_ACTIONS:
        return
    # A token cannot show one: its owner did when they made it, see require_for_token.
    if change_context.current().name != _BY_TOKEN:
        _require_of_person(by)
    elif not has_second_factor(by):
        raise SecondFactorMissing


def require_for_token(by: User) -> None:
    """The same for making a token that signs or publishes, which no token may."""
    if settings.REQUIRE_MFA:
        _require_of_person(by)


def _require_of_person(by: User) -> None:
    if change_context.current().name in _BY_PEOPLE:
        if not has_second_factor(by):
            raise SecondFactorMissing
        _require_fresh(by)
    elif change_context.current().name == _BY_TOKEN or not _unattended.get():
        raise EntryPointNotNamedError


def _require_fresh(by: User) -> None:
    shown_at = _shown_at.get()(by)
    if shown_at is None or time.time() - shown_at > settings.MFA_HOURS * 3600:
        raise ProofRequired
