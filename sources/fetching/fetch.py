"""The only way to the internet: one GET, with its redirects followed
one by one under the policy.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple, cast
from urllib.parse import quote, urljoin

from sources.canonical_urls import MAX_URL, SchemeError, Target, UrlError, target
from sources.fetch_types import FetchPolicy, FetchProblem, FetchResult, Redirect
from sources.fetching.cookies import Cookies
from sources.fetching.refresh import refresh_of
from sources.fetching.transfer import ServerResponse, Transfer, header_text

__all__ = ["FetchPolicy", "FetchProblem", "FetchResult", "Redirect", "fetch"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_VISITS = 3  # of one address, each with other cookies


class NextRequest(NamedTuple):
    """The next GET of a fetch: its server, its time limit, and a pause before it."""

    url: str
    server: str
    seconds: float
    pause: float = 0
    cookies: str = ""


Steps = Generator[NextRequest, ServerResponse, FetchResult]


def fetch(url: str, *, policy: FetchPolicy) -> FetchResult:
    """Fetch one URL. Never raises for what a URL, DNS or a server does:
    see `problem` and `reason`.
    """
    transfer = Transfer(policy)
    going = steps(url, policy=policy)
    try:
        request = next(going)
        while True:
            request = going.send(_asked(transfer, request))
    except StopIteration as ended:
        return cast(FetchResult, ended.value)
    finally:
        transfer.close()


def steps(url: str, *, policy: FetchPolicy, pause: float = 0) -> Steps:
    """A fetch as a generator of the GETs it needs, so that the caller
    can run many at once and wait between them.
    """
    hops: list[Redirect] = []
    visited: list[tuple[str, str]] = []
    cookies = Cookies()
    next_url, spent = url, 0.0
    while True:
        going, problem, reason = _checked(next_url, policy=policy)
        header = cookies.header(going)
        if problem is None:
            problem, reason = _too_far((going.url, header), visited, policy=policy, spent=spent)
        if problem is not None:
            return FetchResult(
                url=url,
                final_url=going.url,
                hops=tuple(hops),
                problem=problem,
                reason=reason,
                elapsed_ms=round(spent * 1000),
            )
        visited.append((going.url, header))
        answer = yield NextRequest(
            going.url, going.server, policy.total_seconds - spent, 0 if hops else pause, header
        )
        spent += answer.seconds
        cookies.take(answer.headers, of=going)
        location = _location(answer) or _refreshed(answer, going.url, cookies, visited)
        if not location or answer.status is None:
            return _finished(url, going.url, answer, hops, spent)
        hops.append(
            Redirect(url=going.url, status=answer.status, location=location, address=answer.address)
        )
        next_url = _joined(going.url, location)


def _asked(transfer: Transfer, request: NextRequest) -> ServerResponse:
    transfer.carry(request.cookies)
    return transfer.get(request.url, seconds=request.seconds)


def twice(url: str, *, policy: FetchPolicy, pause: float) -> Steps:
    """A fetch that is tried once more after a pause if the failure is
    likely transient.
    """
    exchange = yield from steps(url, policy=policy)
    if not _may_heal(exchange):
        return exchange
    result = yield from steps(url, policy=policy, pause=pause)
    return result


def _may_heal(exchange: FetchResult) -> bool:
    """Whether the failure is likely transient: resets, timeouts and
    server errors, unless the server says when to come back.
    """
    if exchange.problem in (FetchProblem.connect, FetchProblem.timeout):
        return True
    return (
        exchange.problem is None
        and (exchange.status or 0) >= 500
        and not exchange.header("Retry-After")
    )


def _too_far(
    visit: tuple[str, str], visited: list[tuple[str, str]], *, policy: FetchPolicy, spent: float
) -> tuple[FetchProblem | None, str]:
    times = sum(url == visit[0] for url, _ in visited)
    if visit in visited or times >= MOST_VISITS:
        # With the same cookies, the same URL would redirect again.
        return FetchProblem.too_many_redirects, "The redirects lead in a circle."
    if len(visited) > policy.max_redirects:
        return (
            FetchProblem.too_many_redirects,
            f"The address redirects more than {policy.max_redirects} times.",
        )
    if spent >= policy.total_seconds:
        return FetchProblem.timeout, "The redirects took too long."
    return None, ""


def _refreshed(
    answer: ServerResponse, url: str, cookies: Cookies, visited: list[tuple[str, str]]
) -> str:
    """Where the page sends its readers, unless they have been there:
    then this is what they see.
    """
    location = refresh_of(answer)
    if not location:
        return ""
    try:
        going = target(_joined(url, location))
    except UrlError:
        return ""  # to an application, or a script
    return "" if (going.url, cookies.header(going)) in visited else location


def _checked(
    url: str,
    *,
    policy: FetchPolicy,
) -> tuple[Target, FetchProblem | None, str]:
    try:
        going = target(url)
    except SchemeError as error:
        return _shown(url), FetchProblem.unsupported_scheme, str(error)
    except UrlError as error:
        return _shown(url), FetchProblem.bad_url, str(error)
    if going.port not in policy.ports:
        return (
            going,
            FetchProblem.refused_by_policy,
            f"The policy for outgoing requests refused port {going.port}.",
        )
    return going, None, ""


def _location(answer: ServerResponse) -> str:
    if answer.status not in REDIRECTS:
        return ""
    # The first Location counts, as in browsers. A truncated or oversized body does not
    # change where to go.
    if answer.problem not in (None, FetchProblem.too_large, FetchProblem.protocol):
        return ""
    return next((value for name, value in answer.headers if name.lower() == "location"), "")


def _joined(base: str, location: str) -> str:
    try:
        # Servers write spaces into Location; browsers send them as %20.
        return urljoin(
            base, quote(location, safe="".join(map(chr, range(0x21, 0x7F)))).partition("#")[0]
        )
    except ValueError:
        return location


def _finished(
    url: str, target: str, answer: ServerResponse, hops: list[Redirect], spent: float
) -> FetchResult:
    return FetchResult(
        url=url,
        final_url=target,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        hops=tuple(hops),
        problem=answer.problem,
        reason=answer.reason,
        address=answer.address,
        elapsed_ms=round(spent * 1000),
    )


def _shown(url: str) -> Target:
    """A refused URL, cleaned so that it can be stored and displayed."""
    return Target(header_text(url.encode("utf-8", "replace"))[:MAX_URL], "", 0)
