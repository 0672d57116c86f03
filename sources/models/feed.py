"""Feeds that a desk follows: new items become articles."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from factcheck.ledger.due_work import DueWork
from factcheck.newsroom.models import Desk
from sources.choices import FeedItemState
from sources.models.article import Article
from sources.querysets import FollowedFeedQuerySet


class FollowedFeed(DueWork):
    """An RSS or Atom feed of another site, read again and again until somebody ends it.
    Its items are sent in as articles by the person who followed it.
    """

    task_name = "sources.read_feed"
    recurring = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="feeds")
    url = models.CharField(max_length=2048)
    title = models.CharField(max_length=300, blank=True)
    followed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="followed_feeds"
    )
    followed_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="ended_feeds"
    )
    ended_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)

    objects: ClassVar[FollowedFeedQuerySet] = FollowedFeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-followed_at", "-pk"]
        verbose_name = gettext_lazy("followed feed")
        verbose_name_plural = gettext_lazy("followed feeds")
        constraints = [
            models.UniqueConstraint(
                name="feed_followed_once",
                fields=["desk", "url"],
                condition=Q(ended_at__isnull=True),
                violation_error_message=gettext_lazy("The desk follows this feed already."),
            ),
            models.CheckConstraint(
                name="feed_ended_by_a_person",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message=gettext_lazy("A feed is ended by a person, at a time."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class FeedItem(models.Model):
    """An item that a feed had, and what became of it. It is dealt with
    once, however long the feed goes on to list it.
    """

    feed = models.ForeignKey(FollowedFeed, on_delete=models.PROTECT, related_name="items")
    # SHA-256 of its id, or of its address where it has none.
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=2048, blank=True)
    state = models.CharField(max_length=8, choices=FeedItemState)
    # In words, where it was refused.
    reason = models.TextField(blank=True)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, related_name="feed_items"
    )
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("item of a feed")
        verbose_name_plural = gettext_lazy("items of feeds")
        constraints = [
            models.UniqueConstraint(name="feeditem_once", fields=["feed", "key"]),
            models.CheckConstraint(
                name="feeditem_sent_has_article",
                condition=Q(state=FeedItemState.SENT, article__isnull=False)
                | (~Q(state=FeedItemState.SENT) & Q(article__isnull=True)),
                violation_error_message=gettext_lazy("What was sent in is an article."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url
