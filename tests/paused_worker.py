"""The product's Celery app for the fault tests: the same code, with a place where a
test can hold a task and kill it.
"""

import os
import time
from pathlib import Path

import django

from factcheck.celery import app

django.setup()

from claims.intake import extraction_jobs  # noqa: E402 (needs loaded apps)
from claims.live import running as live  # noqa: E402 (needs loaded apps)
from claims.matching import index  # noqa: E402
from claims.models import Claim, KnownClaim, LiveStream, ScheduledPublication  # noqa: E402
from claims.publication import scheduling  # noqa: E402 (needs loaded apps)

__all__ = ["app"]

_folder = Path(os.environ["FAULT_FOLDER"])
_read, _check_now = extraction_jobs._read, scheduling._check_now
_read_known = index._prepare
_step = live._step


def _read_and_wait(job: extraction_jobs.Extraction) -> tuple[extraction_jobs.Candidate, ...]:
    """The barrier `reading`: the article is read, nothing is stored yet. Held as long
    as the file `hold` is there.
    """
    found = _read(job)
    _wait()
    return found


def _step_and_wait(stream: LiveStream) -> live.Step:
    """The barrier `hearing`: sentences are read and matched, and not stored yet."""
    step = _step(stream)
    _wait()
    return step


def _check_and_wait(claim: Claim, plan: ScheduledPublication) -> None:
    """The barrier `publishing`: the claim is locked for its scheduled publication, and
    not published yet.
    """
    _check_now(claim, plan)
    _wait()


def _read_known_and_wait(entry: KnownClaim) -> "index._Read":
    """The barrier `matching`: the words are read, the entry is not stored yet. Every
    claim has an entry, so only a test that asks for it is held here.
    """
    found = _read_known(entry)
    if (_folder / "hold_matching").exists():
        _wait()
    return found


def _wait() -> None:
    (_folder / "reached").write_text(str(os.getpid()))
    while (_folder / "hold").exists():
        time.sleep(0.02)


extraction_jobs._read, scheduling._check_now = _read_and_wait, _check_and_wait
index._prepare = _read_known_and_wait
live._step = _step_and_wait
