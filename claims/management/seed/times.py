"""When things happened: over two years, the last weeks more than the first."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from claims.management.seed.steps import BY_NIGHT, LATELY
from factcheck.newsroom.models import Desk

SPAN_DAYS = 730
# A recorded step takes its time as well: the next one must not overtake it.
SHORTEST = 0.01
FRESH_DAYS = 5.0  # the mean age of what is not over yet
OLDEST_FRESH_DAYS = 40.0


def begins(now: datetime, *, fresh: bool, rng: Random) -> datetime:
    if fresh:
        days = min(rng.expovariate(1 / FRESH_DAYS), OLDEST_FRESH_DAYS)
        return now - timedelta(days=days)
    return now - timedelta(days=SPAN_DAYS * rng.random() ** 1.7)


def of_steps(
    begun: datetime,
    hours: list[tuple[float, float]],
    *,
    now: datetime,
    desk: Desk,
    rng: Random,
) -> list[datetime]:
    """A time for each step; moved back as a whole where the last would
    be in the future.
    """
    times: list[datetime] = []
    at = begun
    for least, most in (each for each in hours if each != LATELY):
        at += timedelta(hours=max(SHORTEST, rng.uniform(least, most)))
        times.append(_next_night(at, desk, rng) if (least, most) == BY_NIGHT else at)
        at = times[-1]
    late = [now - timedelta(hours=rng.uniform(1, 20)) for each in hours if each == LATELY]
    end = min([now - timedelta(minutes=30), *late]) - timedelta(minutes=10)
    # By whole days, so that a night stays a night.
    if times and times[-1] > end:
        back = timedelta(days=(times[-1] - end).days + 1)
        times = [each - back for each in times]
    return [*times, *sorted(late)]


def _next_night(after: datetime, desk: Desk, rng: Random) -> datetime:
    """Shortly after the desk's next night begins."""
    if desk.night_from is None:
        return after
    local = after.astimezone(ZoneInfo(desk.time_zone))
    begins_at = local.replace(hour=desk.night_from.hour, minute=desk.night_from.minute)
    if begins_at <= local:
        begins_at += timedelta(days=1)
    return (begins_at + timedelta(minutes=rng.uniform(10, 90))).astimezone(after.tzinfo)
