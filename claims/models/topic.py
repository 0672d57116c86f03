"""Topics of claims, chosen by each desk. The yearly report counts by topic."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.querysets.desk import TopicQuerySet
from factcheck.newsroom.models import Desk, User


class Topic(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="topics")
    name = models.CharField(max_length=80)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="topic_once",
                fields=["desk", "name"],
                violation_error_message=_("The desk already has this topic."),
            ),
            models.CheckConstraint(
                name="topic_has_name",
                condition=~Q(name=""),
                violation_error_message=_("Enter a name for the topic."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset()
