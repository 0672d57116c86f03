"""The methodology in the admin."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from claims.admin.text_versions import TextVersionAdmin, TextVersionForm
from claims.admin.workbench.forms import TextAreaField
from claims.models import Methodology
from claims.publication.methodology import publish
from factcheck.newsroom.models import User


class MethodologyForm(TextVersionForm):
    part = "methodology"

    text = TextAreaField(
        label=gettext_lazy("Methodology"),
        max_length=100_000,
        rows=24,
        help_text=gettext_lazy(
            "Markdown. Published when it takes effect; verdicts signed from then on refer to it."
        ),
    )


@admin.register(Methodology)
class MethodologyAdmin(TextVersionAdmin):
    add_action = "methodology.manage"
    add_refusal = gettext_lazy("Only newsroom admins can publish the methodology.")
    add_title = gettext_lazy("Publish methodology")
    form_class = MethodologyForm
    list_display = ["name", "in_force_from", "made_by", "made_at"]
    readonly_fields = ["number", "text", "in_force_from", "made_by", "made_at"]

    @admin.display(description=gettext_lazy("version"), ordering="number")
    def name(self, method: Methodology) -> str:
        return str(method)

    def publish(self, *, by: User, **values: Any) -> Methodology:
        return publish(by=by, **values)
