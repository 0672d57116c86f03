"""Captures: the stored text of a page, file or interview note at one
time. Never overwritten: a text that differs is another row.
"""

import uuid
from bisect import bisect_right

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.models import Desk
from sources.choices import CaptureKind
from sources.querysets import CaptureQuerySet
from sources.quotes import find_quote

# Prefix of the `url` of a file or note, which has no URL on the web. Made of the
# SHA-256, so that the same file gives the same name.
OFFLINE = "urn:sha256:"


class Capture(models.Model):
    """`text` is what was read out of the page; `body_sha256` is of the
    bytes as they were received, `text_sha256` of the text, so that a
    new advertisement does not look like a changed source.
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
        blank=True,
        help_text=_("All text of the page, if that is more than the article text."),
    )
    # Unique with the URL: a page that did not change makes no new row.
    text_sha256 = models.CharField(max_length=64)
    body_sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_size = models.PositiveIntegerField(default=0, db_default=0)
    pages = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text=_("For a PDF: the offsets in the text at which pages begin."),
    )
    warc_sha256 = models.CharField(
        max_length=64,
        blank=True,
        db_default="",
        help_text=_("SHA-256 of the web archive file (WARC)."),
    )
    warc_size = models.PositiveIntegerField(default=0, db_default=0)
    note = models.CharField(
        max_length=300,
        blank=True,
        db_default="",
        help_text=_("What could not be read as text."),
    )
    captured_at = models.DateTimeField()

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["-captured_at", "-pk"]
        indexes = [
            models.Index(fields=["desk", "-captured_at", "-id"], name="capture_by_desk"),
            # Where a picture stands. Only of files, which are few.
            models.Index(
                fields=["body_sha256"],
                name="capture_of_file",
                condition=models.Q(kind=CaptureKind.UPLOAD),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="capture_content_once",
                fields=["desk", "url", "text_sha256"],
                violation_error_message=_("This text of this page is already captured."),
            ),
            models.CheckConstraint(
                name="capture_has_text",
                condition=~models.Q(text=""),
                violation_error_message=_("A capture needs the text of the page."),
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
                violation_error_message=_(
                    "A capture is a fetched page, an uploaded file with its name, or an interview"
                    " note."
                ),
            ),
            models.CheckConstraint(
                name="capture_record_of_a_fetch",
                condition=models.Q(warc_sha256="", warc_size=0)
                | (models.Q(kind=CaptureKind.FETCHED, warc_size__gt=0) & ~models.Q(warc_sha256="")),
                violation_error_message=_(
                    "Only a fetched page has a web archive file, with its hash and size."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.url}, {date_format(self.captured_at, 'DATE_FORMAT')}"

    def page_at(self, offset: int) -> int:
        """The number of the PDF page at this offset of the text; 0 without pages."""
        return bisect_right(self.pages, offset)

    def page_of(self, quote: str) -> int:
        """The PDF page on which the quote begins; 0 if it is not found,
        or without pages.
        """
        match = find_quote(quote, self.text) if quote and self.pages else None
        return self.page_at(match.start) if match else 0

    def text_holding(self, quote: str) -> str:
        """The text that contains the quote: the article text first,
        then all text of the page; the article text if neither does.
        """
        if quote and not find_quote(quote, self.text) and find_quote(quote, self.page_text):
            return self.page_text
        return self.text
