"""Times of day as a desk speaks of them: in its own time zone, with UTC beside it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

UTC = ZoneInfo("UTC")


def format_local(moment: datetime, zone: str) -> str:
    """1 June 2026, 06:00 (Europe/Berlin; 04:00 UTC)"""
    try:
        there, here = moment.astimezone(ZoneInfo(zone)), moment.astimezone(UTC)
    except OverflowError:  # the first and the last day of the calendar
        return f"{moment:%-d %B %Y, %H:%M} UTC"
    if zone == "UTC":
        return f"{here:%-d %B %Y, %H:%M} UTC"
    day = "" if there.date() == here.date() else f"{here:%-d %B}, "
    return f"{there:%-d %B %Y, %H:%M} ({zone}; {day}{here:%H:%M} UTC)"


def at_local(typed: datetime, zone: str) -> datetime:
    """The moment that a person means who types this local time. Of a time that comes twice, the
    first.

    A time that the clocks leave out is refused: nobody can say which moment was meant.
    """
    there = typed.replace(tzinfo=ZoneInfo(zone), fold=0)
    try:
        moment = there.astimezone(UTC)
        exists = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == typed.replace(fold=0)
    except OverflowError:
        raise ValidationError(
            f"{typed:%Y-%m-%d} is no day to plan for. Choose a date near today.", code="at"
        ) from None
    if not exists:
        told = (
            f"{typed:%H:%M} does not exist on {typed:%-d %B %Y} in {zone}: the clocks go forward"
            " over it. Choose a time before or after."
        )
        raise ValidationError(told, code="at")
    return moment


def is_ambiguous(moment: datetime, zone: str) -> bool:
    """Is this one of two moments that have the same local time, on a night when the
    clocks go back?
    """
    there = moment.astimezone(ZoneInfo(zone))
    return there.replace(fold=1 - there.fold).utcoffset() != there.utcoffset()
