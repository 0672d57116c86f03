"""One request to a service of others, under the same guard as every
fetch. Redirects are not followed: a message goes where it was sent.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pycurl

from sources.canonical_urls import UrlError, target
from sources.fetch_types import FetchPolicy, FetchProblem
from sources.fetching.transfer import Transfer

SECONDS = 15
JSON = ["Content-Type: application/json", "Accept: */*"]


class Posted(NamedTuple):
    """`status` is None without an answer; `reached`: the server may
    have got the message all the same.
    """

    status: int | None
    reached: bool
    problem: FetchProblem | None = None
    reason: str = ""
    retry_after: str = ""
    body: bytes = b""


def post(url: str, body: bytes, *, policy: FetchPolicy) -> Posted:
    """A POST of JSON. Never raises for what a URL, DNS or a server does."""
    return ask(url, body, headers=JSON, policy=policy)


def ask(url: str, body: bytes | None, *, headers: Sequence[str], policy: FetchPolicy) -> Posted:
    """A POST of this body, or a GET without one; raises as little."""
    try:
        going = target(url)
    except UrlError as error:
        return Posted(None, False, FetchProblem.bad_url, str(error))
    if going.port not in policy.ports:
        reason = f"The policy for outgoing requests refused port {going.port}."
        return Posted(None, False, FetchProblem.refused_by_policy, reason)
    transfer = Transfer(policy)
    try:
        if body is not None:
            transfer.curl.setopt(pycurl.POST, 1)
            transfer.curl.setopt(pycurl.POSTFIELDS, body)
        transfer.curl.setopt(pycurl.HTTPHEADER, list(headers))
        answer = transfer.get(going.url, seconds=SECONDS)
        reached = transfer.curl.getinfo(pycurl.REQUEST_SIZE) > 0
    finally:
        transfer.close()
    waits = (value for name, value in answer.headers if name.lower() == "retry-after")
    return Posted(
        answer.status, reached, answer.problem, answer.reason, next(waits, ""), answer.body
    )
