"""A Valkey of a test's own, which it may stop, kill and start again."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from demo.children import free_port, valkey_command


class Valkey:
    """A context: it runs inside, and nothing of it is left outside. The queue is kept
    in `folder` from start to start.
    """

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._command = [
            *valkey_command(Path(sys.executable), folder=folder, port=self.port),
            "--loglevel",
            "warning",
        ]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Valkey:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def start(self, seconds: float = 10) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + seconds
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("Valkey did not start.")
            time.sleep(0.01)

    def stop(self) -> None:
        """As an operator would: it writes what it holds, then ends."""
        if self._process:
            self._process.terminate()
            self._process.wait()

    def kill(self) -> None:
        """As the kernel would when memory runs out."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), timeout=1) as line,
        ):
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")  # while it loads its file it says LOADING
        return False
