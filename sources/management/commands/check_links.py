"""Check a list of URLs and print the result of each. Uses no database."""

import hashlib
import json
import logging
import sys
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.ledger.due_work import RetryLaterError
from sources.choices import LinkState
from sources.fetching import pages
from sources.fetching.pages import PageVisit

logger = logging.getLogger(__name__)

THREADS = 8


class Command(BaseCommand):
    help = (
        "Check URLs once and print one JSON line for each, in the order given: state, status, final"
        " URL and reason. Uses no database and stores nothing. URLs that cannot be used get a line"
        " as well."
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

    def handle(self, *args: Any, **options: Any) -> None:
        lines = (line.strip() for line in _read(options["file"]).split("\n"))
        urls = [line for line in lines if line and not line.startswith("#")]
        with ThreadPoolExecutor(THREADS) as pool:
            for result in pool.map(_check, urls):
                self.stdout.write(json.dumps(result))
                self.stdout.flush()


def _read(name: str) -> str:
    """The text of a file. Bytes that are not UTF-8 become surrogates, which no URL may
    contain, so that only their line is refused.
    """
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(
            f"{name}: {reason}. Check the path and that you may read the file.", returncode=2
        ) from error
    return raw.decode("utf-8-sig", errors="surrogateescape")


def _check(url: str) -> dict[str, Any]:
    try:
        return _line(url, pages.get(url))
    except RetryLaterError as error:
        return _unchecked(url, f"{error} Try again in {error.seconds:.0f} seconds.")
    except Exception:
        # A page that our own code fails on must not cost the results of all others.
        logger.exception("check_links_failed")
        return _unchecked(
            url,
            "Our check failed, which says nothing about the page. See the log, and open the page"
            " in a browser.",
        )


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


def _line(url: str, visit: PageVisit) -> dict[str, Any]:
    exchange = visit.exchange
    return {
        "url": url,
        "state": visit.state,
        "http_status": exchange.status,
        "final_url": exchange.final_url,
        "redirects": [{"url": hop.url, "status": hop.status} for hop in exchange.hops],
        "reason": visit.reason,
        "sha256": hashlib.sha256(exchange.body).hexdigest() if exchange.body else None,
        "elapsed_ms": exchange.elapsed_ms,
    }
