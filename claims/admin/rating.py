"""Rating scales and their words. A word that a verdict carries is never changed: make a new version of the scale."""


from django.contrib import admin
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.models import Rating, RatingScale, Verdict, VerdictRevision
from factcheck.newsroom.screens import NewsroomAdmin


def used(ratings: QuerySet[Rating]) -> QuerySet[Rating]:
    here = OuterRef("pk")
    return ratings.filter(Exists(Verdict.objects.filter(rating=here)) | Exists(VerdictRevision.objects.filter(rating=here)))


class ScreenOfRatings(NewsroomAdmin):
    shared = True
    view_action = "evidence.view"
    add_action = "ratings.manage"
    change_action = "ratings.manage"


@admin.register(RatingScale)
class RatingScaleAdmin(ScreenOfRatings):
    list_display = ["name", "version", "in_use"]
    list_filter = ["in_use"]
    search_fields = ["name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Verdicts print the scale's name and version; whether it is offered may change at any time."""
        return ["name", "version"] if obj and used(Rating.objects.filter(scale=obj.pk)).exists() else []


@admin.register(Rating)
class RatingAdmin(ScreenOfRatings):
    list_display = ["name", "scale", "look", "value", "needs_reply", "definition"]
    list_filter = ["scale"]
    list_select_related = ["scale"]
    search_fields = ["name"]

    @admin.display(description="colour")
    def look(self, rating: Rating) -> SafeString:
        # An attribute of the drawing, not a style: the page allows no inline style.
        swatch = '<svg class="swatch" viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="3" fill="{}"/></svg> {}'
        return format_html(swatch, rating.colour, rating.colour)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if obj is not None and used(Rating.objects.filter(pk=obj.pk)).exists():
            return False
        return super().has_change_permission(request, obj)
