"""What one fetch says about a link. Death is confirmed over several
checks, in watching.link_checks.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from sources import gates, page_scan
from sources.canonical_urls import UrlError, canonical_url, site
from sources.charset import decoded
from sources.fetch_types import FetchProblem, FetchResult
from sources.page_scan import Signs


class State(StrEnum):
    """The values of choices.LinkState that one fetch can show; a copy,
    so that this module needs no Django.
    """

    ok = "ok"
    redirected_permanent = "redirected_permanent"
    redirected_temporary = "redirected_temporary"
    moved_to_home = "moved_to_home"
    soft_404_suspected = "soft_404_suspected"
    blocked = "blocked"
    not_found = "not_found"
    gone = "gone"
    server_error = "server_error"
    timeout = "timeout"
    dns_failure = "dns_failure"
    tls_error = "tls_error"
    connection_error = "connection_error"
    too_many_redirects = "too_many_redirects"
    refused_by_policy = "refused_by_policy"
    unsupported_scheme = "unsupported_scheme"
    unchecked = "unchecked"


class Finding(NamedTuple):
    """`undecided`: the page may be an error page; only how its server
    answers for an address that was made up can tell
    (`fetching.made_up`).
    """

    state: str
    reason: str
    undecided: bool = False


READS_MISSING = "The server reports success, but the page reads like an error page."
HUMANS_ONLY = (
    "The server shows a test for humans instead of the page; open it in a browser to see it."
)
SOMETHING_FIRST = (
    "The server asks something before it shows the page: to sign in, to agree, or whether a human"
    " is asking. Open it in a browser to see it."
)
# Words of running text that a page may have and still be no page, by how strongly it
# says so (page_scan.Signs). Error pages explain themselves, and articles go on.
FEW_WORDS = 15
MOST_WORDS_MISSING = {5: 120, 3: 60, 2: 40}
MOST_WORDS_BLOCKED = {5: 250, 3: 60}
MOST_WORDS_DOUBTED = 250


# Faults of our own, such as an unreadable CA file, are “unchecked”: they say nothing of
# the link.
PROBLEM_STATES = {
    FetchProblem.refused_by_policy: State.refused_by_policy,
    FetchProblem.unsupported_scheme: State.unsupported_scheme,
    FetchProblem.bad_url: State.connection_error,
    FetchProblem.dns: State.dns_failure,
    FetchProblem.connect: State.connection_error,
    FetchProblem.tls: State.tls_error,
    FetchProblem.timeout: State.timeout,
    FetchProblem.too_many_redirects: State.too_many_redirects,
    FetchProblem.protocol: State.connection_error,
    FetchProblem.our_ca_file: State.unchecked,
    FetchProblem.internal_error: State.unchecked,
}
PERMANENT = frozenset({301, 308})
RETRY_DEFAULT = 60
RETRY_LONGEST = 86_400
# Short URLs may lead to a home page on purpose.
SHORTENERS = frozenset({
    "bit.ly", "t.co", "tinyurl.com", "goo.gl", "ow.ly", "buff.ly", "is.gd", "lnkd.in", "dlvr.it",
    "fb.me", "trib.al",
    "rebrand.ly", "cutt.ly", "t.ly", "wp.me", "amzn.to", "youtu.be", "shorturl.at", "tiny.cc",
    "v.gd", "rb.gy",
})  # fmt: skip
HOME = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-zA-Z]{2})?/?)?(?:(?:index|default|home)(?:\.[a-z]{3,5})?/?)?\Z"
)

_challenge_body = re.compile(
    r"cf-browser-verification|/cdn-cgi/challenge-platform/[^\"']{0,80}orchestrate|cf_chl_opt|"
    r"_Incapsula_Resource"
    r"|captcha-delivery\.com|px-captcha|id=\"challenge-error-text\"|awsWafCookieDomainList|"
    r"ddos-guard",
    re.IGNORECASE,
)


def classify(exchange: FetchResult, *, seen_before: bool = False) -> Finding:
    """The state a fetch shows, with the reason. `seen_before`: these
    bytes were accepted as the page before, so the text heuristics are
    skipped.
    """
    if exchange.problem is FetchProblem.too_large and exchange.status and exchange.status < 300:
        return _found(exchange, "The page answers, but it is too large to be captured.")
    if exchange.problem is FetchProblem.too_large and exchange.status is None:
        return Finding(State.connection_error, exchange.reason)
    if exchange.problem is not None and exchange.problem is not FetchProblem.too_large:
        return Finding(PROBLEM_STATES[exchange.problem], exchange.reason)
    status = exchange.status or 0
    if status >= 400 or not 200 <= status < 300:
        return _refused(exchange, status)
    return _answered(exchange, seen_before)


def retry_after(exchange: FetchResult, *, now: datetime | None = None) -> int | None:
    """The seconds in Retry-After; a date is compared with the server's
    own Date, because clocks differ.
    """
    value = exchange.header("Retry-After").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), RETRY_LONGEST)
    until, since = _date(value), _date(exchange.header("Date")) or now or datetime.now(UTC)
    if until is None:
        return RETRY_DEFAULT
    return min(max(0, round((until - since).total_seconds())), RETRY_LONGEST)


def throttled(exchange: FetchResult) -> int | None:
    """Seconds for which the server asked us to stay away; None if it did not."""
    return (
        retry_after(exchange)
        if exchange.problem is None and exchange.status in (429, 503)
        else None
    )


def _date(value: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _refused(exchange: FetchResult, status: int) -> Finding:
    """404 and 410 are about the page. Any other 4xx is about our
    request: readers may well see the page.
    """
    if status == 404:
        return Finding(State.not_found, "The server says that there is no such page (404).")
    if status == 410:
        return Finding(State.gone, "The server says that the page was removed (410).")
    if _challenged(exchange, start_of(exchange)) or 400 <= status < 500 or status >= 600:
        return Finding(
            State.blocked,
            f"The server turns our request away ({status}); open the page in a browser to see it.",
        )
    if status >= 500:
        return Finding(State.server_error, f"The server reports an error of its own ({status}).")
    return Finding(
        State.server_error,
        f"The server's answer ({status}) has neither a page nor an address to go to.",
    )


def _answered(exchange: FetchResult, seen_before: bool) -> Finding:
    start = "" if seen_before else start_of(exchange)
    if _challenged(exchange, start):
        return Finding(State.blocked, HUMANS_ONLY)
    if gates.leads_to_error_page(exchange):
        return Finding(State.soft_404_suspected, READS_MISSING)
    if gates.asks_to_sign_in(exchange):
        return Finding(
            State.blocked,
            "The address leads to a sign-in or consent page; open it in a browser to see it.",
        )
    if _moved_home(exchange):
        return Finding(
            State.moved_to_home,
            "The address now leads to a home page; the cited page is probably gone.",
        )
    if not exchange.body.strip():
        return Finding(
            State.soft_404_suspected, "The server reports success, but the page is empty."
        )
    return _judged(exchange, page_scan.scan(start))


def _judged(exchange: FetchResult, signs: Signs) -> Finding:
    """What a page says of itself counts if it has little else to say."""
    if signs.article and signs.prose >= FEW_WORDS:
        return _found(exchange, "The page answers.")
    limit = MOST_WORDS_BLOCKED.get(signs.blocked, 0) if signs.blocked >= signs.missing else 0
    if signs.prose < limit:
        return Finding(State.blocked, SOMETHING_FIRST)
    if signs.prose < MOST_WORDS_MISSING.get(signs.missing, 0):
        return Finding(State.soft_404_suspected, READS_MISSING)
    found = _found(exchange, "The page answers.")
    limit = MOST_WORDS_DOUBTED if signs.missing > page_scan.BEGUN else FEW_WORDS
    doubtful = bool(signs.missing) and signs.prose < limit
    return found._replace(undecided=True) if doubtful else found


def _found(exchange: FetchResult, reason: str) -> Finding:
    if not exchange.hops:
        return Finding(State.ok, reason)
    if all(hop.status in PERMANENT for hop in exchange.hops):
        return Finding(
            State.redirected_permanent, f"{reason} It has moved for good; use its new address."
        )
    return Finding(
        State.redirected_temporary,
        f"{reason} The server sends visitors to another address for now.",
    )


def start_of(exchange: FetchResult) -> str:
    """The HTML with which the body begins; empty for anything else."""
    content_type = exchange.header("Content-Type").lower()
    # Undeclared types are sniffed, as in browsers; a PDF that quotes a challenge page
    # is not one.
    if content_type and "html" not in content_type:
        return ""
    start = exchange.body[: page_scan.SCANNED]
    try:
        # The last letter may be cut in two.
        return start.decode() if len(start) < page_scan.SCANNED else start[:-4].decode()
    except UnicodeDecodeError:
        return decoded(start, content_type=content_type)


def _challenged(exchange: FetchResult, start: str) -> bool:
    if exchange.header("cf-mitigated") or exchange.header("x-amzn-waf-action"):
        return True
    # Articles may embed a captcha too; a challenge page has little else.
    return page_scan.title_of(start).startswith("ddos-guard") or (
        len(exchange.body) < 32_768
        and start.count("<p") < 5
        and bool(_challenge_body.search(start))
    )


def _moved_home(exchange: FetchResult) -> bool:
    if not exchange.hops or not _is_home(exchange.final_url):
        return False
    origin = next((hop.url for hop in exchange.hops if _site(hop.url) not in SHORTENERS), None)
    return origin is not None and not _is_home(origin)


def _is_home(url: str) -> bool:
    try:
        parts = urlsplit(canonical_url(url))
    except UrlError:
        return False
    return not parts.query and HOME.match(parts.path) is not None


def _site(url: str) -> str:
    try:
        return site(url)
    except UrlError:
        return ""
