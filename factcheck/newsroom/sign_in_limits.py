"""Failed sign-ins, counted by name and network address: whoever guesses passwords has
to wait, and nobody else is locked out.

A browser that has signed in with a name before is counted by itself, so that an
attacker behind the same address cannot lock it out. The counts are kept in Redis only.
Without Redis nobody waits: the newsroom must get in, and the audit log has every
failure.
"""

import hashlib
import logging

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

CACHE = "sign_ins"
MAX_FAILURES = 8
MINUTES = 15
BROWSER_COOKIE = "signed-in-here"
_COOKIE_AGE = 365 * 24 * 3600
logger = logging.getLogger(__name__)


def _normalized(username: str) -> str:
    # Else “Anna”, “anna” and “anna ” would have eight tries each.
    return username.strip().casefold()


def client_address(request: HttpRequest) -> str:
    """The client's address; behind our proxy, the one that the proxy saw."""
    # The proxy appends to X-Forwarded-For. What stands before the last comma comes from
    # the client, who could name a new address for every guess.
    behind_proxy = settings.SECURE_PROXY_SSL_HEADER
    forwarded_for = request.META.get("HTTP_X_FORWARDED_FOR", "") if behind_proxy else ""
    return forwarded_for.rsplit(",", 1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _browser(request: HttpRequest, username: str) -> str:
    """The browser's mark, if somebody has signed in there with this very name; else
    empty.
    """
    return str(
        request.get_signed_cookie(BROWSER_COOKIE, "", salt=_salt(username), max_age=_COOKIE_AGE)
    )


def _salt(username: str) -> str:
    # The name is part of the salt: a colleague's cookie does not pass for this name's.
    return f"{BROWSER_COOKIE} {_digest(_normalized(username))}"


def _digest(text: str) -> str:
    # “replace”: a lone surrogate in a name has no UTF-8 form and would end in a 500.
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def remember_browser(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Mark the browser after a sign-in. The mark grants nothing; it only keeps this
    browser's failures apart from those of others.
    """
    response.set_signed_cookie(
        BROWSER_COOKIE,
        _browser(request, username) or get_random_string(22),
        salt=_salt(username),
        max_age=_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _key(request: HttpRequest, username: str) -> str:
    browser = _browser(request, username)
    origin = f"browser {browser}" if browser else client_address(request)
    text = f"{_normalized(username)}\n{origin}"
    # Hashed: the cache should hold neither names nor addresses.
    return f"failed-{_digest(text)}"


def record_failure(request: HttpRequest, username: str) -> int:
    """Count one more failure and return how many there are by now; 0 without Redis."""
    try:
        # `add` sets the time limit with the first failure only; `incr` keeps it.
        # Otherwise a person who keeps trying would never get in.
        caches[CACHE].add(_key(request, username), 0, timeout=MINUTES * 60)
        return int(caches[CACHE].incr(_key(request, username)))
    except (RedisError, OSError, ValueError):  # ValueError: the key expired in between
        logger.warning("sign_ins.uncounted")
        return 0


def must_wait(request: HttpRequest, username: str) -> bool:
    """Has this origin failed too often with this name?"""
    try:
        return int(caches[CACHE].get(_key(request, username), 0)) >= MAX_FAILURES
    except (RedisError, OSError):
        logger.warning("sign_ins.uncounted")
        return False


def clear_failures(request: HttpRequest, username: str) -> None:
    """Start counting from zero, after a successful sign-in."""
    try:
        caches[CACHE].delete(_key(request, username))
    except (RedisError, OSError):
        logger.warning("sign_ins.uncounted")


def too_many_failures() -> str:
    return _(
        "Too many failed sign-ins with this name from your network. Wait %(minutes)s minutes and"
        " try again, or reset your password."
    ) % {"minutes": MINUTES}
