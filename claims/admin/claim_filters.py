"""The filters of the claim list. What each means is a method of the
claims' queryset, or of the module that the home screen counts by.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.claim_work import WORK
from claims.choices import Age, Due, Priority, Status
from claims.desk.tags import key_of
from claims.models import Rating, Topic
from claims.querysets.claims import CLOSED, ClaimQuerySet, aged
from factcheck.ledger import clock
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.choices import RiskTier
from factcheck.newsroom.filters import (
    ADMIN,
    ChoiceFilter,
    DayFilter,
    Days,
    DeskFilter,
    OfferedFilter,
    Rows,
    TextFilter,
    contains_filter,
)
from factcheck.newsroom.models import Membership, User
from factcheck.newsroom.permissions import RULES, desks_where
from sources.choices import LinkState

ALL, DEAD, ME, NOBODY, NONE = "all", "dead", "me", "nobody", "none"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)


def _claims(rows: Rows) -> ClaimQuerySet:
    return cast("ClaimQuerySet", rows)


class StatusFilter(ChoiceFilter):
    title = gettext_lazy("status")
    parameter_name = "status__exact"
    widest = (parameter_name, ALL)
    column = "status"
    choices_of = Status

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> Iterable[tuple[Any, str]]:
        return [*super().lookups(request, model_admin), (ALL, _("all, also closed"))]

    def unasked(self, request: HttpRequest, queryset: Rows) -> Rows:
        """Closed claims are left out unless something asks for them."""
        # A search must find a duplicate, because it says which claim it was merged
        # into; and what waits for somebody may wait on a closed claim too.
        if request.GET.get("q") or request.GET.get(WorkFilter.parameter_name):
            return queryset
        # A row that was ticked is named by its key, whatever the list shows by now.
        if request.method == "POST" and request.POST.get("select_across", "0") == "0":
            return queryset
        self.note = _("Declined, merged and retracted claims are left out.")
        return queryset.exclude(status__in=CLOSED)

    def narrowed_to_all(self, queryset: Rows, values: Sequence[str]) -> Rows:
        return queryset if ALL in values else super().narrowed_to_all(queryset, values)


class WorkFilter(OfferedFilter):
    """The parts of the list that the home screen counts."""

    title = gettext_lazy("work")
    parameter_name = "work"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> list[tuple[Any, str]]:
        return [(name, str(work.label)) for name, work in WORK.items()]

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        return WORK[value].narrow(_claims(queryset), self.user)


def _colleagues(user: User) -> list[tuple[Any, str]]:
    """Who checks claims on the desks whose claims this person sees."""
    desks = desks_where(user, "claim.view")
    working = Membership.objects.current().filter(
        desk__in=desks, role__in=RULES["claim.take"].roles
    )
    people = User.objects.filter(pk__in=working.values("user_id")).exclude(pk=user.pk)
    # Their own number too: links of the home screen name it.
    own = [(ME, _("me")), (user.pk, str(user))]
    return [*own, *((one.pk, str(one)) for one in people.order_by("username"))]


class AssigneeFilter(OfferedFilter):
    title = gettext_lazy("assignee")
    parameter_name = "assignee__id__exact"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> list[tuple[Any, str]]:
        me, *others = _colleagues(person(request))
        return [me, (NOBODY, _("unassigned")), *others]

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        if value == NOBODY:
            return queryset.filter(assignee=None)
        return queryset.filter(assignee_id=self.user.pk if value == ME else int(value))


class CheckerFilter(OfferedFilter):
    """Who wrote the verdict, whoever is assigned by now."""

    title = gettext_lazy("checker")
    parameter_name = "checker"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> list[tuple[Any, str]]:
        return _colleagues(person(request))

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        number = self.user.pk if value == ME else int(value)
        return _claims(queryset).checked_by(User(pk=number))


class DueFilter(OfferedFilter):
    title = gettext_lazy("deadline")
    parameter_name = "due"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> list[tuple[Any, str]]:
        return [(value, str(label)) for value, label in Due.choices]

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        return _claims(queryset).due(Due(value), clock.now())


class AgeFilter(OfferedFilter):
    title = gettext_lazy("age")
    parameter_name = "age"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> list[tuple[Any, str]]:
        return [(value, str(label)) for value, label in Age.choices]

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(aged(Age(value), clock.now()))


class PublishedFrom(DayFilter):
    """By the day of the first verdict, also of claims that were
    corrected or retracted since.
    """

    title = gettext_lazy("first published from")
    parameter_name = "published_from"

    def narrowed_by(self, queryset: Rows, values: Sequence[str]) -> Rows:
        return _claims(queryset).first_published(self.day(values[-1]), None)


class PublishedTo(DayFilter):
    title = gettext_lazy("first published to")
    parameter_name = "published_to"

    def narrowed_by(self, queryset: Rows, values: Sequence[str]) -> Rows:
        return _claims(queryset).first_published(None, self.day(values[-1]))


class PriorityFilter(ChoiceFilter):
    title = gettext_lazy("priority")
    parameter_name = "priority"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> Iterable[tuple[Any, str]]:
        return Priority.words()

    def narrowed_to_all(self, queryset: Rows, values: Sequence[str]) -> Rows:
        return queryset.filter(priority__in=[Priority.of(word) for word in values])


class RiskFilter(ChoiceFilter):
    title = gettext_lazy("risk tier")
    parameter_name = "risk"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> Iterable[tuple[Any, str]]:
        tiers = [(tier.value, str(tier.label)) for tier in RiskTier]
        return [*tiers, (NONE, _("no tier"))]

    def narrowed_to_all(self, queryset: Rows, values: Sequence[str]) -> Rows:
        tiers = ["" if value == NONE else value for value in values]
        return queryset.filter(risk__in=tiers)


class TopicFilter(OfferedFilter):
    title = gettext_lazy("topic")
    parameter_name = "topic"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> list[tuple[Any, str]]:
        topics = list(Topic.objects.visible_to(person(request)).select_related("desk"))
        several = len({topic.desk_id for topic in topics}) > 1
        named = [(one.pk, f"{one.name} ({one.desk})" if several else one.name) for one in topics]
        return [(NONE, _("no topic")), *named]

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(topic=None if value == NONE else int(value))


class TagFilter(TextFilter):
    title = gettext_lazy("tag")
    parameter_name = "tag"

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        return _claims(queryset).tagged(key_of(value))


class PublisherFilter(TextFilter):
    title = gettext_lazy("publisher cited")
    parameter_name = "publisher"

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        named = Q(link__publisher__name__icontains=value)
        at_domain = Q(link__publisher__domain__icontains=value)
        return _claims(queryset).citing(self.user, named | at_domain)


class LinkStateFilter(OfferedFilter):
    title = gettext_lazy("state of a cited link")
    parameter_name = "link"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> list[tuple[Any, str]]:
        states = [(value, str(label)) for value, label in LinkState.choices]
        return [(DEAD, _("confirmed dead")), *states]

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        dead = Q(link__dead_since__isnull=False)
        condition = dead if value == DEAD else Q(link__state=value)
        return _claims(queryset).citing(self.user, condition)


class RatingFilter(OfferedFilter):
    title = gettext_lazy("rating")
    parameter_name = "rating"

    def lookups(
        self,
        request: HttpRequest,
        model_admin: ADMIN,
    ) -> list[tuple[Any, str]]:
        ratings = Rating.objects.select_related("scale").order_by(
            "-scale__in_use", "scale", "position"
        )
        return [(one.pk, f"{one.name} ({one.scale})") for one in ratings]

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        return _claims(queryset).rated(int(value))


class LanguageFilter(TextFilter):
    title = gettext_lazy("language")
    parameter_name = "language"

    def narrowed(self, queryset: Rows, value: str) -> Rows:
        if not _LANGUAGE.fullmatch(value):
            raise ValidationError(_("Enter a language as a code, such as en or de-AT."))
        return _claims(queryset).in_language(value)


FILTERS = (
    StatusFilter,
    WorkFilter,
    DeskFilter,
    AssigneeFilter,
    CheckerFilter,
    PriorityFilter,
    RiskFilter,
    TopicFilter,
    TagFilter,
    contains_filter("claimant", gettext_lazy("claimant"), "claimant__name"),
    PublisherFilter,
    LinkStateFilter,
    RatingFilter,
    LanguageFilter,
    DueFilter,
    AgeFilter,
    *Days("due", "due_at", gettext_lazy("deadline")).filters(),
    *Days("received", "created_at", gettext_lazy("received")).filters(),
    PublishedFrom,
    PublishedTo,
    *Days("stated", "stated_date", gettext_lazy("claim date")).filters(),
)
