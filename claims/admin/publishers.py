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
KEYS_READ = 10_000

admin.site.unregister(Publisher)


@admin.register(Publisher)
class CitedPublisherAdmin(PublisherAdmin):
    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        publisher = context.get("original")
        if publisher is not None:
            claims = claims_citing_publisher(publisher, person(request)).order_by("-pk")
            # Their keys once, not one search for the page and the same for the number.
            citing = list(claims.values_list("pk", flat=True)[:KEYS_READ])
            context |= {
                "used_by": claims.model.objects.select_related("desk")
                .filter(pk__in=citing[:SHOWN])
                .order_by("-pk"),
                "used_total": len(citing) if len(citing) < KEYS_READ else claims.count(),
            }
        return super().render_change_form(request, context, *args, **kwargs)
