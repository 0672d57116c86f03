"""How a desk is doing: the numbers of the dashboard. Each counts only
what the person may see.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from claims.choices import VerdictState
from claims.models import Claim, Evidence, Repetition, Suggestion, Verdict
from claims.models.verdict import PUBLIC
from claims.querysets.claims import ClaimQuerySet
from claims.querysets.verdicts import VerdictQuerySet
from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import (
    desks_where,
    desks_where_assigned,
    desks_where_related,
)

ACTION = "dashboard.view"
# Days since a claim was received: the ends of the bands, the last one
# without.
AGES = (1, 3, 7, 30)
MANY_DAYS = 120


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose numbers, of which desks, and of which days (both included)."""

    user: User
    desks: frozenset[int]
    first: datetime
    end: datetime  # the first moment after the last day

    @property
    def claims(self) -> ClaimQuerySet:
        return Claim.objects.visible_to(self.user).filter(desk__in=self.desks).order_by()

    @property
    def by_month(self) -> bool:
        """Whether a long period is told by months, not by weeks."""
        return self.end - self.first > timedelta(days=MANY_DAYS)

    def within(self, column: str) -> Q:
        return Q(**{f"{column}__gte": self.first, f"{column}__lt": self.end})


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
    """{status: [all, overdue, then those of each band of age, the
    youngest first]}.
    """
    now = clock.now()
    ends = [now, *(now - timedelta(days=days) for days in AGES)]
    bands = {
        f"band_{place}": Count("pk", filter=Q(created_at__lte=late, created_at__gt=early))
        for place, (late, early) in enumerate(pairwise(ends))
    }
    counts = {
        "number": Count("pk"),
        "late": Count("pk", filter=Q(due_at__lt=now)),
        **bands,
        "oldest": Count("pk", filter=Q(created_at__lte=ends[-1])),
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
    """(first day, verdicts, median hours from received to published) of
    each week, or month of a long period. Corrections do not count.
    """
    first_ones = _published(scope).filter(corrects=None)
    hours: dict[date, list[float]] = defaultdict(list)
    times: Any = first_ones.values_list("claim__created_at", "published_at")
    for received, published in times:
        day = published.date()
        back = day.day - 1 if scope.by_month else day.weekday()
        took = published - received
        hours[day - timedelta(days=back)].append(took.total_seconds() / 3600)
    return [(day, len(each), median(each)) for day, each in sorted(hours.items())]


@dataclass(frozen=True, slots=True)
class Reliability:
    """What became of the verdicts of the period."""

    published: int
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
        _published(scope).filter(corrects=None).count(),
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
    return rows.filter(scope.within("article__created_at")).decision_counts()


def repeated(scope: Scope) -> list[tuple[str, int]]:
    """(claimant, repetitions confirmed in the period), the most first."""
    confirmed = Repetition.objects.visible_to(scope.user).filter(
        scope.within("confirmed_at"), claim__in=scope.claims, withdrawn_at=None
    )
    counted = confirmed.order_by().values_list("claimant_name").annotate(number=Count("pk"))
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def _published(scope: Scope) -> VerdictQuerySet:
    return Verdict.objects.filter(
        scope.within("published_at"), state__in=PUBLIC, claim__in=scope.claims
    ).order_by()
