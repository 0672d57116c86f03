"""One look at an address under this deployment's policy: fetched, classified and read."""

from dataclasses import dataclass, field

import certifi
from django.conf import settings

from sources import classify
from sources.bodies import read_body
from sources.choices import ANSWERED, LinkState
from sources.exchange import Exchange, Policy
from sources.fetch import fetch
from sources.readable import Page

_RETRY_HELPS = frozenset(
    {
        LinkState.UNCHECKED, LinkState.SERVER_ERROR, LinkState.TIMEOUT, LinkState.DNS_FAILURE, LinkState.CONNECTION_ERROR,
        LinkState.BLOCKED,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Warc:
    """The kept record of a fetch; empty where none is kept because its text is known already."""

    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """What was found. `page` is empty text unless the address answered with something readable."""

    exchange: Exchange
    state: LinkState
    reason: str
    page: Page
    warc: Warc = field(default_factory=Warc)

    @property
    def answered(self) -> bool:
        return self.state in ANSWERED

    @property
    def final(self) -> bool:
        """Would another try in a minute say the same?"""
        return self.state not in _RETRY_HELPS


def policy() -> Policy:
    return Policy(
        allowed_networks=settings.FETCH_ALLOWED_NETWORKS,
        ports=settings.FETCH_PORTS,
        ca_file=settings.FETCH_CA_FILE or certifi.where(),
        user_agent=f"Mozilla/5.0 (compatible; factcheck/1.0; +{settings.CONTACT})",
    )


def get(url: str) -> Look:
    exchange = fetch(url, policy=policy())
    finding = classify.classify(exchange)
    answered = finding.state in ANSWERED
    page = read_body(
        exchange.body if answered else b"", url=exchange.final_url, content_type=exchange.header("content-type")
    )
    unread = answered and not page.text.strip()
    return Look(exchange, LinkState(finding.state), page.note if unread and page.note else finding.reason, page)
