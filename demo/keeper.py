"""Kills the process groups it was told of once whoever started it is
gone, however that one ended.

The kernel closes the pipe of a process that dies, even by kill -9.
Children of children (a worker's pool, a web server's workers) are in
the group of their parent, so nothing of a demo outlives it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        number = int(line)
        # A negative number takes a group back: it ended in order, and its number may
        # soon belong to somebody else.
        groups.discard(-number) if number < 0 else groups.add(number)
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
