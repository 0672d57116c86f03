"""A publisher's page, with the claims that stand on it: sources knows the publisher, and nothing of
claims.
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
            found = (
                claims_citing_publisher(publisher, person(request))
                .select_related("desk")
                .order_by("-pk")
            )
            some = list(found[:SHOWN])
            context |= {
                "used_by": some,
                "used_total": found.count() if len(some) == SHOWN else len(some),
            }
        return super().render_change_form(request, context, *args, **kwargs)
