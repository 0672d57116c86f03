"""The product's Celery app for the fault tests: the same code, with a place where a test can hold a task and kill it."""

import os
import time
from pathlib import Path

import django

from factcheck.celery import app

django.setup()

from claims import intake  # noqa: E402 (needs loaded apps)

__all__ = ["app"]

_folder = Path(os.environ["FAULT_FOLDER"])
_read = intake._read


def _held(job: intake.Extraction) -> tuple[intake.Candidate, ...]:
    """The barrier `reading`: the article is read, nothing is stored yet. Held as long as the file `hold` is there."""
    found = _read(job)
    (_folder / "reached").write_text(str(os.getpid()))
    while (_folder / "hold").exists():
        time.sleep(0.02)
    return found


intake._read = _held
