"""The link stream: leases due links, keeps its connections busy and
writes results in batches. Safe under kill -9.

A leased link that is not written is due again when its lease ends, and
a result whose lease was lost is dropped. So each link is written once,
whichever process dies.
"""

import contextlib
import hashlib
import logging
import time
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DataError, IntegrityError, OperationalError, connection

from factcheck.ledger import due_work
from factcheck.ledger.due_work import RetryLaterError
from sources import captures, classify
from sources.choices import ANSWERED, LinkState
from sources.classify import Finding
from sources.fetch_types import FetchPolicy, FetchResult
from sources.fetching import pages, politeness
from sources.fetching.crawl import ROOM, Crawl, Postponed
from sources.fetching.pages import PageVisit
from sources.models import Link
from sources.watching import batches, link_checks, schedule
from sources.watching.batches import Leased, Seen

logger = logging.getLogger(__name__)

# Nothing is leased after this; the broker would hand the task out again after 300
# seconds.
RUN_SECONDS = 200.0
READ_SECONDS = 60.0  # of a run that reads, in the queue of those that check
EACH = 20  # links of one publisher at a time: at a second each they are done within a lease
WRITE_ROWS, WRITE_SECONDS = 500, 2.0
IDLE = 1.0  # seconds between two queries while nothing is due
WAITING = 2_000  # links that wait for their hosts, at most
UNREAD = 32  # pages that wait to be read, beyond which nothing new is begun
GRACE = 20.0  # seconds that running fetches have after the last lease
MAX_ERRORS = 3  # consecutive database errors that may be transient: a deadlock, a restart


@dataclass(slots=True)
class Tally:
    """What one run did."""

    leased: int = 0
    written: int = 0
    read: int = 0
    postponed: int = 0
    failed: int = 0


def run(
    *,
    seconds: float = RUN_SECONDS,
    connections: int | None = None,
    policy: FetchPolicy | None = None,
    polite: politeness.Politeness | None = None,
    reading: bool = False,
) -> Tally:
    """Check due links until there are none or the time is over; returns
    the counts.

    A page that nobody has read yet is told from an error page by a
    scan, and waits to be read: that costs a hundred times what the
    check costs. `reading` does it, and captures the pages.
    """
    stream = _Stream(
        policy or pages.policy(),
        polite or politeness.shared(),
        connections or settings.STREAM_CONNECTIONS,
        seconds,
        reading=reading,
    )
    try:
        return stream.run()
    finally:
        stream.close()


@dataclass(frozen=True, slots=True)
class _Page:
    pk: int
    exchange: FetchResult
    finding: Finding
    read: Future[PageVisit]


@dataclass(slots=True)
class _Reading:
    """Reads changed pages in a thread beside the loop, so that no
    connection waits for a parser.
    """

    reader: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    under_way: list[_Page] = field(default_factory=list)

    def add(self, pk: int, exchange: FetchResult, finding: Finding) -> None:
        read = self.reader.submit(pages.read, exchange, finding, text_only=True)
        self.under_way.append(_Page(pk, exchange, finding, read))

    def ended(self) -> list[tuple[int, Future[PageVisit]]]:
        pending, self.under_way = self.under_way, []
        finished: list[tuple[int, Future[PageVisit]]] = []
        # One question each: a future may finish between two, and would then be lost or
        # kept twice.
        for page in pending:
            if page.read.done():
                finished.append((page.pk, page.read))
            else:
                self.under_way.append(page)
        return finished

    @property
    def has_room(self) -> bool:
        sizes = [len(page.exchange.body) for page in self.under_way]
        return len(sizes) <= UNREAD and sum(sizes) < ROOM


class _Stream:
    def __init__(
        self,
        policy: FetchPolicy,
        polite: politeness.Politeness,
        connections: int,
        seconds: float,
        *,
        reading: bool = False,
    ) -> None:
        self.reads_first_texts = reading
        self.due = "reading_due_at" if reading else "next_attempt_at"
        self.token = uuid.uuid4()
        self.polite = polite
        self.crawl: Crawl[int] = Crawl(policy, politeness=polite, connections=connections)
        self.leased: dict[int, Leased] = {}
        self.in_flight: Counter[int] = Counter()
        self.seen: list[Seen] = []
        self.reading = _Reading()
        self.tally = Tally()
        self.ahead = 4 * connections
        self.closing = time.monotonic() + seconds
        self.next_lease = self.next_write = 0.0
        self.next_renewal = self._renewal()
        self.errors_in_row = 0
        self.ending = False

    def run(self) -> Tally:
        while self._lease() or self.leased:
            for pk, result in self.crawl.turn(
                0.05 if self.reading.under_way else 0.5, begin=self.reading.has_room
            ):
                self._guarded(pk, self._take, result)
            for pk, read in self.reading.ended():
                self._guarded(pk, self._keep, read)
            self._write_if_time()
            self._renew_if_time()
            if time.monotonic() > self.closing:
                self._release(self.crawl.give_up(), seconds=0)
            if time.monotonic() > self.closing + GRACE:
                break
        return self.tally

    def close(self) -> None:
        """Write the results and release the remaining leases, whatever
        ended the run.
        """
        self.ending = True
        # Callbacks run in reverse order, and the others run even if one raises.
        with contextlib.ExitStack() as each:
            each.callback(lambda: self._release(list(self.leased), seconds=0))
            each.callback(self.crawl.close)
            each.callback(self.reading.reader.shutdown, cancel_futures=True)
            each.callback(self._write)
            each.callback(self._leave_unread)

    # --- what comes in ---

    def _lease(self) -> bool:
        """Keep enough claimed that no connection waits for the
        database. False if nothing more will come.
        """
        now = time.monotonic()
        if now > self.closing:
            return False
        if self._has_enough() or (self.leased and now < self.next_lease):
            return True
        try:
            rows = batches.lease(
                self.token,
                most=self.ahead,
                each=EACH,
                in_flight=self.in_flight,
                due=self.due,
            )
        except OperationalError as error:
            self._handle_error(error)
            return True  # transient: try again in the next turn
        fresh = [one for one in rows if one.link.pk not in self.leased]
        already_leased = {
            one.link.pk for one in rows
        } & self.leased.keys()  # somebody asked for another check while it is under way
        self._give_back(already_leased, seconds=0)
        for one in fresh:
            self.leased[one.link.pk] = one
            self.in_flight[one.link.publisher_id] += 1
            self.crawl.add(one.link.pk, one.link.url)
        self.tally.leased += len(fresh)
        self.next_lease = now + (0 if fresh else IDLE)
        return bool(rows)

    def _has_enough(self) -> bool:
        """Whether enough links wait. Politeness allows one visit per
        host and second, so idle connections need links of more hosts.
        """
        waiting = WAITING if self.polite.delay and self.crawl.free else self.ahead // 2
        return self.crawl.waiting > waiting or len(self.reading.under_way) > UNREAD

    def _take(self, pk: int, result: FetchResult | Postponed) -> None:
        if isinstance(result, Postponed):
            self._release([pk], seconds=result.seconds)
            self.tally.postponed += 1
            return
        one = self.leased.get(pk)
        if one is None:
            return
        digest = hashlib.sha256(result.body).hexdigest()
        same = one.known is not None and one.known.is_shown_by(
            digest, result.header("content-type")
        )
        finding = classify.classify(result, seen_before=same)
        if finding.state == LinkState.UNCHECKED:
            raise OSError(finding.reason)  # our own fault: it says nothing about the link
        if one.link.dead_since and finding.state not in schedule.FAILING:
            self.reading.add(pk, result, finding)  # revived: stored by the single check
        elif finding.state not in ANSWERED:
            self.seen.append(Seen(one.link, replace(result, body=b""), finding))
        elif same and one.known:
            self.seen.append(
                Seen(one.link, replace(result, body=b""), finding, digest, one.known.capture_id)
            )
        elif not result.body:
            self.seen.append(Seen(one.link, result, finding, digest))  # too large to be captured
        elif one.known is None and not self.reads_first_texts:
            self.seen.append(
                Seen(one.link, replace(result, body=b""), finding, digest, unread=True)
            )
        else:
            self.reading.add(pk, result, finding)

    def _keep(self, pk: int, read: Future[PageVisit]) -> None:
        """Store a changed link exactly as a single check would."""
        visit = read.result()
        if due_work.run_leased(
            Link,
            pk,
            self.token,
            prepare=lambda link: captures.store_web_archive(link, visit),
            store=link_checks.store,
            due=self.due,
        ):
            self.tally.written += 1
        self.tally.read += 1
        self._forget(pk)

    def _guarded(self, pk: int, work: Callable[..., None], result: object) -> None:
        """Run `work` for one link; an error postpones that link and
        costs no other its result.
        """
        try:
            work(pk, result)
        except SoftTimeLimitExceeded:
            raise  # it concerns the run, not this link
        except RetryLaterError as error:
            self._release([pk], seconds=error.seconds)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is stored on the row)
            self.tally.failed += 1
            logger.warning("link_check_failed link=%s error=%s", pk, type(error).__name__)
            with self._patience():
                due_work.postpone(Link, pk, self.token, error, due=self.due)
            self._forget(pk)

    # --- what goes out ---

    def _write_if_time(self) -> None:
        now = time.monotonic()
        if not self.seen:
            self.next_write = now + WRITE_SECONDS
        elif now >= self.next_write or (
            not self.errors_in_row and (len(self.seen) >= WRITE_ROWS or not self.crawl.pending)
        ):
            self._write()
            self.next_write = now + WRITE_SECONDS

    def _write(self) -> None:
        if not self.seen:
            return
        seen = self.seen  # replaced only once they are written
        try:
            with self._patience():
                written = batches.write(self.token, seen)
                self.seen = []
                self._written(seen, written)
        except (DataError, IntegrityError):
            self.seen = []
            # One row that the database refuses fails the whole batch: write them one by
            # one.
            for one in seen:
                self._guarded(one.link.pk, self._write_alone, one)

    def _leave_unread(self) -> None:
        """Keep the state of pages that are still being read; their texts can wait."""
        for page in self.reading.under_way:
            if one := self.leased.get(page.pk):
                digest = hashlib.sha256(page.exchange.body).hexdigest()
                exchange = replace(page.exchange, body=b"")
                self.seen.append(Seen(one.link, exchange, page.finding, digest, unread=True))

    def _write_alone(self, _pk: int, one: Seen) -> None:
        self._written([one], batches.write(self.token, [one]))

    def _written(self, seen: list[Seen], written: batches.WriteResult) -> None:
        self.seen += written.waiting
        self.tally.written += written.count
        for one in () if self.ending else written.changed_links:
            self.reading.add(one.link.pk, one.exchange, one.finding)
        unwritten_pks = {one.link.pk for one in (*written.waiting, *written.changed_links)}
        for one in seen:
            if one.link.pk not in unwritten_pks:
                self._forget(one.link.pk)

    def _renewal(self) -> float:
        return time.monotonic() + settings.LEASE_SECONDS / 3

    def _renew_if_time(self) -> None:
        if time.monotonic() >= self.next_renewal:
            # If the renewal fails, it is tried again soon, well within the lease.
            self.next_renewal = time.monotonic() + WRITE_SECONDS
            with self._patience():
                due_work.renew(Link, list(self.leased), self.token)
                self.next_renewal = self._renewal()

    def _release(self, pks: list[int], *, seconds: float) -> None:
        self._give_back(pks, seconds=seconds)
        for pk in pks:
            self._forget(pk)

    def _give_back(self, pks: Collection[int], *, seconds: float) -> None:
        """Release leases. If the database refuses, the links are due
        again when their lease ends.
        """
        if pks:
            with self._patience():
                due_work.release(Link, pks, self.token, seconds=seconds, due=self.due)

    @contextlib.contextmanager
    def _patience(self) -> Iterator[None]:
        """Tolerate a few consecutive database errors: what failed is
        tried again, or can wait.
        """
        try:
            yield
        except OperationalError as error:
            self._handle_error(error)
        else:
            self.errors_in_row = 0

    def _handle_error(self, error: OperationalError) -> None:
        self.errors_in_row += 1
        if self.errors_in_row > MAX_ERRORS:
            raise error
        logger.warning("stream_error error=%s", error)
        # A restart of PostgreSQL leaves a dead connection, which Django replaces only
        # between requests.
        connection.close_if_unusable_or_obsolete()

    def _forget(self, pk: int) -> None:
        one = self.leased.pop(pk, None)
        if one:
            self.in_flight[one.link.publisher_id] -= 1
