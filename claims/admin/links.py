"""A link's page with the claims that cite it: `sources`, which owns it, must not import
claims.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.rechecks.panels import citations_of
from factcheck.newsroom.admin_base import person
from sources.admin.link import LinkAdmin
from sources.models import Link

# Django registers one screen a model; sources' own has been registered first.
admin.site.unregister(Link)


@admin.register(Link)
class CitedLinkAdmin(LinkAdmin):
    def page_context(self, request: HttpRequest, link: Link) -> dict[str, Any]:
        return {
            **super().page_context(request, link),
            "citations": citations_of(link, person(request)),
        }
