"""The published account of how the newsroom works: in versions, each in
force from a moment on, none ever changed. A verdict names the version
it was made under.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.querysets.verdicts import MethodologyQuerySet


class Methodology(models.Model):
    # The number readers see; the id would have gaps after failed inserts.
    number = models.PositiveIntegerField(gettext_lazy("version"), unique=True)
    text = models.TextField(max_length=100_000)
    in_force_from = models.DateTimeField(gettext_lazy("in force from"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = MethodologyQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = gettext_lazy("methodology")
        constraints = [
            models.CheckConstraint(
                name="methodology_has_text",
                condition=~Q(text=""),
                violation_error_message=gettext_lazy("Describe how the newsroom works."),
            ),
            models.CheckConstraint(
                name="methodology_not_backdated",
                # Backdated, it would claim that old verdicts were made under rules
                # nobody had yet.
                condition=Q(in_force_from__gte=F("made_at")),
                violation_error_message=gettext_lazy("A methodology cannot be backdated."),
            ),
        ]

    def __str__(self) -> str:
        return _("Methodology, version %(number)s") % {"number": self.number}
