"""For what day a verdict speaks, and until when that holds."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import EllipsisType
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from claims.models import Verdict
from factcheck.ledger import clock
from factcheck.newsroom.models import Desk


@dataclass(frozen=True, slots=True)
class Dates:
    """What was typed; `...` leaves what stands there, or on a new verdict what the
    desk proposes.
    """

    as_of_date: date | EllipsisType | None = ...
    recheck_date: date | EllipsisType | None = ...


def today_on(desk: Desk) -> date:
    """The day it is where the desk works, by the database's clock."""
    return clock.now().astimezone(ZoneInfo(desk.time_zone)).date()


def proposed(desk: Desk) -> date | None:
    """When a verdict begun today is looked at again, if the desk has a rule for it."""
    days = desk.recheck_after_days
    return today_on(desk) + timedelta(days=days) if days else None


def set_dates(verdict: Verdict, told: Dates) -> None:
    if told.as_of_date is not ...:
        verdict.as_of_date = told.as_of_date
    if told.recheck_date is not ...:
        verdict.recheck_date = told.recheck_date
    elif verdict.pk is None:
        verdict.recheck_date = proposed(verdict.claim.desk)


def check_dates(verdict: Verdict) -> None:
    if verdict.as_of_date and verdict.as_of_date > today_on(verdict.claim.desk):
        raise ValidationError(
            {
                "as_of_date": (
                    "This day is still to come. Give the day the evidence speaks of, or none."
                )
            }
        )
    if verdict.as_of_date and verdict.recheck_date and verdict.recheck_date < verdict.as_of_date:
        raise ValidationError(
            {
                "recheck_date": (
                    "This lies before the day the verdict speaks of. Choose a later one, or none."
                )
            }
        )
