"""Redirects that lead to something else than the page: a sign-in, a
consent form, an error page.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from sources import page_scan, page_words
from sources.fetch_types import FetchResult

_words = re.compile(r"[-_+ ]+|(?<=[a-z])(?=[A-Z])")
_error_code = re.compile(r"[?&]\w{0,12}(?:code|status|error|err)=4(?:04|10)(?:&|\Z)", re.IGNORECASE)
_ending = re.compile(r"\.(?:[a-z]{2,5}|[a-z]{3,4}\d)\Z", re.IGNORECASE)


def asks_to_sign_in(exchange: FetchResult) -> bool:
    """Whether a redirect led to a page that asks something before it
    shows the cited one.
    """
    if not exchange.hops:
        return False
    asked, reached = exchange.hops[0].url, exchange.final_url
    return (
        _passes_gate(reached, asked)
        or _is_gate_host(_host_word(reached, asked))
        or _brings_back(reached, asked)
    )


def leads_to_error_page(exchange: FetchResult) -> bool:
    if not exchange.hops:
        return False
    asked, reached = exchange.hops[0].url, exchange.final_url
    new = set(_segments(reached)) - set(_segments(asked))
    says_so = "aspxerrorpath=" in reached.lower() or _error_code.search(reached)
    return any(map(_is_error, new)) or bool(says_so)


def _segments(url: str) -> list[str]:
    # “login.jsf;jsessionid=1”
    parts = (segment.partition(";")[0] for segment in urlsplit(url).path.split("/"))
    return [_ending.sub("", unquote(part)) for part in parts if part]


def _words_of(segment: str) -> list[str]:
    return [word.lower() for word in _words.split(segment) if word]


def _passes_gate(reached: str, asked: str) -> bool:
    """Whether a part of the path is a gate. Sections are called
    “register” and “cas”, too: those have the words of a story behind
    them.
    """
    path, old = _segments(reached), set(_segments(asked))
    gates = [segment for segment in path if segment not in old and _is_gate(segment)]
    if not gates:
        return "/".join(path[-2:]).lower() in page_words.addresses().paths
    last = path[-1]
    if last in gates or len(_words_of(last)) < 2:
        return True
    return any(map(page_words.addresses().within.intersection, map(_words_of, gates)))


def _is_gate(segment: str) -> bool:
    words = _words_of(segment)
    known = page_words.addresses()
    if "".join(words) in known.whole or (len(words) <= 2 and known.within & set(words)):
        return True
    gates = known.whole | known.within
    if any(word in gates for word in words) and gates.union(known.beside).issuperset(words):
        return True  # “gdpr-consent”, “cookies-consent-page”
    return page_scan.says_blocked(" ".join(words))


def _is_gate_host(label: str) -> bool:
    known = page_words.addresses()
    words = [word.rstrip("0123456789") for word in label.split("-")]
    return "".join(words) in known.hosts or bool(known.within.intersection(words))


def _is_error(segment: str) -> bool:
    words = _words_of(segment)
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
