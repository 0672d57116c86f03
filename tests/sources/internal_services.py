"""Servers on loopback that behave as badly as a test wants, and count who reached
them.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from ipaddress import ip_network

from sources.fetching.fetch import FetchPolicy

LOOPBACK = (ip_network("127.0.0.0/8"),)
Behaviour = Callable[["Visit"], None]


class Visit:
    """One request that arrived: what was asked, and the means to answer it as raw
    bytes.
    """

    def __init__(self, connection: socket.socket, request: bytes, stopped: threading.Event) -> None:
        self.connection = connection
        self.request = request
        self.stopped = stopped
        self.path = request.split(b" ")[1].decode("latin-1") if b" " in request else ""

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def answer(
        self, body: bytes = b"hello", *, status: int = 200, headers: tuple[str, ...] = ()
    ) -> None:
        lines = [
            f"HTTP/1.1 {status} x",
            f"Content-Length: {len(body)}",
            "Connection: close",
            *headers,
        ]
        self.send("\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body)

    def redirect(self, location: str, *, status: int = 302) -> None:
        self.answer(b"", status=status, headers=(f"Location: {location}",))

    def pause(self, seconds: float) -> bool:
        """False once the test is over."""
        return not self.stopped.wait(seconds)


class InternalService:
    def __init__(
        self,
        behaviour: Behaviour,
        *,
        context: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.behaviour = behaviour
        self.context = context
        self.connections = 0
        self.requests: list[bytes] = []
        self.stopped = threading.Event()
        self.host = host
        self.listener = socket.create_server((host, port))
        self.port: int = self.listener.getsockname()[1]
        self.threads: list[threading.Thread] = []

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def reached(self) -> bool:
        return self.connections > 0

    def policy(self, **changes: object) -> FetchPolicy:
        """Short limits, and this server's port; loopback is open unless the test closes
        it.
        """
        defaults: dict[str, object] = {
            "allowed_networks": LOOPBACK,
            "ports": frozenset({self.port}),
            "total_seconds": 2,
            "connect_seconds": 1,
        }
        return FetchPolicy(**{**defaults, **changes})  # type: ignore[arg-type]

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            if self.stopped.is_set():
                connection.close()
                return
            self.connections += 1
            thread = threading.Thread(target=self.visit, args=(connection,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def visit(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with contextlib.suppress(OSError), connection:
            if self.context is None:
                self.converse(connection)
            else:
                with self.context.wrap_socket(connection, server_side=True) as secured:
                    self.converse(secured)

    def converse(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            chunk = connection.recv(65_536)
            if not chunk:
                break
            request += chunk
        if request:
            self.requests.append(request)
            self.behaviour(Visit(connection, request, self.stopped))

    def stop(self) -> None:
        self.stopped.set()
        # A blocked accept() outlives close(); one visit wakes it.
        with contextlib.suppress(OSError):
            socket.create_connection((self.host, self.port), timeout=1).close()
        self.listener.close()


@contextlib.contextmanager
def serving(
    behaviour: Behaviour = Visit.answer,
    *,
    context: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> Iterator[InternalService]:
    victim = InternalService(behaviour, context=context, host=host, port=port)
    acceptor = threading.Thread(target=victim.serve, daemon=True)
    acceptor.start()
    try:
        yield victim
    finally:
        victim.stop()
        acceptor.join(5)
        for thread in victim.threads:
            thread.join(5)
