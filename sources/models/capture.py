"""What a source said when we looked, sent us or told us. A capture is never overwritten: another
look is another row.
"""

import uuid
from bisect import bisect_right

from django.db import models

from factcheck.newsroom.models import Desk
from sources.choices import CaptureKind
from sources.querysets import CaptureQuerySet
from sources.quotes import find_quote

OFFLINE = "urn:sha256:"  # begins the name of what has no address on the web


class Capture(models.Model):
    """`url` of a file or a note is a name made of its SHA-256; `body_sha256` is of the bytes as
    they came.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="captures")
    kind = models.CharField(
        max_length=8,
        choices=CaptureKind,
        default=CaptureKind.FETCHED,
        db_default=CaptureKind.FETCHED,
    )
    url = models.CharField(max_length=2000)
    final_url = models.CharField(max_length=4000, blank=True)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    page_text = models.TextField(
        blank=True, help_text="Every word of the page, where that is more than its text."
    )
    text_sha256 = models.CharField(max_length=64)
    body_sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_size = models.PositiveIntegerField(default=0, db_default=0)
    pages = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text="Of a PDF: the offsets in the text at which its pages begin.",
    )
    warc_sha256 = models.CharField(
        max_length=64,
        blank=True,
        db_default="",
        help_text="Of the kept record of the fetch (WARC).",
    )
    warc_size = models.PositiveIntegerField(default=0, db_default=0)
    note = models.CharField(
        max_length=300, blank=True, db_default="", help_text="What of it could not be read as text."
    )
    captured_at = models.DateTimeField()

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["-captured_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="capture_content_once",
                fields=["desk", "url", "text_sha256"],
                violation_error_message="This text of this page is already kept.",
            ),
            models.CheckConstraint(
                name="capture_has_text",
                condition=~models.Q(text=""),
                violation_error_message="A capture holds the text of the page.",
            ),
            models.CheckConstraint(
                name="capture_kind_fits",
                condition=models.Q(kind=CaptureKind.FETCHED, file_name="", file_size=0)
                | (
                    models.Q(kind=CaptureKind.UPLOAD, url__startswith=OFFLINE, file_size__gt=0)
                    & ~models.Q(file_name="")
                )
                | models.Q(
                    kind=CaptureKind.NOTE, url__startswith=OFFLINE, file_name="", file_size=0
                ),
                violation_error_message=(
                    "A capture is a fetched page, an uploaded file with its name, or a note."
                ),
            ),
            models.CheckConstraint(
                name="capture_record_of_a_fetch",
                condition=models.Q(warc_sha256="", warc_size=0)
                | (models.Q(kind=CaptureKind.FETCHED, warc_size__gt=0) & ~models.Q(warc_sha256="")),
                violation_error_message=(
                    "Only of a fetched page the record of the fetch is kept, whole."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.url}, {self.captured_at:%-d %B %Y}"

    def page_at(self, offset: int) -> int:
        """The number of the PDF page on which this place of the text stands; 0 where it has no
        pages.
        """
        return bisect_right(self.pages, offset)

    def page_of(self, quote: str) -> int:
        """The PDF page on which the quote begins; 0 where it is not there, or there
        are no pages.
        """
        found = find_quote(quote, self.text) if quote and self.pages else None
        return self.page_at(found.start) if found else 0

    def text_holding(self, quote: str) -> str:
        """The text in which the quote stands: the article's, or else every word of the page; the
        article's if in neither.
        """
        if quote and not find_quote(quote, self.text) and find_quote(quote, self.page_text):
            return self.page_text
        return self.text
