"""Names of the calendar and plain arithmetic on whole days."""

import calendar
import datetime
from collections.abc import Callable

from claims.extraction import number_words
from sources import calendar_names

MONTHS = calendar_names.numbered_months("en")
WEEKDAYS = {name: number for number, name in enumerate(calendar_names.WEEKDAYS["en"])}
SMALL_NUMBERS = {
    name: number for name, number in number_words.BY_LANGUAGE["en"].small.items() if number <= 20
}

NEEDS_ANCHOR, NO_FIXED_POINT = "needs the article's date", "no fixed point"
Interval = tuple[datetime.date | None, datetime.date | None]


def day(year: int, month: int, number: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, number)
    except ValueError:
        return None


def month(year: int, number: int) -> Interval:
    # One below the last year of datetime, so that the year after is one, too.
    if not 1 <= year <= 9998:
        return (None, None)
    return (
        datetime.date(year, number, 1),
        datetime.date(year, number, calendar.monthrange(year, number)[1]),
    )


def year(number: int) -> Interval:
    if not 1 <= number <= 9998:
        return (None, None)
    return (datetime.date(number, 1, 1), datetime.date(number, 12, 31))


def back(anchor: datetime.date, count: int, unit: str) -> datetime.date | None:
    """The day so many units before the anchor; a missing 31st becomes
    the month's last day.
    """
    try:
        if unit in ("day", "week"):
            return anchor - datetime.timedelta(days=count * (7 if unit == "week" else 1))
        months = count * {"month": 1, "year": 12, "decade": 120}[unit]
        total = anchor.year * 12 + anchor.month - 1 - months
        first = datetime.date(total // 12, total % 12 + 1, 1)
    except (ValueError, OverflowError):
        return None
    return first.replace(day=min(anchor.day, calendar.monthrange(first.year, first.month)[1]))


def from_anchor(anchor: datetime.date, count: int, unit: str) -> Interval:
    """So many units ago, or with a negative number ahead. Counted years
    are whole ones; of decades nobody says which year is meant.
    """
    point = back(anchor, count, unit)
    if point is None or unit == "decade":
        return (None, None)
    if unit == "year":
        return year(point.year)
    return month(point.year, point.month) if unit == "month" else (point, point)


def nth_weekday(
    year: int,
    number: int,
    weekday: int | None,
    count: int,
) -> datetime.date | None:
    """The first, second or, with -1, last such weekday of a month; any day if None."""
    first, last = month(year, number)
    if first is None or last is None:
        return None
    step = 1 if weekday is None else 7
    if count > 0:
        ahead = 0 if weekday is None else (weekday - first.weekday()) % 7
        found = first + datetime.timedelta(days=ahead + step * (count - 1))
    else:
        behind = 0 if weekday is None else (last.weekday() - weekday) % 7
        found = last - datetime.timedelta(days=behind)
    return found if found.month == number else None


def yearly(
    of_year: Callable[[int], datetime.date | None], anchor: datetime.date, *, ahead: bool
) -> datetime.date | None:
    """Of a day that every year has, the latest up to the anchor, or the coming one."""
    # Eight years each way: 29 February can be as far.
    years = (
        range(anchor.year, anchor.year + 9) if ahead else range(anchor.year, anchor.year - 9, -1)
    )
    for number in years:
        found = of_year(number) if 1 <= number <= 9998 else None
        if found and (found >= anchor if ahead else found <= anchor):
            return found
    return None
