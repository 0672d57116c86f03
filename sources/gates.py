"""Redirects that lead to something else than the page: a sign-in, a
consent form, an error page.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from sources import page_scan, page_words
from sources.fetch_types import FetchResult

_words = re.compile(r"[-_+ ]+|(?<=[a-z])(?=[A-Z])")
_ending = re.compile(r"\.(?:[a-z]{2,5}|[a-z]{3,4}\d)\Z", re.IGNORECASE)


def asks_to_sign_in(exchange: FetchResult) -> bool:
    """Whether a redirect led to a page that asks something before it
    shows the cited one.
    """
    if not exchange.hops:
        return False
    asked, reached = exchange.hops[0].url, exchange.final_url
    new = _segments(reached) - _segments(asked)
    if any(map(_is_gate, new)) or _host_word(reached, asked) in page_words.addresses().hosts:
        return True
    return _brings_back(reached, asked)


def leads_to_error_page(exchange: FetchResult) -> bool:
    if not exchange.hops:
        return False
    new = _segments(exchange.final_url) - _segments(exchange.hops[0].url)
    return any(map(_is_error, new)) or "aspxerrorpath=" in exchange.final_url.lower()


def _segments(url: str) -> set[str]:
    parts = urlsplit(url)
    # A route of an application is a path, too.
    return {_ending.sub("", unquote(segment)) for segment in parts.path.split("/")} - {""}


def _is_gate(segment: str) -> bool:
    words = [word.lower() for word in _words.split(segment) if word]
    known = page_words.addresses()
    if "".join(words) in known.whole or (len(words) <= 2 and known.within & set(words)):
        return True
    return page_scan.says_blocked(" ".join(words))


def _is_error(segment: str) -> bool:
    words = [word.lower() for word in _words.split(segment) if word]
    if "".join(words) in page_words.addresses().errors:
        return True
    return page_scan.says_missing(" ".join(words))


def _host_word(reached: str, asked: str) -> str:
    after, before = urlsplit(reached).hostname or "", urlsplit(asked).hostname or ""
    return after.partition(".")[0] if after != before else ""


def _brings_back(reached: str, asked: str) -> bool:
    """Whether the new address carries the one that was asked for, to
    return there. A page that only moved may do so, too; its address has
    kept its last part.
    """
    path = unquote(urlsplit(asked).path).rstrip("/")
    last = path.rpartition("/")[2]
    if len(last) < 3 or last in _segments(reached) or last in unquote(urlsplit(reached).path):
        return False
    values = (value for _, value in parse_qsl(urlsplit(reached).query, max_num_fields=None))
    return any(path in unquote(value) for value in values)
