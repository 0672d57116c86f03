"""Rating scales and their words. A word that a verdict carries is never changed: make a new version
of the scale.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims.models import Rating, RatingScale, Verdict, VerdictRevision
from claims.verdicts import rating_scales
from claims.workflow import WorkflowError
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.models import User


def used(ratings: QuerySet[Rating]) -> QuerySet[Rating]:
    here = OuterRef("pk")
    return ratings.filter(
        Exists(Verdict.objects.filter(rating=here))
        | Exists(VerdictRevision.objects.filter(rating=here))
    )


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
        """Verdicts print the scale's name and version; whether it is offered may change at any
        time.
        """
        return (
            ["name", "version"]
            if obj and used(Rating.objects.filter(scale=obj.pk)).exists()
            else []
        )

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/copy/", wrap(self.copy_view), name="claims_ratingscale_copy"),
            path("<int:pk>/use/", wrap(self.activate_view), name="claims_ratingscale_activate"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(scale: RatingScale, by: User) -> tuple[RatingScale, str]:
            made, new = rating_scales.new_version(scale, by=by)
            said = (
                f"{made} is made. Word its ratings, then put it in use."
                if new
                else f"{made} waits to be put in use already."
            )
            return made, said

        return self._do(request, pk, do)

    @method_decorator(require_POST)
    def activate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._do(
            request,
            pk,
            lambda scale, by: (rating_scales.activate(scale, by=by), f"{scale} is in use."),
        )

    def _do(
        self,
        request: HttpRequest,
        pk: int,
        do: Callable[[RatingScale, User], tuple[RatingScale, str]],
    ) -> HttpResponse:
        scale: Any = self.seen(request, pk)
        try:
            scale, said = do(scale, person(request))
            messages.success(request, said)
        except WorkflowError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:claims_ratingscale_change", args=[scale.pk]))


@admin.register(Rating)
class RatingAdmin(ScreenOfRatings):
    list_display = ["name", "scale", "look", "value", "needs_reply", "definition"]
    list_filter = ["scale"]
    list_select_related = ["scale"]
    search_fields = ["name"]

    @admin.display(description="colour")
    def look(self, rating: Rating) -> SafeString:
        # An attribute of the drawing, not a style: the page allows no inline style.
        swatch = (
            '<svg class="swatch" viewBox="0 0 16 16" aria-hidden="true"><rect width="16"'
            ' height="16" rx="3" fill="{}"/></svg> {}'
        )
        return format_html(swatch, rating.colour, rating.colour)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if obj is not None and used(Rating.objects.filter(pk=obj.pk)).exists():
            return False
        return super().has_change_permission(request, obj)
