"""Claims."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OrderBy, OuterRef, Q, Value, When

from claims.choices import Age, Due, Status, VerdictState
from claims.querysets.access import seen_by
from factcheck.newsroom.desk_days import in_days, today_of_desks
from factcheck.newsroom.models import User

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Claim  # noqa: F401


# The verdict of a claim as it stands, also before it is published.
CURRENT = (VerdictState.WORKING, VerdictState.APPROVED, VerdictState.PUBLISHED)
# Statuses in which a claim has no signature.
UNSIGNED = (Status.OPEN, Status.IN_PROGRESS)
# The days of each choice, from today on.
DAYS = {Due.TODAY: (0, 0), Due.TOMORROW: (1, 1), Due.WEEK: (0, 6)}
# Days since a claim was received: where each band of age begins and ends.
AGES = {
    Age.DAY: (0, 1),
    Age.THREE_DAYS: (1, 3),
    Age.WEEK: (3, 7),
    Age.MONTH: (7, 30),
    Age.OLDER: (30, 36_500),
}
# What a desk is done with, without a verdict that readers have.
CLOSED = (Status.DECLINED, Status.MERGED, Status.RETRACTED)
UNFINISHED = (Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED, Status.ON_HOLD)

# Which claim comes before which, for “take next” and the home screen: the highest
# priority, then the earliest deadline, then the oldest. A deadline does not raise a
# priority: an editor who wants that says so, with the reason.
# NULL sorts first on SQLite and last on PostgreSQL; no deadline always comes last here.
BY_DEADLINE: tuple[OrderBy | str, ...] = (F("due_at").asc(nulls_last=True), "created_at", "pk")
BY_PRIORITY: tuple[OrderBy | str, ...] = ("priority", *BY_DEADLINE)
# What needs work before what is finished, whose deadlines no longer matter. An index of
# the claims has these expressions, too: changed here alone, the list becomes slow.
IS_FINISHED = Case(When(status__in=UNFINISHED, then=Value(0)), default=Value(1))
DEADLINE_OF_WORK = Case(When(status__in=UNFINISHED, then=F("due_at")))


def aged(age: Age, at: datetime) -> Q:
    """The claims of this age: each has one."""
    begins, ends = AGES[age]
    return Q(created_at__lte=at - timedelta(days=begins), created_at__gt=at - timedelta(days=ends))


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: User) -> "ClaimQuerySet":
        return self.filter(seen_by(user))

    def unfinished(self) -> "ClaimQuerySet":
        return self.filter(status__in=UNFINISHED)

    def finished(self) -> "ClaimQuerySet":
        return self.exclude(status__in=UNFINISHED)

    def unsigned(self) -> "ClaimQuerySet":
        """Those without a signature, also if they are on hold or
        merged: these count by the status they return to.
        """
        on_hold = Q(status=Status.ON_HOLD) | Q(status=Status.MERGED, merged_from=Status.ON_HOLD)
        merged = Q(status=Status.MERGED, merged_from__in=UNSIGNED)
        return self.filter(Q(status__in=UNSIGNED) | merged | (on_hold & Q(held_from__in=UNSIGNED)))

    def mine(self, user: User) -> "ClaimQuerySet":
        return self.unfinished().filter(assignee=user)

    def overdue(self, at: datetime) -> "ClaimQuerySet":
        return self.unfinished().filter(due_at__lt=at)

    def due(self, when: Due, at: datetime) -> "ClaimQuerySet":
        """Unfinished ones, but for those without a deadline: any."""
        if when == Due.NONE:
            return self.filter(due_at=None)
        if when == Due.OVERDUE:
            return self.overdue(at)
        first, last = DAYS[when]
        days = today_of_desks("due_at", "desk__time_zone", now=at, first=first, last=last)
        return self.unfinished().filter(days)

    def first_published(self, first: date | None, last: date | None) -> "ClaimQuerySet":
        """Those whose first verdict was published in these days, by the
        clock of their desk; either end may be open.
        """
        days = in_days("published_at", first, last, zone="claim__desk__time_zone")
        return self._with_verdict(days, corrects=None)

    def checked_by(self, user: User) -> "ClaimQuerySet":
        """Those whose verdict this person wrote."""
        return self._with_verdict(author=user)

    def tagged(self, key: str) -> "ClaimQuerySet":
        """With this tag; `key` as claims.desk.tags makes it."""
        tags = apps.get_model("claims", "ClaimTag")._default_manager.filter(key=key)
        return self.filter(pk__in=tags.order_by().values("claim"))

    def rated(self, rating: int) -> "ClaimQuerySet":
        return self._with_verdict(rating=rating, state__in=CURRENT)

    def rated_as(self, name: str) -> "ClaimQuerySet":
        """With a rating of this name, in whichever scale."""
        return self._with_verdict(rating__name=name, state__in=CURRENT)

    def in_language(self, tag: str) -> "ClaimQuerySet":
        """Also in its regional forms: “de” finds de-AT."""
        return self.filter(Q(language__iexact=tag) | Q(language__istartswith=f"{tag}-"))

    def citing(self, user: User, condition: Q) -> "ClaimQuerySet":
        """Those with evidence like this. Of the evidence that `user` may
        read: who sees a claim without it learns nothing of it this way.
        """
        evidence = apps.get_model("claims", "Evidence")._default_manager.all()
        cited = evidence.visible_to(user).active().filter(condition)
        return self.filter(pk__in=cited.order_by().values("claim"))

    def _with_verdict(self, *conditions: Q, **values: object) -> "ClaimQuerySet":
        every = apps.get_model("claims", "Verdict")._default_manager
        verdicts = every.filter(*conditions, **values)
        return self.filter(pk__in=verdicts.order_by().values("claim"))

    def protected(self, at: datetime) -> "ClaimQuerySet":
        """Those of which no word leaves the pages of the newsroom, as
        in an e-mail: under embargo, shared with legal, or with a
        confidential source. A duplicate and a translation are as
        protected as what they repeat.
        """
        evidence = apps.get_model("claims", "Evidence")._default_manager.order_by()
        told = evidence.filter(capture__interview__confidential=True)
        own, *others = (
            Exists(told.filter(claim=OuterRef(path)))
            for path in ("pk", "merged_into", "translation_of")
        )
        kin = self.model._default_manager.order_by().filter(
            Q(merged_into=OuterRef("pk")) | Q(translation_of=OuterRef("pk")),
            _withheld("", at) | own,
        )
        return self.filter(
            _withheld("", at)
            | _withheld("merged_into__", at)
            | _withheld("translation_of__", at)
            | own
            | others[0]
            | others[1]
            | Exists(kin)
        )


def _withheld(prefix: str, at: datetime) -> Q:
    return Q(**{f"{prefix}embargo_until__gt": at}) | Q(**{f"{prefix}shared_with_legal": True})
