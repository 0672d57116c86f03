"""A clock that a test sets: the rules ask `ledger.clock`, pages ask Django."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from factcheck.ledger import clock


class Clock:
    """It stands still until it is set again."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._moment = clock.now()
        patch.setattr(clock, "now", lambda: self._moment)
        patch.setattr(timezone, "now", lambda: self._moment)

    def set(self, moment: datetime) -> None:
        self._moment = moment

    def local(self, words: str, zone: str = "Europe/Berlin") -> datetime:
        """Set to a local time such as 2031-06-01 23:30."""
        self.set(datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone)))
        return self._moment


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    yield Clock(monkeypatch)
