"""What a reader gives up before it sees a document: files, network,
other processes, memory and time beyond its limits. Nothing of this
needs privileges.

It holds against a parser that is led astray: a URL in a page, an
include, a bomb. It is no wall against somebody who runs machine code of
their own in the reader as our user; for that, run the workers as
another user and in a container without a network route.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import signal
import sys

try:
    import resource
except ImportError:  # Windows: for trying out only
    resource = None  # type: ignore[assignment]

KEPT = 3  # the number of the one connection that a reader has
LONGEST_LIFE = 600  # CPU seconds of a reader, all its documents together
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_libc = ctypes.CDLL(None) if sys.platform.startswith("linux") else None


def give_up_privileges() -> None:
    if _libc:
        _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def keep_only(descriptor: int) -> None:
    """Close all but this connection, which becomes number KEPT: those
    of other readers are open here too.
    """
    os.dup2(descriptor, KEPT)
    os.closerange(KEPT + 1, os.sysconf("SC_OPEN_MAX"))
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)


def confine(*, parent: int, memory: int) -> None:
    if _libc:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    _limit("RLIMIT_AS", memory)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_NPROC", 0)
    _limit("RLIMIT_CPU", LONGEST_LIFE)
    # No number is left for a file or socket; what is open stays open. Last, because
    # from here on nothing can be imported.
    _limit("RLIMIT_NOFILE", 0)


def limit_seconds(seconds: float) -> None:
    """The CPU time for the next document."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = max(1, math.ceil(used.ru_utime + used.ru_stime + seconds))
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def grown() -> int:
    """The most memory this process has held, in bytes."""
    if resource is None:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most if sys.platform == "darwin" else most * 1024)


def _limit(name: str, value: int) -> None:
    # macOS refuses some, such as that of memory: there time alone is limited.
    with contextlib.suppress(ValueError, OSError, AttributeError):
        resource.setrlimit(getattr(resource, name), (value, value))
