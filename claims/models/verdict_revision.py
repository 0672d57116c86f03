"""The revisions of a verdict: what its author wrote, as of each save."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import QuoteAccuracy
from claims.models.rating import Rating
from claims.models.recording import AboutRecording
from claims.models.verdict import SHORT_ANSWER_LIMIT, WRITTEN, Verdict
from factcheck.newsroom.models import User


class VerdictRevision(AboutRecording):
    """The text of a verdict as of one save, never changed."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    quote_accuracy = models.CharField(max_length=16, choices=QuoteAccuracy, blank=True)
    short_answer = models.CharField(max_length=SHORT_ANSWER_LIMIT, blank=True)
    explanation = models.TextField(blank=True)
    sole_source = models.BooleanField(default=False)
    as_of_date = models.DateField(null=True, blank=True)
    recheck_date = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["verdict", "number"]
        constraints = [
            models.UniqueConstraint(
                name="verdictrevision_number",
                fields=["verdict", "number"],
                violation_error_message=gettext_lazy(
                    "Somebody else saved first. Reload and try again."
                ),
            )
        ]

    def __str__(self) -> str:
        return _("Revision %(number)s of %(verdict)s") % {
            "number": self.number,
            "verdict": self.verdict,
        }

    @classmethod
    def keep(cls, verdict: Verdict, *, by: User, at: datetime) -> None:
        cls.objects.create(
            verdict=verdict,
            number=verdict.version,
            by=by,
            at=at,
            **{name: getattr(verdict, name) for name in WRITTEN},
        )
