"""Many fetches at once; every request waits for its host's turn. Uses no database."""

from __future__ import annotations

import heapq
import random
import time
from collections import deque
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from sources.canonical_urls import target
from sources.classify import RETRY_DEFAULT, throttled
from sources.fetch_types import FetchPolicy, FetchResult
from sources.fetching.fetch import NextRequest, Steps, steps, twice
from sources.fetching.multi import Multi
from sources.fetching.politeness import Politeness
from sources.fetching.transfer import ServerResponse

Key = TypeVar("Key")

# Links of a host that must be left alone for longer than this are postponed.
PATIENCE = 15.0
ROOM = 32 * 2**20  # bytes in flight, beyond which nothing new is started


@dataclass(frozen=True, slots=True)
class Postponed:
    """The host must be left alone: come back in so many seconds."""

    seconds: float


@dataclass(slots=True)
class _Visit(Generic[Key]):
    key: Key
    going: Steps
    request: NextRequest
    not_before: float = 0


class Crawl(Generic[Key]):
    """`add` URLs, then call `turn` until nothing is pending."""

    def __init__(
        self,
        policy: FetchPolicy,
        *,
        politeness: Politeness,
        connections: int,
    ) -> None:
        self._policy = policy
        self._politeness = politeness
        self._multi: Multi[_Visit[Key]] = Multi(
            policy, connections=connections, keep=not politeness.delay
        )
        self._queues: dict[str, deque[_Visit[Key]]] = {}
        self._when: dict[str, float] = {}
        self._calendar: list[tuple[float, str]] = []
        self._ended: list[tuple[Key, FetchResult | Postponed]] = []
        self._waiting = 0

    @property
    def pending(self) -> int:
        return self._waiting + self._multi.running + len(self._ended)

    @property
    def waiting(self) -> int:
        return self._waiting

    @property
    def free(self) -> int:
        """The number of idle connections."""
        return self._multi.free

    def add(self, key: Key, url: str, *, retry: bool = True) -> None:
        """`again`: once more in this run, if what went wrong often heals by itself."""
        pause = self._politeness.delay * random.uniform(1, 3)  # noqa: S311 (spread, not secrecy)
        going = (
            twice(url, policy=self._policy, pause=pause)
            if retry
            else steps(url, policy=self._policy)
        )
        self._next(key, going, None)

    def turn(
        self, seconds: float, *, begin: bool = True
    ) -> list[tuple[Key, FetchResult | Postponed]]:
        """Start what may start if `begin`, wait at most `seconds`, and
        return what has ended.
        """
        begin = begin and self._multi.buffered < ROOM
        if begin:
            self._begin()
        now = time.monotonic()
        if begin and self._calendar and self._multi.free:
            seconds = min(seconds, max(0.0, self._calendar[0][0] - now))
        for visit, answer in self._multi.turn(0 if self._ended else seconds):
            self._politeness.leave(visit.request.server, seconds=answer.seconds)
            self._next(visit.key, visit.going, answer)
            if visit.request.server in self._queues:
                self._list(visit.request.server, 0)
        ended, self._ended = self._ended, []
        return ended

    def give_up(self) -> list[Key]:
        """Drop everything that has not started; returns the keys."""
        keys = [visit.key for queue in self._queues.values() for visit in queue]
        self._queues, self._when, self._calendar, self._waiting = {}, {}, [], 0
        return keys

    def close(self) -> None:
        """Abort running fetches, and give their slots back: they would
        count as taken for ever.
        """
        for visit, seconds in self._multi.close():
            self._politeness.leave(visit.request.server, seconds=seconds)

    def _next(self, key: Key, going: Steps, answer: ServerResponse | None) -> None:
        try:
            request = next(going) if answer is None else going.send(answer)
        except StopIteration as stopped:
            self._end(key, cast(FetchResult, stopped.value))
            return
        visit = _Visit(key, going, request, time.monotonic() + request.pause)
        queue = self._queues.setdefault(request.server, deque())
        # A redirect within the host comes first, so that a started fetch ends before
        # others start; a second try lets a few others pass.
        queue.insert(len(queue) if answer is None else 3 if request.pause else 0, visit)
        self._waiting += 1
        self._list(request.server, queue[0].not_before)

    def _end(self, key: Key, exchange: FetchResult) -> None:
        retry_seconds = throttled(exchange)
        # 429 without Retry-After still asks for a pause.
        if retry_seconds is None and exchange.status == 429 and self._politeness.delay:
            retry_seconds = RETRY_DEFAULT
        if retry_seconds:
            self._politeness.stay_away(target(exchange.final_url).server, seconds=retry_seconds)
        self._ended.append((key, exchange))

    def _list(self, host: str, when: float) -> None:
        if when < self._when.get(host, float("inf")):
            self._when[host] = when
            heapq.heappush(self._calendar, (when, host))

    def _begin(self) -> None:
        """Ask for the slots of all due hosts, up to the free
        connections, in one Redis call.
        """
        while self._multi.free:
            hosts = self._whose_time_has_come(self._multi.free)
            if not hosts:
                return
            for host, wait in zip(hosts, self._politeness.enter(hosts), strict=True):
                self._admit(host, wait)

    def _whose_time_has_come(self, most: int) -> list[str]:
        now = time.monotonic()
        hosts: list[str] = []
        while self._calendar and len(hosts) < most and self._calendar[0][0] <= now:
            when, host = heapq.heappop(self._calendar)
            if self._when.get(host) != when:
                continue  # outdated: the heap cannot remove entries, so the newest time decides
            del self._when[host]
            queue = self._queues[host]
            if queue[0].not_before > now:
                self._list(host, queue[0].not_before)
            else:
                hosts.append(host)
        return hosts

    def _admit(self, host: str, wait: float) -> None:
        now = time.monotonic()
        if wait > PATIENCE:
            queue = self._queues.pop(host)
            self._waiting -= len(queue)
            self._ended += [(visit.key, Postponed(wait)) for visit in queue]
        elif wait:
            self._list(host, now + wait)
        else:
            queue = self._queues[host]
            visit = queue.popleft()
            self._waiting -= 1
            if queue:
                self._list(host, max(queue[0].not_before, now + (self._politeness.delay or 0)))
            else:
                del self._queues[host]
            request = visit.request
            self._multi.start(visit, request.url, seconds=request.seconds, cookies=request.cookies)
