"""What benchmarks/links.py starts with the product's settings: makes
the links, runs one stream, counts what was found.
"""

import dataclasses
import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.db.models import F  # noqa: E402

from benchmarks.linkfarm import (  # noqa: E402
    CAPTURED,
    TIMEOUT,
    addresses,
    kind_of,
    news_page,
    number_of,
    page,
)
from factcheck.ledger import clock  # noqa: E402
from factcheck.ledger.canonical_json import sha256  # noqa: E402
from factcheck.newsroom.models import Desk  # noqa: E402
from sources import captures  # noqa: E402
from sources.canonical_urls import site  # noqa: E402
from sources.classify import classify  # noqa: E402
from sources.fetch_types import FetchResult  # noqa: E402
from sources.fetching import pages, politeness  # noqa: E402
from sources.models import Capture, Link, LinkCheck, Owner, Publisher  # noqa: E402
from sources.watching import link_checks, stream  # noqa: E402


def make(count: int, port: int) -> None:
    """In the order of the list, each with the publisher a citation
    would give it, and with its copy: all were looked at before.
    """
    desk, owner = Desk.objects.create(name="Benchmark"), Owner.objects.create(name="Benchmark")
    urls = addresses(count, port)
    publishers = {
        domain: Publisher.objects.create(domain=domain, name=domain, owner=owner)
        for domain in sorted({site(url) for url in urls})
    }
    now = clock.now()
    Capture.objects.bulk_create(
        Capture(
            desk=desk,
            url=url,
            text=f"Ships of {url}",
            text_sha256=sha256(url),
            body_sha256=_body_sha256(url),
            content_type="text/html; charset=utf-8",
            captured_at=now,
        )
        for url in urls
        if kind_of(number_of(url)) in CAPTURED
    )
    copies = {capture.url: capture for capture in Capture.objects.only("url")}
    Link.objects.bulk_create(
        Link(
            desk=desk,
            url=url,
            publisher=publishers[site(url)],
            next_attempt_at=now,
            latest_capture=copies.get(url),
        )
        for url in urls
    )


def _body_sha256(url: str) -> str:
    return hashlib.sha256(page(number_of(url))).hexdigest()


def due(first: int) -> None:
    """All of them, in the order of the list: of what is due at one
    moment PostgreSQL takes any first. `first`: as if nobody had seen
    them before.
    """
    begin = clock.now() - timedelta(hours=1)
    copies = {} if first else {capture.url: capture for capture in Capture.objects.only("url")}
    links = list(Link.objects.order_by("pk").only("pk", "url"))
    for place, link in enumerate(links):
        link.next_attempt_at = begin + timedelta(milliseconds=place)
        link.latest_capture = copies.get(link.url)
    columns = ["next_attempt_at", "latest_capture"]
    Link.objects.bulk_update(links, columns, batch_size=1000)


def run(connections: int) -> None:
    policy = dataclasses.replace(pages.policy(), total_seconds=TIMEOUT)
    Link.objects.exists()  # the connection to the database is open
    politeness.shared()
    _tell("ready")
    sys.stdin.readline()
    used, began = time.process_time(), time.monotonic()
    tally = stream.run(connections=connections, policy=policy)
    used, took = time.process_time() - used, time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _tell(json.dumps(dataclasses.asdict(tally) | {"seconds": took, "cpu": used, "mb": memory}))


def capture(count: int) -> None:
    """How long a first capture takes from the answer to the row, in
    milliseconds: reading, the web archive file, the database. Nothing
    of it stays.
    """
    links = list(Link.objects.order_by("pk")[:count])
    reading, times, sizes = [], [], []
    with transaction.atomic():
        for number, link in enumerate(links):
            body = news_page(number)
            headers = (("Content-Type", "text/html; charset=utf-8"),)
            link.url, link.latest_capture = f"{link.url}?{number}", None
            exchange = FetchResult(link.url, link.url, 200, headers, body)
            began = time.monotonic()
            visit = pages.read(exchange, classify(exchange), text_only=True)
            reading.append(1000 * (time.monotonic() - began))
            link_checks.store(link, captures.store_web_archive(link, visit))
            times.append(1000 * (time.monotonic() - began))
            sizes.append(len(body) // 1000)
        transaction.set_rollback(True)
    report = {"read": median(reading), "ms": median(times), "most": max(times)}
    _tell(json.dumps(report | {"kB": [min(sizes), max(sizes)]}))


def link_states() -> None:
    """Each link's state, and how many checks the history holds."""
    _tell(
        json.dumps(
            {
                "states": dict(Link.objects.order_by().values_list("url", "state")),
                "checks": LinkCheck.objects.count(),
                "unwritten": (
                    Link.objects.exclude(lease_token=None).count()
                    + Link.objects.filter(next_attempt_at__lte=F("last_checked_at")).count()
                ),
            }
        )
    )


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


COMMANDS: dict[str, Callable[..., None]] = {
    "make": make,
    "due": due,
    "run": run,
    "capture": capture,
    "link_states": link_states,
}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*map(int, sys.argv[2:]))
