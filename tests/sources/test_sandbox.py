"""What a reader of files and pages can reach: nothing. And what is left when one of all
these processes dies: nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sources import sandbox
from sources.sandbox import Limits, NoReaderError, TooHeavyError, UnreadableError

ROOT = Path(__file__).resolve().parent.parent.parent
LIMITS = Limits(seconds=20, memory=768 * 2**20)

# The program of the readers, with readers of our own that misbehave.
PROGRAM = """
import sys; sys.path.insert(0, sys.argv.pop(1))
import os, socket, subprocess, threading, time
from sources.readers import process

def attempt(name, work):
    try:
        return {name: repr(work())}
    except BaseException as error:
        return {name: type(error).__name__}

def escape(body):
    return {
        **attempt("socket", socket.socket),
        **attempt("address", lambda: socket.getaddrinfo("localhost", 80)),
        **attempt("file", lambda: open("/etc/passwd").read()),
        **attempt("new file", lambda: open("/tmp/x", "w")),
        **attempt("program", lambda: subprocess.run(["id"])),
        **attempt("fork", lambda: os.fork() or os._exit(0)),
        "environment": sorted(os.environ),
        "open": sorted(n for n in range(64) if not attempt("x", lambda: os.fstat(n))["x"] == "OSError"),
        "privileges": open_status,
    }

open_status = ""
hoarded = []
process.READERS.update(
    escape=escape,
    memory=lambda body: {"x": len([bytes(2**20) for _ in range(4_000)])},
    hoard=lambda body: len(hoarded.extend(bytes(2**20) for _ in range(int(body))) or hoarded),
    forever=lambda body: time.sleep(600),
    busy=lambda body: [0 for _ in iter(int, 1)],
    crash=lambda body: os.kill(os.getpid(), 11),
    raises=lambda body: 1 / 0,
    long=lambda body: "x" * (40 * 2**20),
    deep=lambda body: None,
    process=lambda body: [os.getpid(), os.getppid()],
    echo=lambda body: body.decode(),
    # As one does that has grown too large for another document.
    last=lambda body: setattr(process, "MOST_GROWN", -1),
)
process.main(sys.argv[1:])
"""


@pytest.fixture(autouse=True)
def own_readers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    made = sandbox._Readers()
    monkeypatch.setattr(sandbox, "_readers", made)
    monkeypatch.setattr(sandbox, "PROGRAM", PROGRAM)
    monkeypatch.setenv("FACTCHECK_SECRET_KEY", "a secret of the parent")
    yield
    made.stop()


def ask(kind: str, body: bytes = b"", *, limits: Limits = LIMITS, shared: bool = False) -> Any:
    return sandbox.read(kind, body, options={}, limits=limits, shared=shared)


def alive(process: int) -> bool:
    """Whether it runs; a zombie does not, but is a process still."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


def gone(*processes: int, seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while any(map(alive, processes)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(alive, processes))


def test_a_reader_reaches_no_network_no_file_no_program_and_no_secret() -> None:
    reached = ask("escape")
    for way in ("socket", "address", "file", "new file", "program"):
        assert reached[way] in {"OSError", "gaierror"}, way
    # Root is not counted by the kernel.
    assert os.getuid() == 0 or reached["fork"] == "BlockingIOError"
    assert not {"FACTCHECK_SECRET_KEY", "DATABASE_URL", "PATH"} & set(reached["environment"])
    assert reached["open"] == [0, 1, 2, 3]  # nothing, three times, and the one connection


@pytest.mark.parametrize(
    ("kind", "limits", "error"),
    [
        ("memory", LIMITS, TooHeavyError),
        ("forever", Limits(0.5, LIMITS.memory), TooHeavyError),
        ("busy", Limits(0.5, LIMITS.memory), TooHeavyError),
        ("crash", LIMITS, UnreadableError),
        ("raises", LIMITS, UnreadableError),
        ("long", LIMITS, UnreadableError),
        ("no such reader", LIMITS, UnreadableError),
    ],
)
@pytest.mark.parametrize("shared", [False, True])
def test_a_document_that_kills_its_reader_is_the_only_one_lost(
    kind: str, limits: Limits, error: type[Exception], shared: bool
) -> None:
    assert ask("echo", b"before", shared=shared) == "before"
    with pytest.raises(error):
        ask(kind, b"x" * 2**20, limits=limits, shared=shared)
    assert ask("echo", b"after", shared=shared) == "after"


def test_what_people_send_is_read_by_a_process_of_its_own() -> None:
    own = [ask("process")[0] for _ in range(3)]
    assert len(set(own)) == 3
    web = [ask("process", shared=True)[0] for _ in range(3)]
    assert len(set(web)) == 1 and not set(web) & set(own)
    assert ask("process")[0] not in web
    assert gone(*own)


def test_a_document_is_not_blamed_for_those_before_it() -> None:
    """They may have left so little memory that the next one is too much."""
    assert ask("hoard", b"250", shared=True) == 250
    assert ask("hoard", b"500", shared=True) == 500


def test_a_shared_reader_is_replaced_after_some_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "DOCUMENTS", 2)
    assert len({ask("process", shared=True)[0] for _ in range(6)}) == 3


def test_an_answer_is_read_whole_though_its_reader_has_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """How it ended is sent behind the answer, and both may be there when we look."""
    received = sandbox._received

    def late(connection: socket.socket, *rest: Any) -> bytes | None:
        both = sandbox.ANSWER.size + len("null") + sandbox.STATUS.size
        while len(connection.recv(both, socket.MSG_PEEK)) < both:
            time.sleep(0.01)
        return received(connection, *rest)

    monkeypatch.setattr(sandbox, "_received", late)
    assert ask("last") is None


def test_many_threads_read_at_once_and_each_gets_its_own() -> None:
    answers: dict[int, str] = {}

    def work(number: int) -> None:
        answers[number] = ask("echo", str(number).encode() * 100_000, shared=number % 2 == 0)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: str(number) * 100_000 for number in range(12)}


def test_whoever_is_killed_the_next_document_is_read() -> None:
    reader, starter = ask("process", shared=True)
    os.kill(reader, signal.SIGKILL)
    # Not its fault: the reader had read another one before.
    assert ask("echo", b"x", shared=True) == "x"
    reader, starter = ask("process", shared=True)
    os.kill(starter, signal.SIGKILL)
    with contextlib.suppress(NoReaderError, UnreadableError):
        ask("echo", b"x", shared=True)
    assert ask("echo", b"x", shared=True) == "x" and gone(reader)
    assert ask("process")[1] != starter


CHILD = """
import os, sys, time
from tests.sources.test_sandbox import PROGRAM, ask
from sources import sandbox
sandbox.PROGRAM = PROGRAM
print(*ask("process", shared=True), flush=True)
if sys.argv[1] == "fork":
    if os.fork() == 0:
        print(*ask("process", shared=True), flush=True)
        time.sleep(600)
time.sleep(600)
"""


@pytest.mark.parametrize("how", ["alone", "fork"])
def test_no_process_outlives_a_killed_parent(how: str) -> None:
    """Nor holds a forked child those of its parent: Celery forks its workers."""
    parent = subprocess.Popen(
        [sys.executable, "-c", CHILD, how], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout
        first = [int(number) for number in parent.stdout.readline().split()]
        second = (
            [int(number) for number in parent.stdout.readline().split()] if how == "fork" else []
        )
        assert len({*first, *second}) == len(first) + len(second) >= 2
        assert all(map(alive, first))
        parent.kill()
        parent.wait()
        assert gone(*first)
        if second:
            child = int(Path(f"/proc/{second[1]}/stat").read_text().split()[3])
            os.kill(child, signal.SIGKILL)
            assert gone(*second)


def test_where_nothing_can_be_forked_a_program_reads_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "CAN_FORK", False)
    assert ask("echo", b"words") == "words"
    with pytest.raises(UnreadableError):
        ask("raises")
    assert json.loads(json.dumps(ask("process")))[1] == os.getpid()
