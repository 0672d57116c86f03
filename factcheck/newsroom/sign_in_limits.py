"""Limits on guessing: whoever guesses has to wait, and nobody else is
locked out.

Failed sign-ins are counted three ways: by name and network address, by
address (one password tried on thirty names), and in all (from many
addresses). A browser that has signed in with a name before is counted
by itself and escapes the two wider limits, so that an attacker cannot
lock out a person by failing in their name, from their network, or
everywhere at once.

django-axes has one limit for all of its combinations, no count of all
failures, and locks a known browser together with its address; that rule
is the heart of this module, so it stays. allauth's own limits count in
each process apart and fail without their cache.

An attempt is counted before the password is tried and taken back when
it was right: counted afterwards, a hundred guesses at once would all be
tried. The counts are kept in Redis only. Without Redis nobody waits,
and the log says so: the newsroom must get in, and the audit log has
every failure.
"""

import hashlib
import ipaddress
import logging

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

CACHE = "sign_ins"
MAX_FAILURES = 8
# More than the mistakes of a newsroom behind one address in a quarter of an hour;
# most of its people sit at browsers that are known.
MAX_OF_ADDRESS = 20
MAX_OF_ALL = 200
MAX_CODES = 8
MAX_RESETS = 3
MAX_RESETS_OF_ADDRESS = 20
MINUTES = 15
# The prefix makes browsers refuse one that another subdomain sets.
BROWSER_COOKIE = f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}signed-in-here"
_COOKIE_AGE = 365 * 24 * 3600
_IPV6_NETWORK = 64  # what one subscriber has, who could use a new address for each guess
_ERRORS = (RedisError, OSError, ValueError)  # ValueError: the key expired in between
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


def network(request: HttpRequest) -> str:
    """What is counted as one client: its address, or all that its
    subscriber has.
    """
    address = client_address(request)
    try:
        if ipaddress.ip_address(address).version == 4:
            return address
        return str(ipaddress.ip_network(f"{address}/{_IPV6_NETWORK}", strict=False))
    except ValueError:
        return address


def _browser(request: HttpRequest, username: str) -> str:
    """The browser's mark, if somebody has signed in there with this
    very name; else empty.
    """
    return str(
        request.get_signed_cookie(BROWSER_COOKIE, "", salt=_salt(username), max_age=_COOKIE_AGE)
    )


def is_known_browser(request: HttpRequest, username: str) -> bool:
    """Whether this browser has signed in with this name before."""
    return bool(_browser(request, username))


def _salt(username: str) -> str:
    # The name is part of the salt: a colleague's cookie does not pass for this name's.
    return f"{BROWSER_COOKIE} {_digest(_normalized(username))}"


def _digest(text: str) -> str:
    # “replace”: a lone surrogate in a name has no UTF-8 form and would end in a 500.
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def remember_browser(
    request: HttpRequest,
    response: HttpResponse,
    username: str,
) -> None:
    """Mark the browser after a sign-in. The mark grants nothing; it
    only keeps this browser's failures apart from those of others.
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


def _limits(request: HttpRequest, username: str) -> list[tuple[str, int]]:
    """What an attempt with this name counts against: keys and how many each allows."""
    name, browser = _normalized(username), _browser(request, username)
    if browser:
        return [(f"failed\n{name}\nbrowser {browser}", MAX_FAILURES)]
    own = network(request)
    return [
        (f"failed\n{name}\n{own}", MAX_FAILURES),
        (f"failed\n{own}", MAX_OF_ADDRESS),
        ("failed", MAX_OF_ALL),
    ]


def may_try(request: HttpRequest, username: str) -> bool:
    """Count an attempt to sign in, and say whether the password may be tried."""
    # The narrowest first, and no further than one that is full: whoever is refused for
    # a name or an address does not use up what all strangers have together.
    return all(count(key) <= most for key, most in _limits(request, username))


def succeeded(request: HttpRequest, username: str) -> None:
    """Take the attempt back: it was right. The failures before it are
    forgotten for this name alone, as an attacker may have an account of
    their own.
    """
    (own, _most), *wider = _limits(request, username)
    _forget(own)
    for key, _most in wider:
        _uncount(key)


def may_try_code(request: HttpRequest, username: str) -> bool:
    """Count a try of a second factor or, once signed in, of one's own
    password.

    Somebody who knows the password must not lock the person out of
    their own browser.
    """
    return count(_code_key(request, username)) <= MAX_CODES


def code_succeeded(request: HttpRequest, username: str) -> None:
    _forget(_code_key(request, username))


def _code_key(request: HttpRequest, username: str) -> str:
    return f"code\n{_normalized(username)}\n{_browser(request, username)}"


def is_unused_code(username: str, code: str) -> bool:
    """Mark a code as used. A code is good for one sign-in, in all
    processes, however it is spaced.
    """
    bare = "".join(filter(str.isalnum, code)).casefold()
    key = f"used-{_digest(f'{_normalized(username)} {bare}')}"
    try:
        return bool(caches[CACHE].add(key, 1, timeout=MINUTES * 60))
    except _ERRORS:
        logger.warning("sign_ins.uncounted")
        return True


def may_send_reset(request: HttpRequest, email: str) -> bool:
    """Count a request for a new password, and say whether a mail may go out."""
    limits = (
        (f"reset\n{_normalized(email)}", MAX_RESETS),
        (f"reset from\n{network(request)}", MAX_RESETS_OF_ADDRESS),
    )
    return all(count(key) <= most for key, most in limits)


def count(what: str) -> int:
    """One more of it, and how many there are by now; 0 without Redis."""
    key = _key(what)
    try:
        # `add` sets the time limit with the first only; `incr` keeps it. Otherwise a
        # person who keeps trying would never get in.
        caches[CACHE].add(key, 0, timeout=MINUTES * 60)
        return int(caches[CACHE].incr(key))
    except _ERRORS:
        logger.warning("sign_ins.uncounted")
        return 0


def _uncount(what: str) -> None:
    try:
        caches[CACHE].decr(_key(what))
    except _ERRORS:
        logger.warning("sign_ins.uncounted")


def _forget(what: str) -> None:
    try:
        caches[CACHE].delete(_key(what))
    except _ERRORS:
        logger.warning("sign_ins.uncounted")


def _key(what: str) -> str:
    # Hashed: the cache should hold neither names nor addresses.
    return f"count-{_digest(what)}"


def too_many_failures() -> str:
    return _(
        "Too many failed sign-ins with this name or from your network. Wait %(minutes)s minutes"
        " and try again, use a browser where you have signed in before, or reset your password."
    ) % {"minutes": MINUTES}


def too_many_codes() -> str:
    return _("Too many wrong answers. Wait %(minutes)s minutes and try again.") % {
        "minutes": MINUTES
    }
