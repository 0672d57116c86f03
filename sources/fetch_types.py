"""The policy and the result of a fetch."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import certifi

from sources.ip_addresses import Network


class FetchProblem(StrEnum):
    refused_by_policy = "refused_by_policy"
    unsupported_scheme = "unsupported_scheme"
    bad_url = "bad_url"
    dns = "dns"
    connect = "connect"
    tls = "tls"
    timeout = "timeout"
    too_large = "too_large"
    too_many_redirects = "too_many_redirects"
    protocol = "protocol"
    our_ca_file = "our_ca_file"
    internal_error = "internal_error"


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """Where a fetch may go and its limits. `allowed_networks` are open
    in addition to the public internet.
    """

    allowed_networks: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset({80, 443})
    max_bytes: int = 5 * 2**20
    max_header_bytes: int = 64 * 2**10
    max_headers: int = 200
    connect_seconds: float = 5
    total_seconds: float = 20
    low_speed_bytes: int = 50
    low_speed_seconds: int = 8
    max_redirects: int = 10
    ca_file: str = field(default_factory=certifi.where)
    # Deployments add a contact URL. A common firewall rule answers “link” and “checker”
    # with 403.
    user_agent: str = "Mozilla/5.0 (compatible; factcheck/1.0; editorial source verification)"

    def __post_init__(self) -> None:
        if not self.user_agent.isprintable() or not self.user_agent.isascii():
            raise ValueError(
                "The user agent must be one line of ASCII. Correct the setting that names it."
            )


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirect; `location` is as the server sent it, without control characters."""

    url: str
    status: int
    location: str
    address: str


@dataclass(frozen=True, slots=True)
class FetchResult:
    """`status`, `headers` and `address` belong to `final_url`. With a
    `problem` the answer is missing or partial.
    """

    url: str
    final_url: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    hops: tuple[Redirect, ...] = ()
    problem: FetchProblem | None = None
    reason: str = ""
    elapsed_ms: int = 0
    address: str = ""

    def header(self, name: str) -> str:
        """The last header of that name, or an empty string."""
        lower_name = name.lower()
        for key, value in reversed(self.headers):
            if key.lower() == lower_name:
                return value
        return ""
