"""The topics of a desk. Editors add and rename them; none is deleted:
claims refer to them.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.models import Topic
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.filters import DeskFilter
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import desks_where, may


@admin.register(Topic)
class TopicAdmin(NewsroomAdmin):
    view_action = "claim.view"
    add_action = change_action = "topic.manage"
    list_display = ["name", "desk", "number_of_claims"]
    list_filter = [DeskFilter]
    list_select_related = ["desk"]
    search_fields = ["name"]
    ordering = ["desk__name", "name"]

    @admin.display(description=_("claims"))
    def number_of_claims(self, topic: Any) -> int:
        return int(topic.number)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(number=Count("claims"))
        return rows

    def get_readonly_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> list[str]:
        # Moved to another desk, a topic would take along claims that the desk may not
        # see.
        return ["desk"] if obj else []

    def has_change_permission(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> bool:
        # The first check asks about any desk; a topic of another desk is still not
        # editable.
        return super().has_change_permission(request, obj) and not (
            isinstance(obj, Topic) and not may(person(request), "topic.manage", obj)
        )

    def formfield_for_foreignkey(
        self,
        db_field: Any,
        request: HttpRequest,
        **kwargs: Any,
    ) -> Any:
        if db_field.name == "desk":
            kwargs["queryset"] = Desk.objects.filter(
                pk__in=desks_where(person(request), "topic.manage")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
