"""waitress with our limits, refusals and access log."""

import logging
import re
import socket
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask
from waitress.utilities import BadRequest, RequestHeaderFieldsTooLarge

from factcheck.serving import limits, refusals

access_log = logging.getLogger("factcheck.access")
_bare_line_feed = re.compile(rb"(?<!\r)\n")
_folded = re.compile(rb"\r\n[ \t]")
_framing = re.compile(rb"^(transfer-encoding|content-length)[ \t]*:", re.IGNORECASE | re.MULTILINE)
Application = Callable[..., Iterable[bytes]]
LINE_BYTES = 8190
HEAD_BYTES = 2**16
FIELDS = 100
SEND_BYTES = 2**16
UNBOUNDED = 2**40  # no thread waits until a reader has taken what there is


def adjustments(config: Any) -> Adjustments:
    """waitress's own settings, from gunicorn's."""
    return Adjustments(
        threads=config.threads,
        backlog=config.backlog,
        connection_limit=config.worker_connections,
        cleanup_interval=1,
        channel_timeout=limits.IDLE_SECONDS,
        max_request_header_size=HEAD_BYTES,
        max_request_body_size=limits.BODY_BYTES,
        inbuf_overflow=limits.IN_MEMORY_BYTES,
        outbuf_high_watermark=UNBOUNDED,
        # Django decides whether X-Forwarded-* is trusted (FACTCHECK_BEHIND_TLS_PROXY).
        clear_untrusted_proxy_headers=False,
        log_socket_errors=False,
        ident="",
    )


class TargetTooLong(BadRequest):
    code = HTTPStatus.REQUEST_URI_TOO_LONG.value


class Parser(HTTPRequestParser):
    """Stricter where two servers could read one request differently."""

    begun = b""  # the first bytes, so that a refusal knows the address
    fields = 0

    def received(self, data: bytes) -> int:
        if not self.headers_finished and len(self.begun) <= LINE_BYTES:
            self.begun = (self.header_plus + data).lstrip()[: LINE_BYTES + 2]
        used: int = super().received(data)
        if len(self.begun.partition(b"\r\n")[0]) > LINE_BYTES:
            self.error, self.completed = TargetTooLong(""), True
        elif self.fields > FIELDS and not self.error:
            self.error, self.completed = RequestHeaderFieldsTooLarge(""), True
        elif not self.headers_finished and _bare_line_feed.search(self.begun):
            # It would wait for the end of the head until its time is over.
            self.error, self.completed = BadRequest(""), True
        return used

    def parse_header(self, header_plus: bytes) -> None:
        framing = [name.lower() for name in _framing.findall(header_plus)]
        self.fields = header_plus.count(b"\r\n") - 2
        if len(framing) > 1:
            raise ParsingError("More than one header says how long the body is.")
        if _folded.search(header_plus):
            raise ParsingError("A header is folded.")
        super().parse_header(header_plus)
        if self.version not in ("1.0", "1.1"):
            raise ParsingError("This version of HTTP is not spoken here.")
        if self.version == "1.0" and b"transfer-encoding" in framing:
            raise ParsingError("HTTP/1.0 has no Transfer-Encoding.")

    @property
    def target(self) -> bytes:
        return [*self.begun.partition(b"\r\n")[0].split(b" "), b""][1]


class Task(WSGITask):
    """One request in its thread."""

    _ends_itself = False

    def build_response_header(self) -> bytes:
        """waitress closes the connection after every answer without a
        length. A 304 needs none: it has no body (RFC 9112, 6.3).
        """
        if self.channel.server.ending:
            self.request.headers["CONNECTION"] = "close"
        asked = self.request.headers.get("CONNECTION", "").lower()
        self._ends_itself = self.version == "1.1" and not self.has_body and asked != "close"
        try:
            return bytes(super().build_response_header())
        finally:
            self._ends_itself = False

    def set_close_on_finish(self) -> None:
        if not self._ends_itself:
            super().set_close_on_finish()

    def service(self) -> None:
        listener, begun = self.channel.server, time.monotonic()
        listener.running[id(self)] = begun
        try:
            super().service()
        finally:
            del listener.running[id(self)]
            listener.served += 1
            listener.pull_trigger()  # it may take connections again
            environ = self.environ or {}
            # What Django found: without the query, and without what may be a secret in
            # the path.
            access_log.info(
                "request",
                extra={
                    "fields": {
                        "method": self.request.command,
                        "path": environ.get("factcheck.path", "-"),
                        "request_id": environ.get("factcheck.request_id", ""),
                        "status": int(self.status[:3]),
                        "bytes": self.content_bytes_written,
                        "ms": round((time.monotonic() - begun) * 1000),
                    }
                },
            )


class Refusal(ErrorTask):
    def execute(self) -> None:
        code, target = self.request.error.code, self.request.target
        self.status, headers, body = refusals.answer(code, target=target)
        self.response_headers.extend(headers)
        self.set_close_on_finish()
        self.content_length = len(body)
        access_log.info("refused", extra={"fields": {"status": code}})
        self.write(body)


class Channel(HTTPChannel):
    """One connection. `since` is when the request began that it has not
    sent in whole.
    """

    parser_class, task_class, error_task_class = Parser, Task, Refusal
    since = 0.0

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # It reads so much from the file of an answer whenever it tries to send, also
        # where the socket takes none of it. By default that is the socket's whole
        # buffer of megabytes.
        self.sendbuf_len = SEND_BYTES

    def received(self, data: bytes) -> bool:
        before = self.request
        said: bool = super().received(data)
        if self.request is not before:
            self.since = time.time()
        return said

    @property
    def waits(self) -> bool:
        """Whether nothing is owed to it: no request of it is there in whole."""
        return not (self.requests or self.total_outbufs_len or self.will_close)

    @property
    def overdue_at(self) -> float:
        """When its patience ends with which a request is received."""
        if self.request is None:
            return float(self.last_activity) + limits.IDLE_SECONDS
        in_body = self.request.headers_finished
        return self.since + (limits.BODY_SECONDS if in_body else limits.HEAD_SECONDS)

    @property
    def buffered(self) -> int:
        return self.request.body_bytes_received if self.request else 0


class Listener(TcpWSGIServer):
    """One socket that clients connect to, in one process."""

    channel_class = Channel

    def __init__(
        self,
        application: Application,
        sock: socket.socket,
        config: Any,
        *,
        sockets: dict[int, Any],
    ) -> None:
        self.running: dict[int, float] = {}  # the threads' requests, and when each began
        self.served = 0
        self.ending = False
        super().__init__(
            application,
            map=sockets,
            _sock=sock,
            adj=adjustments(config),
            dispatcher=_threads(config.threads),
            sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()),
            bind_socket=False,
        )

    def readable(self) -> bool:
        """Whether this process takes another connection. While all its
        threads have something to do another process may.
        """
        usual: bool = super().readable()
        return usual and self._has_free_thread()

    def handle_accept(self) -> None:
        """The last thread may have been taken since `readable` was
        asked: a second passes where nothing happens.
        """
        if self._has_free_thread():
            super().handle_accept()

    def _has_free_thread(self) -> bool:
        waiting = len(self.task_dispatcher.queue)
        return len(self.running) + waiting < int(self.adj.threads)

    def maintenance(self, now: float) -> None:
        """Once a second. Who has been sending for too long must go; so
        must the oldest, where all together hold too many connections or
        too much memory.
        """
        super().maintenance(now)
        channels = list(self.active_channels.values())
        waiting = sorted((one for one in channels if one.waits), key=lambda one: one.overdue_at)
        too_many = len(channels) - int(self.adj.connection_limit * 0.9)
        too_much = sum(one.buffered for one in channels) - limits.BUFFERED_BYTES
        for channel in waiting:
            if not (
                channel.overdue_at < now or too_many > 0 or (too_much > 0 and channel.buffered)
            ):
                continue
            too_many, too_much = too_many - 1, too_much - channel.buffered
            channel.will_close = True

    def end(self) -> None:
        """Take no connection any more. Each that is there learns with its next answer
        that it is the last one.
        """
        self.ending, self.accepting = True, False
        self.del_channel()

    def stuck(self) -> bool:
        """Whether a view has had its thread for too long."""
        begun = min(list(self.running.values()), default=None)
        return begun is not None and time.monotonic() - begun > limits.REQUEST_SECONDS

    def busy(self) -> bool:
        """Whether a request has begun that is not answered in whole."""
        return any(
            channel.request or channel.requests or channel.total_outbufs_len
            for channel in list(self.active_channels.values())
        )


def _threads(count: int) -> ThreadedTaskDispatcher:
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(count)
    return dispatcher
