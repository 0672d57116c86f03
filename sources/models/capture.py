"""What a source said when we looked. A capture is never overwritten: another look is another row."""

import uuid

from django.db import models

from factcheck.newsroom.models import Desk
from sources.querysets import CaptureQuerySet
from sources.quotes import find_quote


class Capture(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="captures")
    url = models.CharField(max_length=2000)
    final_url = models.CharField(max_length=4000)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    page_text = models.TextField(blank=True, help_text="Every word of the page, where that is more than its text.")
    text_sha256 = models.CharField(max_length=64)
    body_sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=200, blank=True)
    captured_at = models.DateTimeField()

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["-captured_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="capture_content_once", fields=["desk", "url", "text_sha256"],
                violation_error_message="This text of this page is already kept.",
            ),
            models.CheckConstraint(
                name="capture_has_text", condition=~models.Q(text=""),
                violation_error_message="A capture holds the text of the page.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title or self.url}, {self.captured_at:%-d %B %Y}"

    def text_holding(self, quote: str) -> str:
        """The text in which the quote stands: the article's, or else every word of the page; the article's if in neither."""
        if quote and not find_quote(quote, self.text) and find_quote(quote, self.page_text):
            return self.page_text
        return self.text
