"""What the newsroom itself says on its pages for readers: one series of
versions for each page and language.
"""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import SitePage
from claims.models.text_version import TextVersion, has_text, not_backdated
from claims.querysets.text_versions import TextVersionQuerySet


class SiteText(TextVersion):
    page = models.CharField(gettext_lazy("page"), max_length=24, choices=SitePage.choices)
    # One of those that the site is shown in.
    language = models.CharField(gettext_lazy("language"), max_length=8)

    objects = TextVersionQuerySet["SiteText"].as_manager()

    class Meta:
        ordering = ["page", "language", "-number"]
        verbose_name = gettext_lazy("text for readers")
        verbose_name_plural = gettext_lazy("texts for readers")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language", "number"], name="sitetext_one_of_each_number"
            ),
            has_text("sitetext_has_text", gettext_lazy("Write what readers are to see.")),
            not_backdated(
                "sitetext_not_backdated", gettext_lazy("A text for readers cannot be backdated.")
            ),
        ]

    def __str__(self) -> str:
        return _("%(page)s (%(language)s), version %(number)s") % {
            "page": self.get_page_display(),
            "language": self.language,
            "number": self.number,
        }
