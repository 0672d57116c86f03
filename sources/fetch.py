"""The only door to the internet: one GET, its redirects followed one by one, each under the same policy."""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import quote, urljoin, urlsplit

from sources.canonical import DEFAULT_PORTS, MAX_URL, SchemeError, UrlError, requestable_url
from sources.exchange import Exchange, Hop, Policy, Problem
from sources.transfer import Answer, Transfer, header_text

__all__ = ["Exchange", "Hop", "Policy", "Problem", "fetch"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def fetch(url: str, *, policy: Policy) -> Exchange:
    """Never raises for anything a URL, a DNS answer or a server can do: that is in `problem` and `reason`."""
    started = time.monotonic()
    transfer = Transfer(policy)
    try:
        exchange = _follow(url, policy=policy, transfer=transfer, deadline=started + policy.total_seconds)
    finally:
        transfer.close()
    return replace(exchange, elapsed_ms=round((time.monotonic() - started) * 1000))


def _follow(url: str, *, policy: Policy, transfer: Transfer, deadline: float) -> Exchange:
    hops: list[Hop] = []
    visited: set[str] = set()
    wanted = url
    while True:
        target, problem, reason = _checked(wanted, policy=policy)
        if problem is None and target in visited:
            # Without cookies the answer would be the same again.
            problem, reason = Problem.too_many_redirects, "The redirects lead in a circle."
        if problem is None and len(hops) > policy.max_redirects:
            problem, reason = (
                Problem.too_many_redirects,
                f"The address redirects more than {policy.max_redirects} times.",
            )
        seconds = deadline - time.monotonic()
        if problem is None and seconds <= 0:
            problem, reason = Problem.timeout, "The redirects took too long."
        if problem is not None:
            return Exchange(url=url, final_url=target, hops=tuple(hops), problem=problem, reason=reason)
        visited.add(target)
        answer = transfer.get(target, seconds=seconds)
        location = _location(answer)
        if not location or answer.status is None:
            return _finished(url, target, answer, hops)
        hops.append(Hop(url=target, status=answer.status, location=location, address=answer.address))
        wanted = _joined(target, location)


def _checked(url: str, *, policy: Policy) -> tuple[str, Problem | None, str]:
    try:
        target = requestable_url(url)
    except SchemeError as error:
        return _shown(url), Problem.unsupported_scheme, str(error)
    except UrlError as error:
        return _shown(url), Problem.bad_url, str(error)
    parts = urlsplit(target)
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    if port not in policy.ports:
        return target, Problem.refused_by_policy, f"The policy for outgoing requests refused port {port}."
    return target, None, ""


def _location(answer: Answer) -> str:
    if answer.status not in REDIRECTS:
        return ""
    # The first one counts, as in browsers. A body that broke off or is too large does not unsay where to go.
    if answer.problem not in (None, Problem.too_large, Problem.protocol):
        return ""
    return next((value for name, value in answer.headers if name.lower() == "location"), "")


def _joined(base: str, location: str) -> str:
    try:
        # Servers write spaces into Location; browsers send them as %20.
        return urljoin(base, quote(location, safe="".join(map(chr, range(0x21, 0x7F)))).partition("#")[0])
    except ValueError:
        return location


def _finished(url: str, target: str, answer: Answer, hops: list[Hop]) -> Exchange:
    return Exchange(
        url=url,
        final_url=target,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        hops=tuple(hops),
        problem=answer.problem,
        reason=answer.reason,
        address=answer.address,
    )


def _shown(url: str) -> str:
    """A refused address as it may be stored and displayed."""
    return header_text(url.encode("utf-8", "replace"))[:MAX_URL]
