"""One visit to a URL under the policy of this deployment: fetch, classify and read."""

from dataclasses import dataclass, field

import certifi
from django.conf import settings

from factcheck.ledger.due_work import RetryLaterError
from sources import classify
from sources.choices import ANSWERED, LinkState
from sources.fetch_types import FetchPolicy, FetchResult
from sources.fetching import made_up, politeness
from sources.fetching.crawl import Crawl, Postponed
from sources.readable import Page
from sources.response_bodies import read_body

_RETRY_HELPS = frozenset(
    {
        LinkState.UNCHECKED,
        LinkState.SERVER_ERROR,
        LinkState.TIMEOUT,
        LinkState.DNS_FAILURE,
        LinkState.CONNECTION_ERROR,
        LinkState.BLOCKED,
    }
)


@dataclass(frozen=True, slots=True)
class Warc:
    """A stored web archive file; empty if none is stored because the
    text is already known.
    """

    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class PageVisit:
    """The result of a visit. `page` has no text unless the URL answered
    with something readable.
    """

    exchange: FetchResult
    state: LinkState
    reason: str
    page: Page
    warc: Warc = field(default_factory=Warc)

    @property
    def answered(self) -> bool:
        return self.state in ANSWERED

    @property
    def final(self) -> bool:
        """Whether another try in a minute would give the same result."""
        return self.state not in _RETRY_HELPS


def policy() -> FetchPolicy:
    """The fetch policy of the settings."""
    return FetchPolicy(
        allowed_networks=settings.FETCH_ALLOWED_NETWORKS,
        ports=settings.FETCH_PORTS,
        ca_file=settings.FETCH_CA_FILE or certifi.where(),
        user_agent=f"Mozilla/5.0 (compatible; factcheck/1.0; +{settings.CONTACT})",
    )


def get(url: str, *, retry: bool = False, text_only: bool = False) -> PageVisit:
    """Waits for the host's turn. `retry`: tried twice where what went
    wrong often heals. Raises RetryLaterError where the host asked for
    peace.
    """
    result = fetched(url, retry=retry)
    return read(result, classify.classify(result), text_only=text_only)


def fetched(url: str, *, retry: bool = False) -> FetchResult:
    """What `get` reads, as it came."""
    crawl: Crawl[str] = Crawl(policy(), politeness=politeness.shared(), connections=1)
    crawl.add(url, url, retry=retry)
    try:
        while True:
            for _, result in crawl.turn(1):
                if isinstance(result, Postponed):
                    raise RetryLaterError(
                        "The site asked us to come back later.", seconds=result.seconds
                    )
                return result
    finally:
        crawl.close()


def read(
    exchange: FetchResult,
    finding: classify.Finding,
    *,
    text_only: bool = False,
) -> PageVisit:
    """The visit of a fetch that was classified. Raises BusyError if no
    PDF can be read now.
    """
    finding = made_up.settle(exchange, finding, policy=policy())
    answered = finding.state in ANSWERED
    page = read_body(
        exchange.body if answered else b"",
        url=exchange.final_url,
        content_type=exchange.header("content-type"),
        text_only=text_only,
    )
    unread = answered and not page.text.strip()
    return PageVisit(
        exchange,
        LinkState(finding.state),
        page.note if unread and page.note else finding.reason,
        page,
    )
