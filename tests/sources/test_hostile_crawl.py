"""Bad servers among good ones, all at once: each ends within its limit and says why,
and the good ones are not disturbed.
"""

from __future__ import annotations

import gzip
import resource
import time

from sources.canonical_urls import target
from sources.classify import classify
from sources.fetch_types import FetchPolicy, FetchResult
from sources.fetching.crawl import Crawl
from sources.fetching.fetch import FetchProblem, fetch
from sources.fetching.politeness import Politeness
from tests.sources.internal_services import Visit, serving
from tests.sources.test_hostile_servers import NONSENSE, OPENING

BOMB = gzip.compress(b"\0" * 20_000_000, 9)
KINDS = list(NONSENSE)


def _behave(visit: Visit) -> None:
    kind = visit.path.split("/")[1]
    if kind.isdigit():
        visit.send(NONSENSE[KINDS[int(kind)]])
    elif kind == "drip":
        visit.send(OPENING + b"\r\n")
        while visit.pause(0.05):
            visit.send(b"x")
    elif kind == "endless":
        visit.send(OPENING + b"\r\n")
        while not visit.stopped.is_set():
            visit.send(b"x" * 65_536)
    elif kind == "bomb":
        visit.answer(BOMB, headers=("Content-Encoding: gzip",))
    elif kind == "headers":
        visit.send(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 100_000 + b"\r\n")
    elif kind == "loop":
        visit.redirect(visit.path)
    elif kind == "silent":
        visit.pause(5)
    else:
        visit.answer(b"<p>good</p>")


def _crawl(urls: list[str], policy: FetchPolicy, *, connections: int) -> dict[str, FetchResult]:
    crawl: Crawl[str] = Crawl(
        policy, politeness=Politeness(delay=0, redis=None), connections=connections
    )
    found: dict[str, FetchResult] = {}
    try:
        for url in urls:
            crawl.add(url, url, retry=False)
        while crawl.pending:
            for url, ended in crawl.turn(1):
                assert isinstance(ended, FetchResult) and url not in found
                found[url] = ended
    finally:
        crawl.close()
    return found


def test_each_ends_with_the_same_finding_as_alone_and_the_good_ones_arrive() -> None:
    with serving(_behave) as server:
        bad = [
            f"{server.url}/{kind}"
            for kind in (*range(len(KINDS)), "drip", "endless", "bomb", "headers", "loop")
        ]
        good = [f"{server.url}/good/{number}" for number in range(len(bad))]
        policy = server.policy(total_seconds=1, max_bytes=300_000)
        found = _crawl(
            [url for pair in zip(bad, good, strict=True) for url in pair], policy, connections=8
        )
        for url in good:
            assert (found[url].problem, found[url].body) == (None, b"<p>good</p>")
        for url in bad:
            alone = fetch(url, policy=policy)
            assert (found[url].problem, found[url].status) == (alone.problem, alone.status), url
            assert classify(found[url]).reason


def test_a_host_whose_visits_were_broken_off_is_visited_again() -> None:
    politeness = Politeness(delay=0, redis=None)
    with serving(_behave) as server:
        for _ in range(3):
            crawl: Crawl[int] = Crawl(server.policy(), politeness=politeness, connections=2)
            crawl.add(1, f"{server.url}/silent", retry=False)
            crawl.turn(0)
            crawl.close()
        assert politeness.enter([target(server.url).server]) == [0]


def test_endless_bodies_and_bombs_together_cost_little_memory_and_time() -> None:
    with serving(_behave) as server:
        urls = [
            f"{server.url}/{kind}/{number}"
            for kind in ("endless", "bomb", "headers", "silent")
            for number in range(4)
        ]
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
        found = _crawl(urls, server.policy(), connections=16)
        assert {exchange.problem for exchange in found.values()} == {
            FetchProblem.too_large,
            FetchProblem.timeout,
        }
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before <= 64 * 1024
        assert time.monotonic() - began < 60, (
            "two connections at a time for a host, each with a limit of two seconds"
        )
