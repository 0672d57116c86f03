"""Live streams, for the people who may read what becomes of them: an article."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from claims.choices import LiveDecision
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where, desks_where_related

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import LiveSentence, LiveStream  # noqa: F401


class LiveStreamQuerySet(models.QuerySet["LiveStream"]):
    def visible_to(self, user: User) -> "LiveStreamQuerySet":
        whole = Q(desk__in=desks_where(user, "article.view"))
        own = Q(desk__in=desks_where_related(user, "article.view"), started_by=user)
        return self.filter(whole | own)


class LiveSentenceQuerySet(models.QuerySet["LiveSentence"]):
    def decided(self) -> "LiveSentenceQuerySet":
        return self.exclude(state=LiveDecision.OPEN)

    def with_people(self) -> "LiveSentenceQuerySet":
        """For a page: with the chunk, whoever decided, and the claim."""
        return self.select_related("chunk", "decided_by", "claim")

    def changed_after(self, change: int) -> "LiveSentenceQuerySet":
        """New ones and those decided since, in the order in which it happened."""
        return self.filter(change__gt=change).order_by("change")
