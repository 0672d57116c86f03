"""A publisher's page with the claims that cite it. `sources` owns the
page and must not import claims.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from claims.rules.citations import claims_citing_publisher
from factcheck.newsroom.admin_base import person
from sources.admin.publisher import PublisherAdmin
from sources.models import Publisher

SHOWN = 100

admin.site.unregister(Publisher)


@admin.register(Publisher)
class CitedPublisherAdmin(PublisherAdmin):
    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        publisher = context.get("original")
        if publisher is not None:
            claims = (
                claims_citing_publisher(publisher, person(request))
                .select_related("desk")
                .order_by("-pk")
            )
            first = list(claims[:SHOWN])
            # Only a full page may have more behind it: usually the count costs no
            # query.
            context |= {
                "used_by": first,
                "used_total": claims.count() if len(first) == SHOWN else len(first),
            }
        return super().render_change_form(request, context, *args, **kwargs)
