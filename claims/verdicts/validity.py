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

    true_as_of: date | EllipsisType | None = ...
    review_by: date | EllipsisType | None = ...


def today_on(desk: Desk) -> date:
    """The day it is where the desk works, by the database's clock."""
    return clock.now().astimezone(ZoneInfo(desk.time_zone)).date()


def proposed(desk: Desk) -> date | None:
    """When a verdict begun today is looked at again, if the desk has a rule for it."""
    days = desk.review_after_days
    return today_on(desk) + timedelta(days=days) if days else None


def set_dates(verdict: Verdict, told: Dates) -> None:
    if told.true_as_of is not ...:
        verdict.true_as_of = told.true_as_of
    if told.review_by is not ...:
        verdict.review_by = told.review_by
    elif verdict.pk is None:
        verdict.review_by = proposed(verdict.claim.desk)


def check_dates(verdict: Verdict) -> None:
    if verdict.true_as_of and verdict.true_as_of > today_on(verdict.claim.desk):
        raise ValidationError(
            {
                "true_as_of": (
                    "This day is still to come. Give the day the evidence speaks of, or none."
                )
            }
        )
    if verdict.true_as_of and verdict.review_by and verdict.review_by < verdict.true_as_of:
        raise ValidationError(
            {
                "review_by": (
                    "This lies before the day the verdict speaks of. Choose a later one, or none."
                )
            }
        )
