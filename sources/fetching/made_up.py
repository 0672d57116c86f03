"""Where words leave it open whether a page is an error page: how its
server answers for an address that nobody ever gave out.

Asked only then, and once a day for each host and process. Not by the
stream: a page that is undecided there is decided when it is read.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.core.cache import cache
from redis import RedisError

from sources import classify, page_scan
from sources.classify import Finding, State
from sources.fetch_types import FetchPolicy, FetchResult
from sources.fetching import politeness
from sources.fetching.crawl import Crawl, Postponed

logger = logging.getLogger(__name__)

KEPT = 86_400  # seconds
SECONDS = 6.0
SAME_PAGE = "The server shows the same page for an address that was made up."


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server showed: its title and headings; nothing if it told the truth."""

    heads: tuple[str, ...]


def address_of(url: str) -> str:
    """An address on the same host that is no page, always the same one."""
    parts = urlsplit(url)
    name = hashlib.sha256(parts.netloc.encode()).hexdigest()[:16]
    return f"{parts.scheme}://{parts.netloc}/{name}-not-a-page"


def answer_of(result: FetchResult | Postponed) -> Answer | None:
    """What was learned; None if the server gave no answer that says anything."""
    if isinstance(result, Postponed) or result.problem or result.status is None:
        return None
    if result.status in (404, 410):
        return Answer(())
    return Answer(_heads(result)) if 200 <= result.status < 300 else None


def decided(finding: Finding, page: FetchResult, answer: Answer | None) -> Finding:
    if answer and any(answer.heads) and answer.heads == _heads(page):
        return Finding(State.soft_404_suspected, SAME_PAGE)
    return finding._replace(undecided=False)


def settle(page: FetchResult, finding: Finding, *, policy: FetchPolicy) -> Finding:
    """The finding, decided by asking the server where that is needed."""
    if not finding.undecided:
        return finding
    url = address_of(page.final_url)
    key = f"factcheck:made-up:{hashlib.sha256(url.encode()).hexdigest()}"
    heads = _kept(key)
    if heads is None:
        answer = answer_of(_fetched(url, policy=replace(policy, total_seconds=SECONDS)))
        if answer is None:
            return finding._replace(undecided=False)
        _keep(key, heads := list(answer.heads))
    return decided(finding, page, Answer(tuple(heads)))


def _heads(page: FetchResult) -> tuple[str, ...]:
    return tuple(page_scan.heads_of(classify.start_of(page)))


def _fetched(url: str, *, policy: FetchPolicy) -> FetchResult | Postponed:
    crawl: Crawl[str] = Crawl(policy, politeness=politeness.shared(), connections=1)
    crawl.add(url, url, retry=False)
    try:
        while True:
            for _, result in crawl.turn(1):
                return result
    finally:
        crawl.close()


def _kept(key: str) -> list[str] | None:
    try:
        kept = cache.get(key)
    except (RedisError, OSError) as error:
        logger.warning("made_up_not_kept error=%s", type(error).__name__)
        return None
    return kept if isinstance(kept, list) else None


def _keep(key: str, heads: list[str]) -> None:
    try:
        cache.set(key, heads, KEPT)
    except (RedisError, OSError) as error:
        logger.warning("made_up_not_kept error=%s", type(error).__name__)
