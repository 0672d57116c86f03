"""Texts that come in: one article, its versions, and the fetching of those that came
as an address.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.ledger.due_work import DueWork
from factcheck.newsroom.models import Desk, User
from sources.choices import ArticleKind
from sources.models.publisher import Publisher
from sources.querysets import ArticleQuerySet


class Article(models.Model):
    """A text as a desk works with it: known by its canonical address, or by its content where it
    has none.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="articles")
    kind = models.CharField(max_length=16, choices=ArticleKind, default=ArticleKind.PUBLISHED)
    # NULL where there is none: the address is unique, and many articles have none.
    url = models.CharField("address", max_length=2000, null=True, blank=True)  # noqa: DJ001
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    title = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=200, blank=True)
    published_date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=16, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submitted_articles"
    )
    created_at = models.DateTimeField()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="article_once_by_address",
                fields=["desk", "url"],
                violation_error_message="This desk already has the article at this address.",
            ),
            models.UniqueConstraint(
                name="article_once_by_content",
                fields=["desk", "content_hash"],
                condition=Q(url__isnull=True),
                violation_error_message="This desk already has an article with exactly this text.",
            ),
            models.CheckConstraint(
                name="article_known_by_something",
                condition=Q(url__isnull=False) | ~Q(content_hash=""),
                violation_error_message="An article has an address or a text.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or f"Untitled text of {self.created_at:%-d %B %Y, %H:%M}"

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset({"reader_tip"}) if self.submitted_by_id == user.pk else frozenset()


class ArticleVersion(models.Model):
    """One state of the text: NFC, LF, without NUL and surrogates, never changed. Offsets are its
    code points.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    content_hash = models.CharField(max_length=64)
    url = models.CharField(
        "address",
        max_length=2000,
        blank=True,
        help_text="Of an update that was published at an address of its own.",
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(
                name="articleversion_number",
                fields=["article", "number"],
                violation_error_message="This version number is taken.",
            ),
            models.UniqueConstraint(
                name="articleversion_content_once",
                fields=["article", "content_hash"],
                violation_error_message="The article already has a version with exactly this text.",
            ),
            models.CheckConstraint(
                name="articleversion_has_text",
                condition=~Q(text=""),
                violation_error_message="The text is empty.",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.article}"


class ArticleFetch(DueWork):
    """The work of fetching an article that came as an address."""

    task_name = "sources.fetch_article"

    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="fetch")

    class Meta:
        verbose_name = "article fetch"
        verbose_name_plural = "article fetches"

    def __str__(self) -> str:
        return f"Fetch of {self.article}"
