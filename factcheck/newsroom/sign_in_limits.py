"""Failed sign-ins, counted for each name and address: whoever guesses passwords waits, and nobody
else is shut out by it.

A browser that has signed in with a name before is counted by itself: the colleagues behind one
address, and whoever sits among them, cannot shut it out. Kept in Redis alone. Where that is away
nobody is kept waiting: the newsroom must get in, and every failure is on record.
"""

import hashlib
import logging

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from redis.exceptions import RedisError

CACHE = "sign_ins"
MOST = 8
MINUTES = 15
WAIT = (
    f"Too many failed sign-ins with this name from where you are. Wait {MINUTES} minutes, then try"
    " again; or ask an admin of your desk for a new password."
)
BROWSER = "signed-in-here"
_KNOWN_FOR = 365 * 24 * 3600
logger = logging.getLogger(__name__)


def _plain(username: str) -> str:
    return username.strip().casefold()


def _address(request: HttpRequest) -> str:
    """Behind our proxy the address that it saw: it stands last, and whatever stands before it
    anybody can write.
    """
    told = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return told.rsplit(",", 1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _browser(request: HttpRequest, username: str) -> str:
    """Its mark, if somebody has signed in there with this very name."""
    return str(request.get_signed_cookie(BROWSER, "", salt=_salt(username), max_age=_KNOWN_FOR))


def _salt(username: str) -> str:
    return f"{BROWSER} {hashlib.sha256(_plain(username).encode('utf-8', 'replace')).hexdigest()}"


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """After a sign-in. The mark lets nobody in; it only keeps the failures of others apart from
    those of this browser.
    """
    response.set_signed_cookie(
        BROWSER,
        _browser(request, username) or get_random_string(22),
        salt=_salt(username),
        max_age=_KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _key(request: HttpRequest, username: str) -> str:
    browser = _browser(request, username)
    told = f"{_plain(username)}\n{f'browser {browser}' if browser else _address(request)}"
    return f"failed-{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()}"


def failed(request: HttpRequest, username: str) -> int:
    """One more; how many by now. The time begins with the first, so that trying on does not
    lengthen it.
    """
    try:
        caches[CACHE].add(_key(request, username), 0, timeout=MINUTES * 60)
        return int(caches[CACHE].incr(_key(request, username)))
    except (RedisError, OSError, ValueError):  # ValueError: its time ran out in between
        logger.warning("sign_ins.uncounted")
        return 0


def waits(request: HttpRequest, username: str) -> bool:
    try:
        return int(caches[CACHE].get(_key(request, username), 0)) >= MOST
    except (RedisError, OSError):
        logger.warning("sign_ins.uncounted")
        return False


def forget(request: HttpRequest, username: str) -> None:
    try:
        caches[CACHE].delete(_key(request, username))
    except (RedisError, OSError):
        logger.warning("sign_ins.uncounted")


class SignInForm(AuthenticationForm):
    """The stock form asks for is_staff, a flag that says nothing here. While one waits, not even
    the right password is tried.
    """

    def clean(self) -> dict[str, object]:
        request, name = self.request, str(self.cleaned_data.get("username", ""))
        if request is not None and waits(request, name):
            raise ValidationError(WAIT, code="waits")
        try:
            cleaned = super().clean()
        except ValidationError:
            if request is not None:
                failed(request, name)
            raise
        if request is not None and self.get_user() is not None:
            forget(request, name)
        return cleaned
