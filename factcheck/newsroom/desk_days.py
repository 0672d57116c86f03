"""Days as desks count them: a moment falls into a day by the clock of its own desk."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from django.db.models import Q

from factcheck.ledger import clock
from factcheck.newsroom.models import Desk

ONE_DAY = timedelta(days=1)
_FURTHEST = timezone(timedelta(hours=14))


def today_on(desk: Desk) -> date:
    """Today in the time zone of the desk."""
    # By the clock of the database, which the guards compare with; servers may differ.
    return clock.now().astimezone(ZoneInfo(desk.time_zone)).date()


def furthest_today() -> date:
    """Today where the day begins first."""
    return clock.now().astimezone(_FURTHEST).date()


def in_days(column: str, first: date | None, last: date | None, *, zone: str = "") -> Q:
    """The rows whose moment falls into these days. With `zone`, the
    path to a time zone, each row by the clock of its own desk.
    """
    if not zone:
        return _between(column, first, last, "UTC")
    found = Q(pk__in=[])
    for name in _zones():
        found |= Q(**{zone: name}) & _between(column, first, last, name)
    return found


def _between(column: str, first: date | None, last: date | None, zone: str) -> Q:
    found = Q()
    if first:
        found &= Q(**{f"{column}__gte": midnight(first, zone)})
    if last:
        found &= Q(**{f"{column}__lt": midnight(last + ONE_DAY, zone)})
    return found


def midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def today_of_desks(
    column: str,
    zone: str,
    *,
    now: datetime,
    first: int = 0,
    last: int = 0,
) -> Q:
    """The rows whose moment falls into the days from today + `first` to
    today + `last`, each by the clock of its desk.
    """
    found = Q(pk__in=[])
    for name in _zones():
        today = now.astimezone(ZoneInfo(name)).date()
        days = _between(column, today + first * ONE_DAY, today + last * ONE_DAY, name)
        found |= Q(**{zone: name}) & days
    return found


def _zones() -> list[str]:
    # A handful, where an expression on each row would use no index.
    return sorted(set(Desk.objects.order_by().values_list("time_zone", flat=True).distinct()))
