"""Many GETs at once in one thread, all under one policy, so that they
may share connections.
"""

from __future__ import annotations

import select
import time
from typing import Any, Generic, TypeVar

import pycurl

from sources.fetch_types import FetchPolicy
from sources.fetching.transfer import Meter, ServerResponse, Transfer

Key = TypeVar("Key")
_NEVER = float("inf")
# Seconds between two polls: a poll costs more than an answer, so answers are taken
# together.
TICK = 0.01


class Multi(Generic[Key]):
    """libcurl says which sockets it waits for and until when; `turn`
    does the waiting.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        *,
        connections: int,
        keep: bool = True,
    ) -> None:
        """`keep=False` closes each connection after its answer: idle
        ones count at the server too.
        """
        self._curl = pycurl.CurlMulti()
        self._curl.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._curl.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        # Idle connections included: opening a new one costs more than a request.
        self._curl.setopt(pycurl.M_MAXCONNECTS, 6 * connections)
        self._poll = select.poll()
        self._watched: set[int] = set()
        self._timer = _NEVER
        self._looked = 0.0
        self._meter = Meter()
        self._idle = [Transfer(policy, meter=self._meter) for _ in range(connections)]
        self._running: dict[Any, tuple[Transfer, Key]] = {}
        if not keep:
            for transfer in self._idle:
                transfer.curl.setopt(pycurl.FORBID_REUSE, 1)

    @property
    def free(self) -> int:
        return len(self._idle)

    @property
    def running(self) -> int:
        return len(self._running)

    @property
    def buffered(self) -> int:
        """Bytes of bodies in flight."""
        return self._meter.buffered_bytes

    def start(self, key: Key, url: str, *, seconds: float, cookies: str = "") -> None:
        transfer = self._idle.pop()
        transfer.carry(cookies)
        transfer.prepare(url, seconds=seconds)
        self._running[transfer.curl] = transfer, key
        self._curl.add_handle(transfer.curl)

    def turn(self, seconds: float) -> list[tuple[Key, ServerResponse]]:
        """Wait at most `seconds` for something to happen; returns what ended."""
        self._act(seconds)
        ended: list[tuple[Key, ServerResponse]] = []
        more = 1
        while more:
            more, finished, failed = self._curl.info_read()
            ended += [self._end(curl, 0, "") for curl in finished]
            ended += [self._end(curl, code, message) for curl, code, message in failed]
        return ended

    def close(self) -> list[tuple[Key, float]]:
        """Abort everything; returns what was running, with its seconds so far."""
        ended = []
        for transfer, key in self._running.values():
            self._curl.remove_handle(transfer.curl)
            ended.append((key, transfer.finish().seconds))
            transfer.close()
        for transfer in self._idle:
            transfer.close()
        self._running, self._idle = {}, []
        self._curl.close()
        return ended

    def _act(self, seconds: float) -> None:
        # libcurl starts new transfers from its timer: without this they would wait for
        # the poll. One that the guard refuses ends there, and would not wake the poll.
        if self._run_timer() < len(self._running):
            seconds = 0
        now = time.monotonic()
        if 0 < self._looked + TICK - now < seconds:
            time.sleep(self._looked + TICK - now)
        wait = max(0.0, min(seconds, self._timer - time.monotonic()))
        for descriptor, happened in self._poll.poll(wait * 1000):
            bits = pycurl.CSELECT_IN if happened & select.POLLIN else 0
            bits |= pycurl.CSELECT_OUT if happened & select.POLLOUT else 0
            bits |= (
                pycurl.CSELECT_ERR
                if happened & (select.POLLERR | select.POLLHUP | select.POLLNVAL)
                else 0
            )
            # Handling an earlier descriptor of this round may have closed this one.
            if descriptor in self._watched:
                self._curl.socket_action(descriptor, bits)
        self._looked = time.monotonic()
        self._run_timer()

    def _run_timer(self) -> int:
        """How many transfers still run after it."""
        if self._timer > time.monotonic():
            return len(self._running)
        self._timer = _NEVER
        return int(self._curl.socket_action(pycurl.SOCKET_TIMEOUT, 0)[1])

    def _end(self, curl: Any, code: int, message: str) -> tuple[Key, ServerResponse]:
        transfer, key = self._running.pop(curl)
        self._curl.remove_handle(curl)
        self._idle.append(transfer)
        return key, transfer.finish(code, message)

    def _watch(
        self,
        wanted_events: int,
        descriptor: int,
        _multi: object,
        _data: object,
    ) -> None:
        if wanted_events == pycurl.POLL_REMOVE:
            if descriptor in self._watched:
                self._watched.discard(descriptor)
                self._poll.unregister(descriptor)
            return
        events = (select.POLLIN if wanted_events & pycurl.POLL_IN else 0) | (
            select.POLLOUT if wanted_events & pycurl.POLL_OUT else 0
        )
        self._watched.add(descriptor)
        self._poll.register(descriptor, events)

    def _set_timer(self, milliseconds: int) -> None:
        self._timer = _NEVER if milliseconds < 0 else time.monotonic() + milliseconds / 1000
