"""Ratings are data. A used rating is never renamed: a new version of the scale is made, old
verdicts keep theirs.
"""

from django.db import models
from django.db.models import Q

from factcheck.ledger.audited import Audited


class RatingScale(Audited):
    events = {"in_use": "use"}

    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)
    in_use = models.BooleanField(default=True, help_text="Offered for new verdicts.")

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="ratingscale_version",
                fields=["name", "version"],
                violation_error_message="This version exists.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class Rating(Audited):
    """One word of a scale; `value` is its place, or NULL where the word has no place on it
    (“unproven”).
    """

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    name = models.CharField(max_length=60)
    definition = models.CharField(max_length=300)
    colour = models.CharField(max_length=7, help_text="#rrggbb")
    position = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    needs_reply = models.BooleanField(
        default=False,
        help_text=(
            "A named claimant must have been asked before a verdict with this word is signed."
        ),
    )

    class Meta:
        ordering = ["scale", "position"]
        constraints = [
            models.UniqueConstraint(
                name="rating_name_once",
                fields=["scale", "name"],
                violation_error_message="The scale has this word already.",
            ),
            models.UniqueConstraint(
                name="rating_value_once",
                fields=["scale", "value"],
                violation_error_message="One number stands for one word.",
            ),
            models.CheckConstraint(
                name="rating_value_from_one",
                condition=Q(value__isnull=True) | Q(value__gte=1),
                violation_error_message="The lowest value is 1.",
            ),
            models.CheckConstraint(
                name="rating_colour_hex",
                condition=Q(colour__regex=r"^#[0-9a-f]{6}$"),
                violation_error_message="Write the colour as #rrggbb in small letters.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
