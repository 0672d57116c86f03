"""The way to every reader of files and pages: each runs in a process
that can open nothing, and that is ended when it takes too long or too
much memory.

A parser of hostile bytes is a place where a program is taken over,
hangs or eats the machine. So no process that holds a database
connection or a secret parses anything: it asks
`sources.readers.process` and gets plain data back. What was sent by
people is read by a process of its own; pages of the web may share one,
because starting a process for each would double the cost of a page.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sources.process_slots import BusyError

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv.pop(1));"
    " from sources.readers.process import main; main(sys.argv[1:])"
)
READY = b"R"
REQUEST = struct.Struct("!II")  # the lengths of the head and of the body
ANSWER = struct.Struct("!I")
STATUS = struct.Struct("!h")  # how a reader ended, as subprocess says it
MOST_ANSWER = 32 * 2**20  # two texts of two million characters, four bytes each, and room
START_SECONDS = 60.0
DOCUMENTS = 50  # pages of the web that one reader reads
OUT_OF_MEMORY = 71
CAN_FORK = hasattr(os, "fork")  # Windows cannot; it is for trying out only


class UnreadableError(ValueError):
    """This document was not read: its reader was ended, or died of it."""


class TooHeavyError(UnreadableError):
    """It took more time or memory than a document may."""


class NoReaderError(BusyError):
    """No reader could be started; trying again later helps."""


@dataclass(frozen=True, slots=True)
class Limits:
    seconds: float
    memory: int


@dataclass(slots=True)
class _Reader:
    """The connection to one reader; closing it ends the process."""

    connection: socket.socket
    memory: int
    documents: int = 0


def read(
    kind: str, body: bytes, *, options: dict[str, Any], limits: Limits, shared: bool = False
) -> Any:
    """What the reader of this kind says of the body. The reader may
    have been taken over: check what it says.

    `shared` readers go on to the next document. Raises UnreadableError,
    TooHeavyError, NoReaderError.
    """
    head = json.dumps({"kind": kind, "seconds": limits.seconds, "options": options}).encode()
    request = REQUEST.pack(len(head), len(body)) + head + body
    raw = _ask(request, limits, shared=shared) if CAN_FORK else _ask_alone(request, limits)
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("The reader gave no answer.") from error


def _ask(request: bytes, limits: Limits, *, shared: bool) -> bytes:
    reader = _readers.take(limits.memory) if shared else _readers.start(limits.memory)
    try:
        if reader.documents:
            # What it read before may have been its end: another one reads this again.
            with contextlib.suppress(_ReaderEndedError):
                return _ask_reader(reader, request, limits, shared=shared)
            reader.connection.close()
            reader = _readers.start(limits.memory)
        return _ask_reader(reader, request, limits, shared=shared)
    except _ReaderEndedError as error:
        raise error.cause from None
    finally:
        if not reader.documents or not _readers.give_back(reader):
            reader.connection.close()


class _ReaderEndedError(Exception):
    """The reader ended before it had answered; `cause` says why, if it
    had read nothing else.
    """

    def __init__(self, cause: Exception) -> None:
        super().__init__()
        self.cause = cause


def _ask_reader(
    reader: _Reader,
    request: bytes,
    limits: Limits,
    *,
    shared: bool,
) -> bytes:
    before, reader.documents = reader.documents, 0  # not to be used again unless it answers
    deadline = time.monotonic() + limits.seconds
    received = bytearray()
    try:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            _send(reader.connection, request, deadline)
        if answer := _received(reader.connection, received, deadline):
            reader.documents = before + 1 if shared else 0
            return answer
    except TimeoutError as error:
        raise TooHeavyError("The document took too long.") from error
    raise _ReaderEndedError(_cause(bytes(received)))


def _send(connection: socket.socket, request: bytes, deadline: float) -> None:
    connection.settimeout(_left(deadline))
    connection.sendall(request)


def _received(
    connection: socket.socket,
    received: bytearray,
    deadline: float,
) -> bytes | None:
    """The answer, or None if the reader ended first; `received` then
    ends with its status.
    """
    size = None
    while size is None or len(received) < ANSWER.size + size:
        connection.settimeout(_left(deadline))
        try:
            piece = connection.recv(2**18)
        except ConnectionResetError:
            piece = b""
        if not piece:
            return None
        received += piece
        if size is None and len(received) >= ANSWER.size:
            (size,) = ANSWER.unpack_from(received)
            if size > MOST_ANSWER:
                raise UnreadableError("The reader gave an answer that is too long.")
    # How the reader ended may have come behind it already.
    return bytes(received[ANSWER.size : ANSWER.size + size])


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _cause(received: bytes) -> Exception:
    status = STATUS.unpack(received[-STATUS.size :])[0] if len(received) >= STATUS.size else 0
    if status == 0:
        # Without a fault of its own, or what looks after it died.
        return NoReaderError("The reader of documents ended. Try again in a minute.")
    return _cause_of(status)


def _cause_of(status: int) -> Exception:
    # The kernel kills by SIGKILL who is out of memory.
    if status in (OUT_OF_MEMORY, -signal.SIGKILL, -getattr(signal, "SIGXCPU", 24)):
        return TooHeavyError("The document took too much time or memory.")
    return UnreadableError(f"The reader died of the document ({status}).")


def _ask_alone(request: bytes, limits: Limits) -> bytes:
    """Where no process can be forked: a program for each document, limited in time."""
    try:
        ran = subprocess.run(  # noqa: S603 (our own program, no shell)
            [sys.executable, *_arguments("once")],
            input=request,
            capture_output=True,
            timeout=limits.seconds + START_SECONDS if limits.seconds else 0,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooHeavyError("The document took too long.") from error
    if ran.returncode:
        raise _cause_of(ran.returncode)
    return ran.stdout[ANSWER.size :]


def _arguments(how: str) -> list[str]:
    # -I: nothing of the environment and no module of the current folder.
    return ["-I", "-c", PROGRAM, str(ROOT), how]


@dataclass(slots=True)
class _Readers:
    """The process that starts readers, one for each of ours, and
    readers that wait for the next page.

    It is started by exec and has one thread, so that what it forks
    holds no lock of a thread that is gone. When this process dies, even
    by SIGKILL, its connections are closed, and both it and the readers
    end. PR_SET_PDEATHSIG would not do here: it counts the thread that
    started the process as its parent.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    process: subprocess.Popen[bytes] | None = None
    control: socket.socket | None = None
    waiting: list[_Reader] = field(default_factory=list)

    def take(self, memory: int) -> _Reader:
        with self.lock:
            for reader in self.waiting:
                if reader.memory == memory:
                    self.waiting.remove(reader)
                    return reader
        return self.start(memory)

    def give_back(self, reader: _Reader) -> bool:
        with self.lock:
            if reader.documents >= DOCUMENTS or self.waiting:
                return False
            self.waiting.append(reader)
            return True

    def start(self, memory: int) -> _Reader:
        ours, theirs = socket.socketpair()
        try:
            with theirs, self.lock:
                self._send(memory, theirs)
        except BaseException:
            ours.close()
            raise
        return _Reader(ours, memory)

    def _send(self, memory: int, theirs: socket.socket) -> None:
        try:
            socket.send_fds(self._running(), [ANSWER.pack(memory // 2**20)], [theirs.fileno()])
        except OSError:
            # It died since the last document: once more, with a new one.
            self.stop()
            try:
                socket.send_fds(self._running(), [ANSWER.pack(memory // 2**20)], [theirs.fileno()])
            except OSError as error:
                self.stop()
                raise NoReaderError(
                    "The reader of documents did not start. Try again in a minute."
                ) from error

    def _running(self) -> socket.socket:
        if self.control and self.process and self.process.poll() is None:
            return self.control
        self.stop()
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 (our own program, no shell)
                [sys.executable, *_arguments("serve")],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                cwd="/",
                env={},  # a hostile document must not find our secrets
                start_new_session=True,  # Ctrl-C is for us, and we end it
            )
        self.control.settimeout(START_SECONDS)
        if self.control.recv(1) != READY:
            raise OSError("The reader of documents did not start.")
        return self.control

    def stop(self) -> None:
        if self.control:
            self.control.close()
        if self.process:
            self.process.kill()
            self.process.wait()
        for reader in self.waiting:
            reader.connection.close()
        self.process, self.control, self.waiting = None, None, []

    def forget(self) -> None:
        """In a forked child: the readers are the parent's."""
        self.lock = threading.Lock()
        if self.control:
            self.control.close()
        for reader in self.waiting:
            reader.connection.close()
        if self.process:
            self.process.returncode = 0  # not ours to wait for
        self.process, self.control, self.waiting = None, None, []


_readers = _Readers()
atexit.register(_readers.stop)
if CAN_FORK:
    os.register_at_fork(after_in_child=_readers.forget)
