"""The texts for readers in the admin: one series for each page and language."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.text_versions import TextVersionAdmin, TextVersionForm
from claims.choices import SitePage
from claims.models import SiteText
from claims.publication.site_texts import publish
from factcheck.newsroom.models import User


class SiteTextForm(TextVersionForm):
    part = "site_text"

    # Chosen before the text is loaded: another choice here would put it elsewhere.
    page = forms.ChoiceField(choices=SitePage.choices, widget=forms.HiddenInput)
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)


@admin.register(SiteText)
class SiteTextAdmin(TextVersionAdmin):
    add_action = "site_text.manage"
    add_refusal = gettext_lazy("Only newsroom admins can publish texts for readers.")
    form_class = SiteTextForm
    list_display = ["name", "in_force_from", "made_by", "made_at"]
    readonly_fields = ["page", "language", "number", "text", "in_force_from", "made_by", "made_at"]

    @admin.display(description=gettext_lazy("version"), ordering="page")
    def name(self, text: SiteText) -> str:
        return str(text)

    def publish(self, *, by: User, **values: Any) -> SiteText:
        return publish(by=by, **values)

    def series(self, request: HttpRequest) -> dict[str, str]:
        asked = request.POST if request.method == "POST" else request.GET
        page, language = asked.get("page", ""), asked.get("language", "")
        return {
            "page": page if page in SitePage.values else SitePage.ABOUT.value,
            "language": (
                language if language in dict(settings.LANGUAGES) else settings.SITE_LANGUAGE
            ),
        }

    def more(self, series: dict[str, str]) -> dict[str, Any]:
        names = {
            "page": str(SitePage(series["page"]).label),
            "language": dict(settings.LANGUAGES)[series["language"]],
        }
        return {
            "title": _("Publish a text for readers: %(page)s, %(language)s") % names,
            "choices": [
                {
                    "label": label,
                    "languages": [
                        {
                            "name": name,
                            "query": urlencode({"page": page, "language": code}),
                            "is_chosen": series == {"page": page, "language": code},
                        }
                        for code, name in settings.LANGUAGES
                    ],
                }
                for page, label in SitePage.choices
            ],
        }
