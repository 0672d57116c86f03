"""Articles: the texts that a desk reads for claims, their versions, and
the fetching of those that were submitted as a URL.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.ledger.due_work import DueWork
from factcheck.newsroom.models import Desk, User
from sources.choices import ArticleKind
from sources.models.publisher import Publisher
from sources.querysets import ArticleQuerySet

EXTERNAL_ID_LENGTH = 200


class Article(models.Model):
    """A text that a desk reads for claims, identified by its canonical
    URL, or by its content where it has none.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="articles")
    kind = models.CharField(max_length=16, choices=ArticleKind, default=ArticleKind.PUBLISHED)
    # NULL and not "": the URL is unique on a desk, and many articles have none.
    url = models.CharField(  # noqa: DJ001
        gettext_lazy("URL"), max_length=2000, null=True, blank=True
    )
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    # By which the system that sent it finds it again; empty where that has none.
    external_id = models.CharField(
        gettext_lazy("external ID"),
        max_length=EXTERNAL_ID_LENGTH,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
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
        indexes = [models.Index(fields=["desk", "-created_at", "-id"], name="article_by_desk")]
        constraints = [
            models.UniqueConstraint(
                name="article_once_by_address",
                fields=["desk", "url"],
                violation_error_message=gettext_lazy(
                    "This desk already has the article at this URL."
                ),
            ),
            models.UniqueConstraint(
                name="article_once_by_content",
                fields=["desk", "content_hash"],
                condition=Q(url__isnull=True),
                violation_error_message=gettext_lazy(
                    "This desk already has an article with exactly this text."
                ),
            ),
            models.UniqueConstraint(
                name="article_once_by_external_id",
                fields=["desk", "external_id"],
                condition=~Q(external_id=""),
                violation_error_message=gettext_lazy(
                    "This desk already has an article with this external ID."
                ),
            ),
            models.CheckConstraint(
                name="article_known_by_something",
                condition=Q(url__isnull=False) | ~Q(content_hash=""),
                violation_error_message=gettext_lazy("An article needs a URL or a text."),
            ),
        ]

    def __str__(self) -> str:
        return (
            self.title
            or self.url
            or _("Untitled article of %(time)s")
            % {"time": date_format(self.created_at, "DATETIME_FORMAT")}
        )

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset({"submitter"}) if self.submitted_by_id == user.pk else frozenset()


class ArticleVersion(models.Model):
    """The text at one time, never changed: NFC, LF line ends, no NUL
    and no surrogates, because PostgreSQL and UTF-8 refuse those and
    normalising later would shift the offsets of suggestions. Offsets
    count code points.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    content_hash = models.CharField(max_length=64)
    url = models.CharField(
        gettext_lazy("URL"),
        max_length=2000,
        blank=True,
        help_text=gettext_lazy("If the update was published at a URL of its own."),
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(
                name="articleversion_number",
                fields=["article", "number"],
                violation_error_message=gettext_lazy(
                    "Somebody else added a version first. Try again."
                ),
            ),
            models.UniqueConstraint(
                name="articleversion_content_once",
                fields=["article", "content_hash"],
                violation_error_message=gettext_lazy(
                    "The article already has a version with exactly this text."
                ),
            ),
            models.CheckConstraint(
                name="articleversion_has_text",
                condition=~Q(text=""),
                violation_error_message=gettext_lazy("The text is empty."),
            ),
        ]

    def __str__(self) -> str:
        return _("Version %(number)s of %(article)s") % {
            "number": self.number,
            "article": self.article,
        }


class ArticleFetch(DueWork):
    """The work of fetching an article that was submitted as a URL."""

    task_name = "sources.fetch_article"

    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="fetch")

    class Meta:
        verbose_name = gettext_lazy("article fetch")
        verbose_name_plural = gettext_lazy("article fetches")

    def __str__(self) -> str:
        return _("Fetch of %(article)s") % {"article": self.article}
