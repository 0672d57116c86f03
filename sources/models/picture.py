"""Pictures: what was read of an uploaded one, and the hashes by which
copies of it are found.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.choices import PictureProblem, PictureView


class Picture(models.Model):
    """The bytes of this SHA-256, whichever desk has them: who may be
    shown it follows from the captures that have them.

    `preview_sha256` is a small JPEG in the file store, drawn anew;
    `details` are what the camera or a program wrote into the file,
    which may be forged.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    problem = models.CharField(max_length=12, choices=PictureProblem, blank=True)
    format = models.CharField(max_length=8, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    frames = models.PositiveIntegerField(default=0)
    details = models.JSONField(default=dict, blank=True)
    preview_sha256 = models.CharField(max_length=64, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="picture_read_or_why_not",
                condition=models.Q(problem="", width__gt=0, height__gt=0, frames__gt=0)
                | (~models.Q(problem="") & models.Q(width=0, height=0, frames=0)),
                violation_error_message=_("A picture was read, or it says why not."),
            )
        ]

    def __str__(self) -> str:
        return _("Picture %(number)s") % {"number": self.sha256[:12]}


class PictureHash(models.Model):
    """64 bits of a view of a picture, in three parts with an index
    each: of two hashes that differ in eight bits, one part differs in
    two at most, and all numbers two bits away can be looked up.
    """

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="hashes")
    view = models.CharField(max_length=12, choices=PictureView)
    high = models.BigIntegerField()
    middle = models.BigIntegerField()
    low = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=[name], name=f"picturehash_{name}")
            for name in ("high", "middle", "low")
        ]
        constraints = [models.UniqueConstraint(name="picturehash_once", fields=["picture", "view"])]

    def __str__(self) -> str:
        return f"{self.picture_id}, {self.view}"


class SimilarPictures(models.Model):
    """Two pictures of which one may be a copy of the other: by how many
    of 64 bits their nearest views differ. `first` was stored first.
    """

    first = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    distance = models.PositiveSmallIntegerField()
    mirrored = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="similarpictures_once", fields=["first", "second"]),
            models.CheckConstraint(
                name="similarpictures_of_two",
                condition=models.Q(first__lt=models.F("second")),
                violation_error_message=_("A picture is the same as itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
