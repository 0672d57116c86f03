"""How a desk is doing: the numbers of the dashboard. Each counts only
what the person may see.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from claims.choices import Age, VerdictState
from claims.models import Claim, Evidence, Repetition, Suggestion, Verdict
from claims.querysets.claims import ClaimQuerySet, aged
from factcheck.ledger import clock
from factcheck.newsroom.desk_days import in_days
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import (
    desks_where,
    desks_where_assigned,
    desks_where_related,
)

ACTION = "dashboard.view"
ZONE = "claim__desk__time_zone"
USUAL_DAYS, MOST_DAYS = 90, 3 * 366
MANY_DAYS, WEEK = timedelta(days=120), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose numbers, of which desks, and of which days (both included)."""

    user: User
    desks: frozenset[int]
    first: date
    last: date

    @property
    def claims(self) -> ClaimQuerySet:
        return Claim.objects.visible_to(self.user).filter(desk__in=self.desks).order_by()

    @property
    def by_month(self) -> bool:
        """Whether a long period is told by months, not by weeks."""
        return self.last - self.first >= MANY_DAYS

    def within(self, column: str, *, zone: str = ZONE) -> Q:
        """The rows whose moment falls into these days, each by the
        clock of its desk, as the lists count days.
        """
        return in_days(column, self.first, self.last, zone=zone)


def period(first: date | None, last: date | None) -> tuple[date, date]:
    """The days that are meant: up to today, ninety of them unless a
    first one is named. Raises ValidationError by field name.
    """
    last = last or clock.now().date()
    # The calendar has no ninety days before the year 1, which is refused below.
    first = first or last - min(timedelta(days=USUAL_DAYS - 1), last - date.min)
    if first > last:
        raise ValidationError({"last": _("The last day cannot be before the first.")})
    if last - first > timedelta(days=MOST_DAYS) or not 1900 <= first.year < 2999:
        raise ValidationError({"first": _("Choose a period of three years at most.")})
    return first, last


def desks_of(user: User) -> list[Desk]:
    """Those whose dashboard the person may see."""
    return list(Desk.objects.filter(pk__in=desks_where(user, ACTION)).order_by("name"))


def desks_read(user: User) -> frozenset[int]:
    """Where the person reads any claim, be it their own work alone."""
    action = "claim.view"
    return (
        desks_where(user, action)
        | desks_where_assigned(user, action)
        | desks_where_related(user, action)
    )


def backlog(scope: Scope) -> dict[str, list[int]]:
    """{status: [all, overdue, then those of each Age]}."""
    now = clock.now()
    counts = {
        "number": Count("pk"),
        "late": Count("pk", filter=Q(due_at__lt=now)),
        **{f"age_{age}": Count("pk", filter=aged(age, now)) for age in Age},
    }
    counted = scope.claims.unfinished().values("status").annotate(**counts)
    return {
        str(row["status"]): [int(row[name]) for name in counts]
        for row in map(dict[str, Any], counted)
    }


def load(scope: Scope) -> list[tuple[User, int, int]]:
    """(person, unfinished, overdue of them), the most loaded first."""
    late = Count("pk", filter=Q(due_at__lt=clock.now()))
    counted = (
        scope.claims.unfinished()
        .exclude(assignee=None)
        .values_list("assignee")
        .annotate(all=Count("pk"), late=late)
    )
    people = User.objects.in_bulk([pk for pk, _all, _late in counted])
    rows = [(people[pk], number, late) for pk, number, late in counted]
    return sorted(rows, key=lambda row: (-row[1], str(row[0])))


def turnaround(scope: Scope) -> list[tuple[date, int, float]]:
    """(first day, claims, median hours from received to their first
    verdict) of each week, or month of a long period.
    """
    hours: dict[date, list[float]] = defaultdict(list)
    times: Any = (
        Verdict.objects.filter(
            claim__in=_published(scope), corrects=None, published_at__isnull=False
        )
        .order_by()
        .values_list(ZONE, "claim__created_at", "published_at")
    )
    for zone, received, published in times:
        day = published.astimezone(ZoneInfo(zone)).date()
        back = day.day - 1 if scope.by_month else day.weekday()
        took = published - received
        hours[day - timedelta(days=back)].append(took.total_seconds() / 3600)
    return [(day, len(each), median(each)) for day, each in sorted(hours.items())]


def days_of(scope: Scope, first: date) -> tuple[date, date]:
    """The days of the week or month that begins here, as far as they
    are in the period.
    """
    ends = (first + timedelta(days=31)).replace(day=1) if scope.by_month else first + WEEK
    return max(first, scope.first), min(ends - timedelta(days=1), scope.last)


@dataclass(frozen=True, slots=True)
class Reliability:
    """What became of the verdicts of the period."""

    published: int  # claims, by their first verdict
    corrected: int
    retracted: int

    @property
    def per_hundred(self) -> float | None:
        """Corrections per 100 verdicts; None where nothing was published."""
        return 100 * self.corrected / self.published if self.published else None


def reliability(scope: Scope) -> Reliability:
    visible = Verdict.objects.filter(claim__in=scope.claims)
    retracted = visible.filter(scope.within("retracted_at"), state=VerdictState.RETRACTED)
    return Reliability(
        _published(scope).count(),
        visible.listed_corrections().filter(scope.within("published_at")).count(),
        retracted.count(),
    )


def link_health(scope: Scope) -> list[tuple[str, int]]:
    """(state, links) of what published verdicts cite, the most first."""
    published = Verdict.objects.published().filter(claim=OuterRef("claim")).order_by()
    cited = Evidence.objects.visible_to(scope.user).active().exclude(link=None)
    counted = (
        cited.filter(Exists(published), claim__in=scope.claims)
        .order_by()
        .values_list("link__state")
        .annotate(number=Count("link", distinct=True))
    )
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def acceptance(scope: Scope) -> list[dict[str, Any]]:
    """Decisions on the suggestions of articles received in the period,
    per version of the extractor and band of scores.
    """
    rows = Suggestion.objects.visible_to(scope.user).filter(article__desk__in=scope.desks)
    received = scope.within("article__created_at", zone="article__desk__time_zone")
    return rows.filter(received).decision_counts()


def repeated(scope: Scope) -> list[tuple[str, int]]:
    """(claimant, repetitions confirmed in the period), the most first."""
    confirmed = Repetition.objects.visible_to(scope.user).filter(
        scope.within("confirmed_at"), claim__in=scope.claims, withdrawn_at=None
    )
    counted = confirmed.order_by().values_list("claimant_name").annotate(number=Count("pk"))
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def _published(scope: Scope) -> ClaimQuerySet:
    return scope.claims.first_published(scope.first, scope.last)
