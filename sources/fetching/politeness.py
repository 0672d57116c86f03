"""Politeness towards hosts: at most two connections, and a pause
between two starts, across all workers.

The slots are in Redis and use its clock, because clocks of workers
differ. While Redis is down each process counts by itself.
"""

from __future__ import annotations

import logging
import math
import secrets
import threading
import time
from collections.abc import Sequence
from functools import cache

from django.conf import settings
from redis import Redis, RedisError

logger = logging.getLogger(__name__)

MOST = 2
BUSY = 0.2  # seconds until a host without a free connection is asked for again
# A granted start reaches the server a moment later, some later than others.
MARGIN = 1.1
# Seconds until the slot of a dead process is free again; longer than any fetch.
HELD = 45.0
ABSENCE = 5.0  # seconds until a Redis that failed is asked again
MANY = 20_000

# One script, so that no other worker can come between the test and the entry.
ENTER = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local delay, most = tonumber(ARGV[1]), tonumber(ARGV[2])
local entry_ms, busy = tonumber(ARGV[3]), tonumber(ARGV[4])
local waits = {}
for i = 1, #KEYS, 2 do
  local wait = (tonumber(redis.call('GET', KEYS[i])) or 0) - now
  if wait <= 0 then
    redis.call('ZREMRANGEBYSCORE', KEYS[i + 1], '-inf', now)
    if redis.call('ZCARD', KEYS[i + 1]) < most then
      redis.call('ZADD', KEYS[i + 1], now + entry_ms, ARGV[4 + (i + 1) / 2])
      redis.call('PEXPIRE', KEYS[i + 1], entry_ms)
      if delay > 0 then
        redis.call('SET', KEYS[i], string.format('%.0f', now + delay), 'PX', delay)
      end
      wait = 0
    else
      wait = busy
    end
  end
  waits[#waits + 1] = wait
end
return waits
"""
# A start that was late, because its process waited for the CPU, also delays the next
# one.
LEAVE = """
redis.call('ZREM', KEYS[2], ARGV[1])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local free = now + tonumber(ARGV[2])
if free > now and free > (tonumber(redis.call('GET', KEYS[1])) or 0) then
  redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', free - now)
end
return 0
"""


class Politeness:
    """`enter` takes slots, `leave` gives them back. Thread-safe."""

    def __init__(self, *, delay: float, redis: Redis | None) -> None:
        self.delay = delay
        self._interval = delay * MARGIN
        self._enter = redis.register_script(ENTER) if redis else None
        self._leave = redis.register_script(LEAVE) if redis else None
        self._absent_until = 0.0
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._busy: dict[str, int] = {}
        self._tokens: dict[str, list[str]] = {}

    def enter(self, hosts: Sequence[str]) -> list[float]:
        """For each host the seconds to wait before asking again; 0
        grants one visit, now.
        """
        with self._lock:
            now = time.monotonic()
            waits = [self._local_wait(host, now) for host in hosts]
            free = [host for host, wait in zip(hosts, waits, strict=True) if not wait]
            granted = dict(zip(free, self._shared_waits(free), strict=True)) if free else {}
            for place, host in enumerate(hosts):
                if not waits[place]:
                    waits[place] = granted[host]
                    if not granted[host]:
                        self._busy[host] = self._busy.get(host, 0) + 1
                        self._next[host] = now + self._interval
            return waits

    def leave(self, host: str, *, seconds: float) -> None:
        """End a visit that started so many seconds ago."""
        with self._lock:
            began = time.monotonic() - seconds
            self._next[host] = max(self._next.get(host, 0), began + self._interval)
            self._busy[host] = self._busy.get(host, 1) - 1
            if not self._busy[host]:
                del self._busy[host]
            tokens = self._tokens.get(host)
            if tokens:
                self._tell(host, tokens.pop(0), self._interval - seconds)
                if not tokens:
                    del self._tokens[host]
            # A worker lives for weeks and meets many hosts.
            if len(self._next) > MANY:
                self._forget()

    def stay_away(self, host: str, *, seconds: float) -> None:
        """Leave the host alone for as long as the server asked."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0), time.monotonic() + seconds)
            self._tell(host, "", seconds)

    def _local_wait(self, host: str, now: float) -> float:
        wait = self._next.get(host, 0) - now
        if wait > 0:
            return wait
        return BUSY if self._busy.get(host, 0) >= MOST else 0

    def _shared_waits(self, hosts: list[str]) -> list[float]:
        if not self._enter or not self._shares():
            return [0.0] * len(hosts)
        tokens = [secrets.token_hex(8) for _ in hosts]
        keys = [key for host in hosts for key in _keys(host)]
        arguments: list[int | str] = [
            math.ceil(self._interval * 1000),
            MOST,
            round(HELD * 1000),
            round(BUSY * 1000),
            *tokens,
        ]
        try:
            waits: list[int] = self._enter(keys=keys, args=arguments)
        except (RedisError, OSError) as error:
            self._absent(error)
            return [0.0] * len(hosts)
        for host, token, wait in zip(hosts, tokens, waits, strict=True):
            if not wait:
                self._tokens.setdefault(host, []).append(token)
        return [wait / 1000 for wait in waits]

    def _tell(self, host: str, token: str, seconds: float) -> None:
        if not self._leave or not self._shares():
            return
        try:
            self._leave(keys=_keys(host), args=[token, max(0, math.ceil(seconds * 1000))])
        except (RedisError, OSError) as error:
            self._absent(error)

    def _shares(self) -> bool:
        """Whether to ask Redis. Without a pause only the connections
        are limited, two per process.
        """
        return self.delay > 0 and time.monotonic() >= self._absent_until

    def _absent(self, error: Exception) -> None:
        logger.warning("politeness_alone error=%s", type(error).__name__)
        self._absent_until = time.monotonic() + ABSENCE

    def _forget(self) -> None:
        now = time.monotonic()
        self._next = {host: when for host, when in self._next.items() if when > now}


def _keys(host: str) -> tuple[str, str]:
    return f"factcheck:visit:{host}:next", f"factcheck:visit:{host}:busy"


@cache
def shared() -> Politeness:
    """The instance of this process. Created at first use: a Redis
    connection must not survive a fork.
    """
    redis = Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    return Politeness(delay=settings.HOST_DELAY, redis=redis)
