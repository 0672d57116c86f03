"""What people of a desk share: queries, interests, topics."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

from claims.querysets.access import reached
from factcheck.newsroom.models import Membership, User
from factcheck.newsroom.permissions import desks_where, desks_where_related

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Interest, Query, Topic, Verdict  # noqa: F401


class QueryQuerySet(models.QuerySet["Query"]):
    def visible_to(self, user: User) -> "QueryQuerySet":
        """Everyday ones for the desk; privileged ones for legal and
        editors only. Legal also reads the everyday ones of a claim that
        was shared with it, a reporter those that mention them.
        """
        advising = reached(user, "query.privileged", "claim__")
        seen = reached(user, "query.view", "claim__") & Q(privileged=False)
        seen |= advising & (Q(privileged=True) | Q(claim__shared_with_legal=True))
        if related := desks_where_related(user, "query.view"):
            seen |= self._mentioned(user, related)
        return self.filter(seen)

    @staticmethod
    def _mentioned(user: User, desks: frozenset[int]) -> Q:
        """Those that mention a reporter, on a claim from their own article."""
        mentions = (
            apps.get_model("claims", "QueryMessage")
            ._default_manager.order_by()
            .filter(mentioned=user)
        )
        return Q(
            privileged=False,
            claim__desk__in=desks,
            claim__suggestion__version__article__submitted_by=user,
            pk__in=mentions.values("query"),
        )

    def blocking(self) -> "QueryQuerySet":
        return self.filter(blocking=True, resolved_at__isnull=True)

    def comments(self) -> "QueryQuerySet":
        return self.exclude(part="")

    def open_on(self, verdict: "Verdict") -> "QueryQuerySet":
        """The comments that stop the approval of this version."""
        return self.comments().filter(verdict=verdict, resolved_at__isnull=True)


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user: User) -> "InterestQuerySet":
        """One's own; editors and admins see those of the people of their desks too."""
        colleagues = (
            Membership.objects.current()
            .order_by()
            .filter(desk__in=desks_where(user, "interest.view"))
            .values("user")
        )
        return self.filter(Q(user=user) | Q(user__in=colleagues))

    def current(self) -> "InterestQuerySet":
        return self.filter(ended_date__isnull=True)


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: User) -> "TopicQuerySet":
        return self.filter(desk__in=desks_where(user, "claim.view"))
