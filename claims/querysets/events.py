"""Events, by who may know of them."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

from claims.choices import EventType
from claims.querysets.access import reached, seen_by
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import Event  # noqa: F401

# Who sees a claim does not see its evidence, nor its rechecks.
_OF_EVIDENCE = (EventType.SOURCE_CHANGED, EventType.SOURCE_DEAD)
_OF_RECHECKS = (EventType.RECHECK_OPENED, EventType.RECHECK_DECIDED)
# All that these say is on a page for readers.
PUBLIC = (
    EventType.VERDICT_PUBLISHED,
    EventType.VERDICT_CORRECTED,
    EventType.VERDICT_RETRACTED,
    EventType.VERDICT_TRANSLATED,
)


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: User) -> "EventQuerySet":
        """Those about what the person may see now, whatever they could
        see when it happened.
        """
        articles = apps.get_model("sources", "Article")._default_manager.all()
        tips = apps.get_model("claims", "Tip")._default_manager.all()
        narrower = (*_OF_EVIDENCE, *_OF_RECHECKS)
        return self.filter(
            (Q(claim__isnull=False) & ~Q(type__in=narrower) & seen_by(user, "claim__"))
            | (Q(type__in=_OF_EVIDENCE) & reached(user, "evidence.view", "claim__"))
            | Q(
                type__in=_OF_RECHECKS,
                claim__desk__in=desks_where(user, "recheck.view"),
            )
            | Q(article__in=articles.visible_to(user).order_by().values("pk"))
            | Q(tip__in=tips.visible_to(user).order_by().values("pk"))
        )

    def numbered(self) -> "EventQuerySet":
        """In order, those whose place is known."""
        return self.filter(position__isnull=False).order_by("position")

    def unnumbered(self) -> "EventQuerySet":
        return self.filter(position=None).order_by("pk")
