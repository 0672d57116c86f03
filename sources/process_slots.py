"""A limited number of slots for heavy work on this machine, shared by
all its processes.

Slots are file locks, so that the kernel frees those of a killed
process.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: for trying out only, so slots are unlimited there
    fcntl = None  # type: ignore[assignment]

STEP = 0.05


class BusyError(OSError):
    """All slots are taken; trying again later helps."""


@contextlib.contextmanager
def slot(name: str, *, places: int, seconds: float) -> Iterator[None]:
    """Hold one of `places` slots. Raises BusyError if none became free
    within `seconds`.
    """
    if fcntl is None:
        yield
        return
    descriptor = _taken(name, places, time.monotonic() + seconds)
    try:
        yield
    finally:
        os.close(descriptor)


def _taken(name: str, places: int, until: float) -> int:
    while True:
        for number in range(places):
            descriptor = os.open(_folder() / f"{name}-{number}", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return descriptor
            except OSError:
                os.close(descriptor)
        if time.monotonic() >= until:
            raise BusyError("Our machine is busy with other documents.")
        time.sleep(STEP)


def _folder() -> Path:
    """A private folder: in a shared one another user could hold the locks."""
    folder = Path(tempfile.gettempdir()) / f"factcheck-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else. Remove it, or set TMPDIR.")
    return folder
