"""Suggestions, and how many of them were of use."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When

from claims.choices import SuggestionState
from claims.querysets.access import own_work
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where, desks_where_assigned, desks_where_related

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Suggestion  # noqa: F401


# Least score and name of each band of the accuracy table, best first.
BANDS = (("0.75", "0.75 and more"), ("0.5", "0.50 to 0.74"), ("0.25", "0.25 to 0.49"))
LOWEST_BAND = "0.00 to 0.24"
BAND_NAMES = (*(name for _least, name in BANDS), LOWEST_BAND)
_GROUP = ("extractor", "extractor_version", "band")


def in_band(name: str) -> Q:
    """The suggestions whose score is in this band."""
    place = BAND_NAMES.index(name)
    found = Q(score__gte=BANDS[place][0]) if name != LOWEST_BAND else Q()
    return found & Q(score__lt=BANDS[place - 1][0]) if place else found


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: User) -> "SuggestionQuerySet":
        # By `article`, which needs one join, and not by way of `version`.
        seen = Q(article__desk__in=desks_where(user, "article.view"))
        if submitted := desks_where_related(user, "article.view"):
            seen |= Q(article__desk__in=submitted, article__submitted_by=user)
        if assigned := desks_where_assigned(user, "article.view"):
            own = own_work(user).values("suggestion")
            seen |= Q(article__desk__in=assigned, pk__in=own)
        return self.filter(seen)

    def settled(self) -> "SuggestionQuerySet":
        """Decided or passed over."""
        return self.exclude(state=SuggestionState.PROPOSED, finished_article=None)

    def decision_counts(self) -> list[dict[str, Any]]:
        """How many were accepted, declined, passed over or not looked
        at yet, per extractor version and band of scores.

        Undecided ones count as passed over once somebody finished the
        article or decided another suggestion of it: otherwise the
        extractor would look better the more people leave undone.
        """
        # What a person chose says nothing about an extractor.
        grouped = (
            self.exclude(extraction=None)
            .order_by()
            .annotate(
                band=Case(
                    *(When(score__gte=least, then=Value(name)) for least, name in BANDS),
                    default=Value(LOWEST_BAND),
                ),
                extractor=F("extraction__extractor"),
                extractor_version=F("extraction__extractor_version"),
            )
        )
        undecided = Q(state=SuggestionState.PROPOSED)
        # Counts a column of the index, so that the index alone is read.
        counted = (
            grouped.values(*_GROUP)
            .annotate(
                accepted=Count("article", filter=Q(state=SuggestionState.ACCEPTED)),
                declined=Count("article", filter=Q(state=SuggestionState.DECLINED)),
                already_checked=Count("article", filter=Q(state=SuggestionState.ALREADY_CHECKED)),
                passed_over=Count("article", filter=undecided & Q(finished_article__isnull=False)),
                undecided=Count("article", filter=undecided),
            )
            .order_by("extractor", "-extractor_version", "-band")
        )
        # Whether others of its article were decided is looked up for those few that
        # nobody has come to, and apart: with this in it, PostgreSQL counts all rows in
        # one process.
        others = self.model._default_manager.filter(article=OuterRef("article")).settled()
        waiting = grouped.filter(undecided, finished_article=None).annotate(
            article_read=Exists(others)
        )
        read = waiting.values_list(*_GROUP).annotate(
            n=Count("article", filter=Q(article_read=True))
        )
        beside = {tuple(group): number for *group, number in read}
        rows = (dict[str, Any](one) for one in counted)
        return [_with_rest(row, beside.get(tuple(row[name] for name in _GROUP), 0)) for row in rows]


def _with_rest(row: dict[str, Any], beside: int) -> dict[str, Any]:
    """`beside` were passed over because others of their article were decided."""
    row["passed_over"] += beside
    return {**row, "not_looked_at": row.pop("undecided") - row["passed_over"]}
