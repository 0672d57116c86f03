"""What of the selection log is asked for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.newsroom.models import Desk

# Asks for the entries without a topic.
WITHOUT = "-"


@dataclass(frozen=True, slots=True)
class SelectionFilter:
    """Which entries to show; empty fields match everything, and both
    dates are included. A claimant in straight quotation marks is the
    whole name, and `""` those where nobody is named.
    """

    desk: Desk | None = None
    decision: str = ""
    reason: str = ""
    claimant: str = ""
    topic: str = ""
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise ValidationError({"last": _("The last day cannot be before the first.")})
        for name, day in (("first", self.first), ("last", self.last)):
            if day and not 1900 <= day.year < 3000:
                raise ValidationError({name: _("Choose a day between 1900 and 2999.")})

    def lookups(self) -> dict[str, Any]:
        """Django lookups on the columns both halves share."""
        # A day begins at midnight where the desk is. Its end is the next midnight,
        # exclusive, which is right on the 23 and 25 hour days of a clock change, too.
        zone = ZoneInfo(self.desk.time_zone if self.desk else "UTC")
        lookups = {
            "desk_row": self.desk and self.desk.pk,
            "decision": self.decision,
            "reason": self.reason,
            "claimant_name__icontains": "" if self._whole_name else self._claimant,
            "about": "" if self._topic == WITHOUT else self._topic,
            "at__gte": self.first and datetime.combine(self.first, time.min, zone),
            "at__lt": self.last and datetime.combine(self.last, time.min, zone) + timedelta(days=1),
        }
        asked = {name: value for name, value in lookups.items() if value}
        if self._whole_name:
            asked["claimant_name"] = self._claimant[1:-1]
        if self._topic == WITHOUT:
            asked["about"] = ""
        return asked

    @property
    def _claimant(self) -> str:
        return self.claimant.strip()

    @property
    def _topic(self) -> str:
        return self.topic.strip()

    @property
    def _whole_name(self) -> bool:
        return len(self._claimant) > 1 and self._claimant[0] == self._claimant[-1] == '"'
