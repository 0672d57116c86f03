"""What people say of two pictures that resemble each other."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from claims.models.claim import Claim
from sources.models import Picture


class PictureDecision(models.Model):
    """Somebody said on `claim` that the two are the same picture, or
    that they are not. `first` is the one with the lower number.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="picture_decisions")
    first = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="picturedecision_once",
                fields=["claim", "first", "second"],
                violation_error_message=gettext_lazy(
                    "It is decided already whether these pictures are the same."
                ),
            ),
            models.CheckConstraint(
                name="picturedecision_of_two",
                condition=Q(first__lt=F("second")),
                violation_error_message=gettext_lazy("A picture is the same as itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {'=' if self.same else '≠'} {self.second_id}"
