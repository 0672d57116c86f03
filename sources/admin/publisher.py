"""Who publishes, who owns them, and who said it: small tables that people keep in order."""


from typing import Any

from django.contrib import admin
from django.db.models import URLField
from django.http import HttpRequest

from factcheck.newsroom.screens import NewsroomAdmin
from sources.models import Claimant, Owner, Publisher


class ReferenceAdmin(NewsroomAdmin):
    """Shared by all desks: whoever reads links sees them, checkers and editors keep them."""

    shared = True
    view_action = "link.view"
    add_action = "publisher.edit"
    change_action = "publisher.edit"


@admin.register(Publisher)
class PublisherAdmin(ReferenceAdmin):
    list_display = ["name", "domain", "owner", "kind"]
    list_filter = ["kind"]
    list_select_related = ["owner"]
    search_fields = ["name", "domain", "owner__name"]


@admin.register(Owner)
class OwnerAdmin(ReferenceAdmin):
    search_fields = ["name"]


@admin.register(Claimant)
class ClaimantAdmin(ReferenceAdmin):
    list_display = ["name", "kind", "description"]
    list_filter = ["kind"]
    search_fields = ["name", "description"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"  # Django 5 still guesses http, and warns
        return super().formfield_for_dbfield(db_field, request, **kwargs)
