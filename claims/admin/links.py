"""A link's page with the claims that cite it: `sources`, which owns it,
must not import claims.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.rechecks.panels import citations_of
from claims.choices import VerdictState
from claims.models import Evidence
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.filters import OfferedFilter
from sources.admin.link import LinkAdmin
from sources.models import Link

# Django registers one screen a model; sources' own has been registered first.
admin.site.unregister(Link)


def cited_in_public(links: QuerySet[Link]) -> QuerySet[Link]:
    """Links that a published verdict cites."""
    cited = Evidence.objects.active().filter(
        link=OuterRef("pk"), claim__verdicts__state=VerdictState.PUBLISHED
    )
    return links.filter(Exists(cited))


class CitedFilter(OfferedFilter):
    title = gettext_lazy("cited")
    parameter_name = "cited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("published", _("by a published verdict"))]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return cited_in_public(queryset)


@admin.register(Link)
class CitedLinkAdmin(LinkAdmin):
    list_filter = [*LinkAdmin.list_filter, CitedFilter]

    def page_context(self, request: HttpRequest, link: Link) -> dict[str, Any]:
        return {
            **super().page_context(request, link),
            "citations": citations_of(link, person(request)),
        }
