"""Rating scales and ratings in the admin. A rating that a verdict
carries is never changed: make a new version of its scale instead.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.models import Rating, RatingScale
from claims.verdicts import rating_scales
from claims.verdicts.rating_scales import used
from claims.workflow import WorkflowError
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.models import User


class RatingsAdmin(NewsroomAdmin):
    shared = True
    view_action = "evidence.view"
    add_action = "ratings.manage"
    change_action = "ratings.manage"


@admin.register(RatingScale)
class RatingScaleAdmin(RatingsAdmin):
    list_display = ["name", "version", "in_use"]
    list_filter = ["in_use"]
    search_fields = ["name"]

    def get_readonly_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> list[str]:
        """Verdicts show the scale's name and version; whether it is
        active may change any time.
        """
        kept = isinstance(obj, RatingScale) and rating_scales.in_verdicts(obj)
        return ["name", "version"] if kept else []

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
            version, new = rating_scales.new_version(scale, by=by)
            # One inactive copy at a time: pressing twice leads to the same one.
            message = (
                _("%(scale)s created. Edit its ratings, then activate it.")
                if new
                else _("%(scale)s already exists and is not active yet.")
            )
            return version, message % {"scale": version}

        return self._change(request, pk, do)

    @method_decorator(require_POST)
    def activate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(scale: RatingScale, by: User) -> tuple[RatingScale, str]:
            message = _("%(scale)s activated.") % {"scale": scale}
            return rating_scales.activate(scale, by=by), message

        return self._change(request, pk, do)

    def _change(
        self,
        request: HttpRequest,
        pk: int,
        do: Callable[[RatingScale, User], tuple[RatingScale, str]],
    ) -> HttpResponse:
        scale: Any = self.visible_row(request, pk)
        try:
            scale, message = do(scale, person(request))
            messages.success(request, message)
        except WorkflowError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:claims_ratingscale_change", args=[scale.pk]))


@admin.register(Rating)
class RatingAdmin(RatingsAdmin):
    list_display = ["name", "scale", "colour_swatch", "value", "needs_reply", "definition"]
    list_filter = ["scale"]
    list_select_related = ["scale"]
    search_fields = ["name"]

    @admin.display(description=gettext_lazy("colour"))
    def colour_swatch(self, rating: Rating) -> SafeString:
        # An SVG attribute: the content security policy allows no inline styles.
        swatch = (
            '<svg class="swatch" viewBox="0 0 16 16" aria-hidden="true"><rect width="16"'
            ' height="16" rx="3" fill="{}"/></svg> {}'
        )
        return format_html(swatch, rating.colour, rating.colour)

    def get_readonly_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> list[str]:
        kept = isinstance(obj, Rating) and rating_scales.in_verdicts(obj.scale)
        return ["scale", "value"] if kept else []

    def formfield_for_foreignkey(
        self,
        db_field: Any,
        request: HttpRequest,
        **kwargs: Any,
    ) -> Any:
        if db_field.name == "scale":
            # What is signed with a scale holds its best and worst value: a rating more
            # would change the content of claims in work, on every desk.
            in_use = used(Rating.objects.all()).values("scale")
            kwargs["queryset"] = RatingScale.objects.exclude(pk__in=in_use)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> bool:
        # The database refuses it as well; without this the form would end in an error.
        if obj is not None and used(Rating.objects.filter(pk=obj.pk)).exists():
            return False
        return super().has_change_permission(request, obj)
