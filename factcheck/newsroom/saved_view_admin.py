"""Saved views in the admin: the list of them, and the buttons that keep,
remove and open lists with them.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from factcheck.newsroom import saved_views
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import ago
from factcheck.newsroom.list_exports import list_of
from factcheck.newsroom.list_pages import EVERYTHING, narrowing
from factcheck.newsroom.list_settings import VIEW
from factcheck.newsroom.models import Desk, SavedView
from factcheck.newsroom.permissions import desks_where
from factcheck.newsroom.saved_views import NamedView


def list_address(screen: str) -> str:
    opts = list_of(screen).opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")


@admin.register(SavedView)
class SavedViewAdmin(RowPageAdmin):
    when_empty = gettext_lazy("Filter a list, and save it as a view.")
    read_only_page = True
    # Its row is a list; there is no form.
    fields = ("name",)
    list_display = ["name", "of_list", "shared_with", "owner", "saved"]
    search_fields = ["name"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Whoever works here has lists, and may keep views of them.
        return self.admin_site.has_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedView]:
        rows = saved_views.visible_to(person(request)).order_by("screen", "name", "pk")
        return rows.select_related("owner", "desk")

    @admin.display(description=gettext_lazy("list"), ordering="screen")
    def of_list(self, view: SavedView) -> str:
        return capfirst(str(list_of(view.screen).opts.verbose_name_plural))

    @admin.display(description=gettext_lazy("shared with"), ordering="desk__name")
    def shared_with(self, view: SavedView) -> str:
        return str(view.desk) if view.desk else _("nobody")

    @admin.display(description=gettext_lazy("saved"), ordering="created_at")
    def saved(self, view: SavedView) -> SafeString:
        return ago(view.created_at)

    def row_page(self, request: HttpRequest, row: SavedView) -> HttpResponse:
        # A view has no page of its own: it is a list.
        return HttpResponseRedirect(f"{list_address(row.screen)}?{row.asked}")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "newsroom_savedview"
        return [
            path("save/", wrap(self.save_view), name=f"{name}_save"),
            path("<int:pk>/default/", wrap(self.default_view), name=f"{name}_default"),
            path("<int:pk>/remove/", wrap(self.remove_view), name=f"{name}_remove"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def save_view(self, request: HttpRequest) -> HttpResponse:
        by, sent = person(request), request.POST
        screen = sent.get("screen", "")
        address = list_address(screen)
        if not list_of(screen).has_view_permission(request):
            raise PermissionDenied
        query = narrowing(QueryDict(sent.get("query", "")))
        try:
            named = NamedView(screen, sent.get("name", ""), query, self._desk(request))
            before = saved_views.shared_with(named, by=by)
            view = saved_views.save(named, by=by)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(f"{address}?{query or f'{VIEW}={EVERYTHING}'}")
        if "default" in sent:
            saved_views.open_with(view, screen, by=by)
        messages.success(request, _saved(view, before))
        return HttpResponseRedirect(f"{address}?{view.asked}")

    @staticmethod
    def _desk(request: HttpRequest) -> Desk | None:
        """The desk that was chosen. Another one is refused alike whether
        it exists or not.
        """
        sent = request.POST.get("desk", "")
        if not sent:
            return None
        offered = desks_where(person(request), "saved_view.share")
        desk = next(
            (one for one in Desk.objects.filter(pk__in=offered) if str(one.pk) == sent), None
        )
        if desk is None:
            raise PermissionDenied(_("Choose a desk that you may share views with."))
        return desk

    @method_decorator(require_POST)
    def default_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        view: SavedView = self.visible_row(request, pk)
        on = "off" not in request.POST
        saved_views.open_with(view if on else None, view.screen, by=person(request))
        text = (
            _("This list now opens with “%(name)s”.")
            if on
            else _("This list opens as you left it.")
        )
        messages.success(request, text % {"name": view})
        return HttpResponseRedirect(f"{list_address(view.screen)}?{view.asked}")

    @method_decorator(require_POST)
    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        view: SavedView = self.visible_row(request, pk)
        saved_views.remove(view, by=person(request))
        messages.success(request, _("View removed: %(name)s.") % {"name": view})
        # What it showed stays on.
        return HttpResponseRedirect(f"{list_address(view.screen)}?{view.query}")


def _saved(view: SavedView, before: Desk | None) -> str:
    """Colleagues may open their lists with it, so both ways are said."""
    if view.desk:
        text = _("View saved: %(name)s. It is shared with %(desk)s.")
    elif before:
        text = _("View saved: %(name)s. It is no longer shared with %(desk)s.")
    else:
        text = _("View saved: %(name)s.")
    return text % {"name": view, "desk": view.desk or before}
