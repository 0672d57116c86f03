"""Check a list of URLs and print the result of each. Uses no database."""

import hashlib
import json
import logging
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from sources import classify
from sources.choices import LinkState
from sources.classify import Finding
from sources.fetch_types import FetchResult
from sources.fetching import made_up, pages, politeness
from sources.fetching.crawl import Crawl, Postponed

logger = logging.getLogger(__name__)

CONNECTIONS = 256
TIMEOUT = 20.0
AHEAD = 20_000  # addresses of a long list that wait for their hosts, at most
REPORT_SECONDS = 2.0


class Command(BaseCommand):
    help = (
        "Check URLs once and print one JSON line for each, in the order given: state, status, final"
        " URL and reason. Uses no database and stores nothing. URLs that cannot be used get a line"
        " as well. Progress goes to standard error."
    )
    # They would open the database, which this command does without.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file",
            required=True,
            metavar="URLS",
            help="one URL a line, - for standard input; blank lines and # comments are skipped",
        )
        parser.add_argument(
            "--connections",
            type=int,
            default=CONNECTIONS,
            help=f"at once, two of them at one host at most (default {CONNECTIONS})",
        )
        parser.add_argument(
            "--timeout",
            type=float,
            default=TIMEOUT,
            metavar="SECONDS",
            help=f"for one URL with its redirects (default {TIMEOUT:.0f})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["connections"] < 1 or options["timeout"] <= 0:
            raise CommandError("--connections and --timeout are positive numbers.", returncode=2)
        lines = (line.strip() for line in _read(options["file"]).split("\n"))
        urls = [line for line in lines if line and not line.startswith("#")]
        crawl: Crawl[int | str] = Crawl(
            replace(pages.policy(), total_seconds=options["timeout"]),
            politeness=politeness.shared(),
            connections=min(options["connections"], len(urls) or 1),
        )
        results = _Results(urls, out=self.stdout)  # type: ignore[arg-type]
        try:
            _check_all(crawl, urls, results)
        finally:
            crawl.close()


@dataclass
class _Results:
    """Prints each line as soon as all before it are known."""

    urls: list[str]
    out: TextIO
    waiting: dict[int, dict[str, Any]] = field(default_factory=dict)
    printed: int = 0
    states: Counter[str] = field(default_factory=Counter)
    reported_at: float = field(default_factory=time.monotonic)

    def add(self, place: int, line: dict[str, Any]) -> None:
        self.waiting[place] = line
        self.states[line["state"]] += 1
        while self.printed in self.waiting:
            self.out.write(json.dumps(self.waiting.pop(self.printed)))
            self.printed += 1

    def report(self, *, last: bool = False) -> None:
        now = time.monotonic()
        if not last and now - self.reported_at < REPORT_SECONDS:
            return
        self.reported_at = now
        self.out.flush()
        shown = ", ".join(f"{state} {count:,}" for state, count in self.states.most_common())
        sys.stderr.write(f"{self.states.total():,} of {len(self.urls):,} checked: {shown}\n")
        sys.stderr.flush()


def _check_all(crawl: Crawl[int | str], urls: list[str], results: _Results) -> None:
    added = 0
    # Pages that wait for how their server answers for an address that was made up.
    doubted: dict[str, list[tuple[int, FetchResult, Finding]]] = {}
    while added < len(urls) or crawl.pending:
        while added < len(urls) and crawl.waiting < AHEAD:
            crawl.add(added, urls[added], retry=False)
            added += 1
        for key, result in crawl.turn(0.5):
            if isinstance(key, str):
                answer = made_up.answer_of(result)
                for place, page, finding in doubted.pop(key):
                    decided = made_up.decided(finding, page, answer)
                    results.add(place, _checked(urls[place], page, decided))
            elif doubt := _doubt(key, urls[key], result, results):
                url_made_up = made_up.address_of(doubt[1].final_url)
                if url_made_up not in doubted:
                    crawl.add(url_made_up, url_made_up, retry=False)
                doubted.setdefault(url_made_up, []).append(doubt)
        results.report()
    results.report(last=True)


def _doubt(
    place: int, url: str, result: FetchResult | Postponed, results: _Results
) -> tuple[int, FetchResult, Finding] | None:
    """Add the result, unless its page leaves open what it is: then that is returned."""
    line, finding = _line(url, result)
    if finding and finding.undecided and isinstance(result, FetchResult):
        return place, result, finding
    results.add(place, line)
    return None


def _read(name: str) -> str:
    """The text of a file. Bytes that are not UTF-8 become surrogates,
    which no URL may contain, so that only their line is refused.
    """
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(
            f"{name}: {reason}. Check the path and that you may read the file.", returncode=2
        ) from error
    return raw.decode("utf-8-sig", errors="surrogateescape")


def _line(
    url: str,
    result: FetchResult | Postponed,
) -> tuple[dict[str, Any], Finding | None]:
    if isinstance(result, Postponed):
        wait = f"The site asked us to come back later. Try again in {result.seconds:.0f} seconds."
        return _unchecked(url, wait), None
    try:
        finding = classify.classify(result)
        return _checked(url, result, finding), finding
    except Exception:
        # A page that our own code fails on must not cost the results of all others.
        logger.exception("check_links_failed")
        reason = (
            "Our check failed, which says nothing about the page. See the log, and open the page"
            " in a browser."
        )
        return _unchecked(url, reason), None


def _unchecked(url: str, reason: str) -> dict[str, Any]:
    return {
        "url": url,
        "state": LinkState.UNCHECKED,
        "http_status": None,
        "final_url": url,
        "redirects": [],
        "reason": reason,
        "sha256": None,
        "elapsed_ms": 0,
    }


def _checked(
    url: str,
    exchange: FetchResult,
    finding: classify.Finding,
) -> dict[str, Any]:
    return {
        "url": url,
        "state": finding.state,
        "http_status": exchange.status,
        "final_url": exchange.final_url,
        "redirects": [{"url": hop.url, "status": hop.status} for hop in exchange.hops],
        "reason": finding.reason,
        "sha256": hashlib.sha256(exchange.body).hexdigest() if exchange.body else None,
        "elapsed_ms": exchange.elapsed_ms,
    }
