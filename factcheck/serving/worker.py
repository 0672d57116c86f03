"""A process of gunicorn's in which waitress serves."""

import contextlib
import logging
import os
import time
from types import FrameType

from gunicorn.workers.base import Worker
from waitress import wasyncore

from factcheck.serving import limits
from factcheck.serving.listener import Listener

log = logging.getLogger(__name__)
LAST_REQUEST_SECONDS = 1


class BufferingWorker(Worker):
    """gunicorn starts, watches and ends it: after max_requests, at a
    signal, and when it no longer says that it lives.
    """

    listeners: list[Listener]
    open_sockets: dict[int, object]  # of clients and listeners, by file number

    def run(self) -> None:
        # It speaks up each time a request waits for a thread.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self.open_sockets = {}
        self.listeners = [
            Listener(self.wsgi, one.sock, self.cfg, sockets=self.open_sockets)
            for one in self.sockets
        ]
        while self.alive and self.ppid == os.getppid():
            self._turn()
            if any(listener.stuck() for listener in self.listeners):
                log.error("request_stuck, limit %d s, the process ends", limits.REQUEST_SECONDS)
                break
            if sum(listener.served for listener in self.listeners) >= self.max_requests:
                break
        self._finish()

    def _turn(self) -> None:
        self.notify()
        wasyncore.loop(1, use_poll=True, map=self.open_sockets, count=1)

    def _finish(self) -> None:
        """Requests that have begun are answered. Who has a connection may
        be sending one at this moment, and would not know whether it was
        heard: so their next one is awaited for a second.
        """
        for listener in self.listeners:
            listener.end()
        begun = time.monotonic()
        while (spent := time.monotonic() - begun) < self.cfg.graceful_timeout - 1 and any(
            listener.busy() or (listener.active_channels and spent < LAST_REQUEST_SECONDS)
            for listener in self.listeners
        ):
            self._turn()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        with contextlib.suppress(OSError):
            for listener in self.listeners:
                listener.pull_trigger()
