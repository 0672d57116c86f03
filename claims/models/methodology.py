"""The published account of how the newsroom works. A verdict names the
version it was made under.
"""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models.text_version import TextVersion, has_text, not_backdated
from claims.querysets.text_versions import TextVersionQuerySet


class Methodology(TextVersion):
    number = models.PositiveIntegerField(gettext_lazy("version"), unique=True)

    objects = TextVersionQuerySet["Methodology"].as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = gettext_lazy("methodology")
        constraints = [
            has_text("methodology_has_text", gettext_lazy("Describe how the newsroom works.")),
            not_backdated(
                "methodology_not_backdated", gettext_lazy("A methodology cannot be backdated.")
            ),
        ]

    def __str__(self) -> str:
        return _("Methodology, version %(number)s") % {"number": self.number}
