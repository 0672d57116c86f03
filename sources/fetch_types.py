"""What is asked of a fetch, and what it brings back."""

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
    """Where a fetch may go and how much it may cost. Networks named here are open besides the
    public internet.
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
    # Deployments add a contact address. The words "link" and "checker" earn a 403 from a common
    # firewall rule.
    user_agent: str = "Mozilla/5.0 (compatible; factcheck/1.0; editorial source verification)"

    def __post_init__(self) -> None:
        if not self.user_agent.isprintable() or not self.user_agent.isascii():
            raise ValueError(
                "The user agent must be one line of ASCII. Correct the setting that names it."
            )


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect that was answered: `location` is what the server wrote, cleaned of control
    characters.
    """

    url: str
    status: int
    location: str
    address: str


@dataclass(frozen=True, slots=True)
class FetchResult:
    """`status`, `headers` and `address` belong to `final_url`; a `problem` means the answer is
    missing or partial.
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
        """The last header of that name, or nothing."""
        wanted = name.lower()
        for key, value in reversed(self.headers):
            if key.lower() == wanted:
                return value
        return ""
