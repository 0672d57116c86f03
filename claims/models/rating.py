"""Rating scales are data. A used rating is never renamed: a new version
of the scale is made, and old verdicts keep theirs.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.audited import Audited


class RatingScale(Audited):
    unaudited = {"public_id": "a random name that never changes"}
    logged_by_key = True
    events = {"in_use": "use"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)
    in_use = models.BooleanField(default=True, help_text=_("Offer this scale for new verdicts."))

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="ratingscale_version",
                fields=["name", "version"],
                violation_error_message=_(
                    "The scale already has this version. Choose another number."
                ),
            )
        ]

    def __str__(self) -> str:
        # Not translated: the audit log stores this text.
        return f"{self.name}, version {self.version}"


class Rating(Audited):
    """One rating of a scale. `value` is its place on the scale, NULL
    for one that has none, such as “unproven”: ClaimReview then carries
    the name without numbers.
    """

    unaudited = {"public_id": "a random name that never changes"}
    logged_by_key = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    name = models.CharField(max_length=60)
    definition = models.CharField(max_length=300)
    # Checked to be a plain hex value, because it is written into a style sheet.
    colour = models.CharField(max_length=7, help_text=_("#rrggbb"))
    position = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    needs_reply = models.BooleanField(
        default=False,
        help_text=_("Require a reply request to a named claimant before this rating is signed."),
    )

    class Meta:
        ordering = ["scale", "position"]
        constraints = [
            models.UniqueConstraint(
                name="rating_name_once",
                fields=["scale", "name"],
                violation_error_message=_("The scale already has this rating."),
            ),
            models.UniqueConstraint(
                name="rating_value_once",
                fields=["scale", "value"],
                violation_error_message=_("Another rating of this scale has this value."),
            ),
            models.CheckConstraint(
                name="rating_value_from_one",
                condition=Q(value__isnull=True) | Q(value__gte=1),
                violation_error_message=_("The lowest value is 1."),
            ),
            models.CheckConstraint(
                name="rating_colour_hex",
                condition=Q(colour__regex=r"^#[0-9a-f]{6}$"),
                violation_error_message=_("Write the colour as #rrggbb in lowercase."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
