"""What a verdict says of a picture, a video or a sound recording."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Authenticity, MediaKind

MEDIA = ("media_kind", "authenticity", "media_context", "media_original")
MEDIA_CONTEXT_LIMIT = 1000
MEDIA_NOT_WHOLE = _(
    "Choose both what the claim is about and how authentic it is, or leave all four fields of the"
    " recording empty."
)
# Nothing of it, or at least the two that MediaReview needs.
MEDIA_WHOLE = models.CheckConstraint(
    name="verdict_media_whole",
    condition=Q(**dict.fromkeys(MEDIA, ""))
    | Q(media_kind__in=MediaKind.values, authenticity__in=Authenticity.values),
    violation_error_message=MEDIA_NOT_WHOLE,
)


class AboutRecording(models.Model):
    """The fields of a verdict, and of each of its revisions, on a claim
    about a recording; all empty for any other claim.
    """

    media_kind = models.CharField(
        _("media"), max_length=8, choices=MediaKind, blank=True, default="", db_default=""
    )
    authenticity = models.CharField(
        _("authenticity"),
        max_length=24,
        choices=Authenticity,
        blank=True,
        default="",
        db_default="",
    )
    media_context = models.CharField(
        _("what it shows"),
        max_length=MEDIA_CONTEXT_LIMIT,
        blank=True,
        default="",
        db_default="",
    )
    media_original = models.CharField(
        _("original (URL)"), max_length=2000, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True
