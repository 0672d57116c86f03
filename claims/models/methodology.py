"""How the newsroom works, as readers are told: in versions, each in force from a moment on, none
ever changed.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.querysets import MethodologyQuerySet


class Methodology(models.Model):
    number = models.PositiveIntegerField("version", unique=True)
    text = models.TextField(max_length=100_000)
    in_force_from = models.DateTimeField("in force from")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = MethodologyQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "methodology"
        constraints = [
            models.CheckConstraint(
                name="methodology_has_text",
                condition=~Q(text=""),
                violation_error_message="Write how the newsroom works.",
            ),
            models.CheckConstraint(
                name="methodology_not_backdated",
                condition=Q(in_force_from__gte=F("made_at")),
                violation_error_message=(
                    "A methodology is in force from its publication on, or from later."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Methodology, version {self.number}"
