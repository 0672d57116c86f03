"""The program that reads documents. It forks a reader for each
connection that it is given, says how each ended, and ends with whoever
started it.

It reads no document itself, so it can be trusted to start the next
reader.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from typing import IO, Any

from sources.readers import confinement, feed, mail, page, pdf, picture
from sources.sandbox import ANSWER, OUT_OF_MEMORY, READY, REQUEST, STATUS

READERS: dict[str, Callable[..., dict[str, Any]]] = {
    "feed": feed.read,
    "mail": mail.read,
    "page": page.read,
    "pdf": pdf.read,
    "picture": picture.read,
}
# A reader that has grown to this leaves the next page to another.
MOST_GROWN = 400 * 2**20


def main(arguments: list[str]) -> None:
    if arguments == ["once"]:
        _answer_all(sys.stdin.buffer, sys.stdout.buffer, most=1)
    else:
        _serve(socket.socket(fileno=os.dup(0)))


def _serve(control: socket.socket) -> None:
    confinement.give_up_privileges()
    page.prepare()
    pdf.prepare()
    feed.prepare()
    mail.prepare()
    picture.prepare()
    # What is shared with the readers is not copied by looking for garbage in it.
    gc.collect()
    gc.freeze()
    woken, wakes = os.pipe()
    for end in (woken, wakes):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    readers: dict[int, socket.socket] = {}
    control.sendall(READY)
    while _turn(control, woken, readers):
        pass
    for process in readers:
        _kill(process)


def _turn(
    control: socket.socket,
    woken: int,
    readers: dict[int, socket.socket],
) -> bool:
    poll = select.poll()
    poll.register(control, select.POLLIN)
    poll.register(woken, select.POLLIN)
    processes = {connection.fileno(): process for process, connection in readers.items()}
    for descriptor in processes:
        poll.register(descriptor, 0)  # only whether the other side is gone
    ready = dict(poll.poll())
    if woken in ready:
        os.read(woken, 4096)
        _bury(readers)
    for descriptor in ready.keys() & processes.keys():
        # Nobody waits for the answer any more: it took too long, or is not needed.
        _kill(processes[descriptor])
        if connection := readers.pop(processes[descriptor], None):
            connection.close()
    if control.fileno() not in ready:
        return True
    try:
        message, descriptors, _, _ = socket.recv_fds(control, ANSWER.size, 1)
    except ConnectionResetError:
        return False
    if not message or not descriptors:
        return False
    connection = socket.socket(fileno=descriptors[0])
    readers[_fork(connection, memory=ANSWER.unpack(message)[0] * 2**20)] = connection
    return True


def _bury(readers: dict[int, socket.socket]) -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            if connection := readers.pop(process, None):
                with contextlib.suppress(OSError), connection:
                    connection.send(
                        STATUS.pack(os.waitstatus_to_exitcode(status)), socket.MSG_DONTWAIT
                    )


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _fork(connection: socket.socket, *, memory: int) -> int:
    parent = os.getpid()
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        confinement.keep_only(connection.fileno())
        confinement.confine(parent=parent, memory=memory)
        with (
            open(confinement.KEPT, "rb", closefd=False) as source,
            open(confinement.KEPT, "wb", closefd=False) as sink,
        ):
            _answer_all(source, sink)
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    finally:
        os._exit(code)


def _answer_all(source: IO[bytes], sink: IO[bytes], *, most: int = 10_000) -> None:
    for _ in range(most):
        lengths = source.read(REQUEST.size)
        if len(lengths) < REQUEST.size:
            return
        head_length, body_length = REQUEST.unpack(lengths)
        head: dict[str, Any] = json.loads(source.read(head_length))
        confinement.limit_seconds(head["seconds"])
        answer = READERS[head["kind"]](source.read(body_length), **head["options"])
        raw = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
        sink.write(ANSWER.pack(len(raw)))
        sink.write(raw)
        sink.flush()
        if confinement.grown() > MOST_GROWN:
            return
