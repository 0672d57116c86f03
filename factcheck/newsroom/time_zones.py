"""Times in a desk's own time zone, with UTC beside them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

UTC = ZoneInfo("UTC")


def format_local(moment: datetime, zone: str) -> str:
    """1 June 2026, 06:00 (Europe/Berlin; 04:00 UTC)"""
    try:
        local, utc = moment.astimezone(ZoneInfo(zone)), moment.astimezone(UTC)
    except OverflowError:  # the first and the last day of Python's calendar
        return f"{_written(moment)} UTC"
    if zone == "UTC":
        return f"{_written(utc)} UTC"
    # Around midnight UTC has another date, and the hour alone would mislead.
    same_day = local.date() == utc.date()
    day = "" if same_day else f"{date_format(utc, 'MONTH_DAY_FORMAT')}, "
    return f"{_written(local)} ({zone}; {day}{utc:%H:%M} UTC)"


def _written(moment: datetime) -> str:
    return date_format(moment, "DATETIME_FORMAT")


def at_local(typed: datetime, zone: str) -> datetime:
    """The moment that a local time means. Of a time that comes twice,
    when the clocks go back, the first.

    Raises ValidationError for a time that the clocks skip, and outside
    Python's calendar.
    """
    local = typed.replace(tzinfo=ZoneInfo(zone), fold=0)
    try:
        moment = local.astimezone(UTC)
        # zoneinfo accepts a skipped time and moves it by an hour; there and back shows
        # that.
        exists = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == typed.replace(fold=0)
    except OverflowError:
        raise ValidationError(
            _("%(date)s is out of range. Choose a date near today.")
            % {"date": f"{typed:%Y-%m-%d}"},
            code="at",
        ) from None
    if not exists:
        message = _(
            "%(time)s does not exist on %(date)s in %(zone)s: the clocks go forward. Choose an"
            " earlier or later time."
        ) % {"time": f"{typed:%H:%M}", "date": date_format(typed, "DATE_FORMAT"), "zone": zone}
        raise ValidationError(message, code="at")
    return moment


def is_ambiguous(moment: datetime, zone: str) -> bool:
    """Is this one of two moments with the same local time, as when the
    clocks go back?
    """
    local = moment.astimezone(ZoneInfo(zone))
    return local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()
