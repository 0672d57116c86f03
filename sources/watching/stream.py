"""The link stream: claims what is due, keeps its connections busy, writes what it found together.
Safe under kill -9.

A link that was claimed and not written is due again when its lease ends; a result whose lease was
lost is dropped. So each link is written once in a run, whatever dies.
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

RUN_SECONDS = (
    200.0  # nothing is claimed after this; the broker would hand the task out again after 300
)
EACH = 20  # links of one publisher at a time: at a second each they are done within a lease
WRITE_ROWS, WRITE_SECONDS = 500, 2.0
IDLE = 1.0  # seconds until it is asked again whether something is due
WAITING = 2_000  # links that wait for their hosts, at most
UNREAD = 32  # pages that wait to be read, beyond which nothing new is begun
GRACE = 20.0  # seconds that what is under way has after the last claim
STUMBLES = 3  # times in a row that the database may refuse for a moment: a deadlock, a restart


@dataclass(slots=True)
class Tally:
    """What one run did."""

    claimed: int = 0
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
) -> Tally:
    """Check what is due until nothing is, or the time is over."""
    stream = _Stream(
        policy or pages.policy(),
        polite or politeness.shared(),
        connections or settings.STREAM_CONNECTIONS,
        seconds,
    )
    try:
        return stream.run()
    finally:
        stream.close()


@dataclass(slots=True)
class _Reading:
    """Pages that say something new are read beside the loop, so that no connection
    waits for one.
    """

    reader: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    under_way: list[tuple[int, Future[PageVisit], int]] = field(default_factory=list)

    def add(self, pk: int, exchange: FetchResult, finding: Finding) -> None:
        self.under_way.append(
            (pk, self.reader.submit(pages.read, exchange, finding), len(exchange.body))
        )

    def ended(self) -> list[tuple[int, Future[PageVisit]]]:
        asked, self.under_way = self.under_way, []
        done: list[tuple[int, Future[PageVisit]]] = []
        for pk, read, size in asked:  # asked once each: one may end between two questions
            if read.done():
                done.append((pk, read))
            else:
                self.under_way.append((pk, read, size))
        return done

    @property
    def has_room(self) -> bool:
        return len(self.under_way) <= UNREAD and sum(size for _, _, size in self.under_way) < ROOM


class _Stream:
    def __init__(
        self, policy: FetchPolicy, polite: politeness.Politeness, connections: int, seconds: float
    ) -> None:
        self.token = uuid.uuid4()
        self.polite = polite
        self.crawl: Crawl[int] = Crawl(policy, politeness=polite, connections=connections)
        self.claimed: dict[int, Leased] = {}
        self.held: Counter[int] = Counter()
        self.seen: list[Seen] = []
        self.reading = _Reading()
        self.tally = Tally()
        self.ahead = 4 * connections
        self.closing = time.monotonic() + seconds
        self.next_claim = self.next_write = 0.0
        self.next_renewal = self._renewal()
        self.stumbles = 0
        self.ending = False

    def run(self) -> Tally:
        while self._claim() or self.claimed:
            for pk, found in self.crawl.turn(
                0.05 if self.reading.under_way else 0.5, begin=self.reading.has_room
            ):
                self._guarded(pk, self._take, found)
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
        """Whatever ended the run: what was found is written, what is left is given back."""
        self.ending = True
        with (
            contextlib.ExitStack() as each
        ):  # the last one first, and the others whatever it raises
            each.callback(lambda: self._release(list(self.claimed), seconds=0))
            each.callback(self.crawl.close)
            each.callback(self.reading.reader.shutdown, cancel_futures=True)
            each.callback(self._write)

    # --- what comes in ---

    def _claim(self) -> bool:
        """Keep enough claimed that no connection waits for the database. False if nothing more will
        come.
        """
        now = time.monotonic()
        if now > self.closing:
            return False
        if self._has_enough() or (self.claimed and now < self.next_claim):
            return True
        try:
            found = batches.claim(self.token, most=self.ahead, each=EACH, held=self.held)
        except OperationalError as error:
            self._stumble(error)
            return True  # it may answer the next time
        fresh = [one for one in found if one.link.pk not in self.claimed]
        again = {
            one.link.pk for one in found
        } & self.claimed.keys()  # somebody asked for another look while it is under way
        self._give_back(again, seconds=0)
        for one in fresh:
            self.claimed[one.link.pk] = one
            self.held[one.link.publisher_id] += 1
            self.crawl.add(one.link.pk, one.link.url)
        self.tally.claimed += len(fresh)
        self.next_claim = now + (0 if fresh else IDLE)
        return bool(found)

    def _has_enough(self) -> bool:
        """Politeness lets one host's links go by one a second, so other hosts' links are needed to
        keep the connections busy.
        """
        waiting = WAITING if self.polite.delay and self.crawl.free else self.ahead // 2
        return self.crawl.waiting > waiting or len(self.reading.under_way) > UNREAD

    def _take(self, pk: int, found: FetchResult | Postponed) -> None:
        if isinstance(found, Postponed):
            self._release([pk], seconds=found.seconds)
            self.tally.postponed += 1
            return
        one = self.claimed.get(pk)
        if one is None:
            return
        digest = hashlib.sha256(found.body).hexdigest()
        same = one.known is not None and one.known.is_shown_by(digest, found.header("content-type"))
        finding = classify.classify(found, known=same)
        if finding.state == LinkState.UNCHECKED:
            raise OSError(finding.reason)  # our own fault: it says nothing about the link
        if one.link.dead_since and finding.state not in schedule.FAILING:
            self.reading.add(pk, found, finding)  # it lives again
        elif finding.state not in ANSWERED:
            self.seen.append(Seen(one.link, replace(found, body=b""), finding))
        elif same and one.known:
            self.seen.append(
                Seen(one.link, replace(found, body=b""), finding, digest, one.known.capture_id)
            )
        elif not found.body:
            self.seen.append(Seen(one.link, found, finding, digest))  # too large to be captured
        else:
            self.reading.add(pk, found, finding)

    def _keep(self, pk: int, read: Future[PageVisit]) -> None:
        """News of a link is kept as a check of it alone would be."""
        look = read.result()
        if due_work.run_leased(
            Link,
            pk,
            self.token,
            prepare=lambda link: captures.archived(link, look),
            store=link_checks.store,
        ):
            self.tally.written += 1
        self.tally.read += 1
        self._forget(pk)

    def _guarded(self, pk: int, work: Callable[..., None], found: object) -> None:
        """One link that our own code stumbles over costs no other its result."""
        try:
            work(pk, found)
        except SoftTimeLimitExceeded:
            raise  # it is about the run, not about this link
        except RetryLaterError as error:
            self._release([pk], seconds=error.seconds)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is kept on the row)
            self.tally.failed += 1
            logger.warning("link_check_failed link=%s error=%s", pk, type(error).__name__)
            with self._patience():
                due_work.postpone(Link, pk, self.token, error)
            self._forget(pk)

    # --- what goes out ---

    def _write_if_time(self) -> None:
        now = time.monotonic()
        if not self.seen:
            self.next_write = now + WRITE_SECONDS
        elif now >= self.next_write or (
            not self.stumbles and (len(self.seen) >= WRITE_ROWS or not self.crawl.pending)
        ):
            self._write()
            self.next_write = now + WRITE_SECONDS

    def _write(self) -> None:
        if not self.seen:
            return
        seen = self.seen  # kept until they are written
        try:
            with self._patience():
                written = batches.write(self.token, seen)
                self.seen = []
                self._written(seen, written)
        except (DataError, IntegrityError):
            self.seen = []
            for one in seen:  # one of them cannot be stored, and the others can
                self._guarded(one.link.pk, self._write_alone, one)

    def _write_alone(self, _pk: int, one: Seen) -> None:
        self._written([one], batches.write(self.token, [one]))

    def _written(self, seen: list[Seen], written: batches.Written) -> None:
        self.seen += written.waiting
        self.tally.written += written.count
        for one in () if self.ending else written.news:
            self.reading.add(one.link.pk, one.exchange, one.finding)
        kept = {one.link.pk for one in (*written.waiting, *written.news)}
        for one in seen:
            if one.link.pk not in kept:
                self._forget(one.link.pk)

    def _renewal(self) -> float:
        return time.monotonic() + settings.LEASE_SECONDS / 3

    def _renew_if_time(self) -> None:
        if time.monotonic() >= self.next_renewal:
            self.next_renewal = time.monotonic() + WRITE_SECONDS
            with self._patience():
                due_work.renew(Link, list(self.claimed), self.token)
                self.next_renewal = self._renewal()

    def _release(self, pks: list[int], *, seconds: float) -> None:
        self._give_back(pks, seconds=seconds)
        for pk in pks:
            self._forget(pk)

    def _give_back(self, pks: Collection[int], *, seconds: float) -> None:
        """What cannot be given back now is due again when its lease ends."""
        if pks:
            with self._patience():
                due_work.release(Link, pks, self.token, seconds=seconds)

    @contextlib.contextmanager
    def _patience(self) -> Iterator[None]:
        """The database may refuse a few times in a row without an end of the run; what was tried is
        tried again, or can wait.
        """
        try:
            yield
        except OperationalError as error:
            self._stumble(error)
        else:
            self.stumbles = 0

    def _stumble(self, error: OperationalError) -> None:
        self.stumbles += 1
        if self.stumbles > STUMBLES:
            raise error
        logger.warning("stream_error error=%s", error)
        connection.close_if_unusable_or_obsolete()

    def _forget(self, pk: int) -> None:
        one = self.claimed.pop(pk, None)
        if one:
            self.held[one.link.publisher_id] -= 1
