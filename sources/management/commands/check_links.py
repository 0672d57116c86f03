"""Look at a list of addresses and print what each one answers. Opens no database."""

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
        "Look at addresses once and print one JSON line for each, in the order given: state,"
        " status, where it led, why. Needs no database and keeps nothing. Addresses that cannot be"
        " used get a line as well."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file",
            required=True,
            metavar="URLS",
            help="one address a line, - for standard input; blank lines and # comments are skipped",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        lines = (line.strip() for line in _read(options["file"]).split("\n"))
        urls = [line for line in lines if line and not line.startswith("#")]
        with ThreadPoolExecutor(THREADS) as pool:
            for found in pool.map(_look, urls):
                self.stdout.write(json.dumps(found))
                self.stdout.flush()


def _read(name: str) -> str:
    """Bytes that are no UTF-8 stay in their line as what no address may contain, so that only that
    line is refused.
    """
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(
            f"{name}: {reason}. Check the path and that you may read the file.", returncode=2
        ) from error
    return raw.decode("utf-8-sig", errors="surrogateescape")


def _look(url: str) -> dict[str, Any]:
    try:
        return _line(url, pages.get(url))
    except RetryLaterError as error:
        return _unchecked(url, f"{error} Try again in {error.seconds:.0f} seconds.")
    except Exception:
        # One page that our own reading stumbles over must not cost the answers of all the others.
        logger.exception("check_links_failed")
        return _unchecked(
            url,
            "Our check failed, which says nothing about the page. See the log, and look at it by"
            " hand.",
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


def _line(url: str, look: PageVisit) -> dict[str, Any]:
    exchange = look.exchange
    return {
        "url": url,
        "state": look.state,
        "http_status": exchange.status,
        "final_url": exchange.final_url,
        "redirects": [{"url": hop.url, "status": hop.status} for hop in exchange.hops],
        "reason": look.reason,
        "sha256": hashlib.sha256(exchange.body).hexdigest() if exchange.body else None,
        "elapsed_ms": exchange.elapsed_ms,
    }
