"""What happened, for programs that follow it."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import EventType
from claims.models.claim import Claim
from claims.models.tip import Tip
from claims.querysets.events import EventQuerySet
from factcheck.newsroom.models import Desk
from sources.models import Article


class Event(models.Model):
    """One thing that happened, written in the transaction in which it
    did. It names rows by their public ids and holds no words of theirs:
    what it is about may be hidden later.

    `position` is its place among all events, and `sequence` its place
    among those of its claim. Both are given after the commit
    (`exchange.event_order`): numbers that a transaction gave itself
    would become visible in another order than they were given in, and a
    reader would pass over the late ones.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    type = models.CharField(max_length=32, choices=EventType)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    data = models.JSONField[dict[str, Any], dict[str, Any]]()
    # What it is about, by which is decided who may know of it.
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, related_name="events")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="+")
    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveBigIntegerField(null=True, unique=True)
    sequence = models.PositiveIntegerField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        indexes = [
            # Each reader and worker asks whether there are any.
            models.Index(fields=["id"], condition=Q(position=None), name="event_without_position"),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_type_known",
                condition=Q(type__in=EventType.values),
                violation_error_message=_("Unknown type of event."),
            ),
            models.CheckConstraint(
                name="event_about_one",
                condition=Q(claim__isnull=False, article=None, tip=None)
                | Q(claim=None, article__isnull=False, tip=None)
                | Q(claim=None, article=None, tip__isnull=False),
                violation_error_message=_("An event is about a claim, an article or a tip."),
            ),
            models.CheckConstraint(
                name="event_sequence_of_claim",
                condition=Q(position=None, sequence=None)
                | Q(claim=None, sequence=None)
                | Q(claim__isnull=False, position__isnull=False, sequence__isnull=False),
                violation_error_message=_("The events of a claim are numbered."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.at:%Y-%m-%d %H:%M:%S}"


class EventCount(models.Model):
    """How many events a claim has had, also those erased since: the
    sequence goes on and does not begin anew.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="event_count")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="eventcount_counts",
                condition=Q(number__gte=1),
                violation_error_message=_("An event counts once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.number}"
