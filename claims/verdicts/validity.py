"""The as-of date of a verdict, and its recheck date."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import EllipsisType

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.models import Verdict
from factcheck.newsroom.desk_days import today_on
from factcheck.newsroom.models import Desk


@dataclass(frozen=True, slots=True)
class Dates:
    """What was typed; None clears a date, `...` leaves it as it is, or
    on a new verdict as the desk proposes.
    """

    as_of_date: date | EllipsisType | None = ...
    recheck_date: date | EllipsisType | None = ...


def proposed(desk: Desk) -> date | None:
    """The recheck date for a verdict begun today, if the desk sets recheck dates."""
    days = desk.recheck_after_days
    return today_on(desk) + timedelta(days=days) if days else None


def set_dates(verdict: Verdict, dates: Dates) -> None:
    """Set the dates on the instance, without saving it."""
    if dates.as_of_date is not ...:
        verdict.as_of_date = dates.as_of_date
    if dates.recheck_date is not ...:
        verdict.recheck_date = dates.recheck_date
    # Only once: clearing the proposal and saving again must not bring it back.
    elif verdict.pk is None:
        verdict.recheck_date = proposed(verdict.claim.desk)


def check_dates(verdict: Verdict) -> None:
    """Raise ValidationError for a date in the future, or dates in the wrong order."""
    if verdict.as_of_date and verdict.as_of_date > today_on(verdict.claim.desk):
        raise ValidationError(
            {
                "as_of_date": _(
                    "The date is in the future. Enter the day the evidence refers to, or leave it"
                    " empty."
                )
            }
        )
    if verdict.as_of_date and verdict.recheck_date and verdict.recheck_date < verdict.as_of_date:
        raise ValidationError(
            {
                "recheck_date": _(
                    "The recheck date is before the as-of date. Choose a later date, or leave it"
                    " empty."
                )
            }
        )
