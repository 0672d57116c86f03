"""Cited addresses, and what each look at them found."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.badges import ago, badge, upcoming
from factcheck.newsroom.filters import DeskFilter, OfferedFilter
from factcheck.newsroom.permissions import may
from sources.models import OFFLINE, Link
from sources.watching.link_checks import check_now

CHECKS_SHOWN = 50


class DeadFilter(OfferedFilter):
    title = "dead"
    parameter_name = "dead"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "confirmed dead"), ("no", "not confirmed dead")]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(dead_since__isnull=value == "no")


@admin.register(Link)
class LinkAdmin(NewsroomAdmin):
    view_action = "link.view"
    list_display = ["url", "found", "publisher", "desk", "checked", "next_look", "dead"]
    list_filter = [DeskFilter, "state", DeadFilter]
    list_select_related = ["publisher", "desk"]
    search_fields = ["url", "publisher__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Link]:
        return super().get_queryset(request).exclude(url__startswith=OFFLINE)

    @admin.display(description="state", ordering="state")
    def found(self, link: Link) -> SafeString:
        return badge(link.state, link.get_state_display())

    @admin.display(description="last look", ordering="last_checked_at")
    def checked(self, link: Link) -> SafeString:
        return ago(link.last_checked_at)

    @admin.display(description="next look", ordering="next_attempt_at")
    def next_look(self, link: Link) -> SafeString:
        return upcoming(link.next_attempt_at)

    @admin.display(description="dead since", ordering="dead_since")
    def dead(self, link: Link) -> SafeString:
        return ago(link.dead_since)

    def get_urls(self) -> list[URLPattern]:
        check = path(
            "<int:pk>/check/",
            self.admin_site.admin_view(self.check_view),
            name="sources_link_check",
        )
        return [check, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        link = self.seen(request, object_id)
        checks = link.checks.select_related("capture").defer("capture__text")
        context = {
            **self.admin_site.each_context(request),
            "title": link.url,
            "opts": self.opts,
            "link": link,
            "capture": link.latest_capture,
            "checks": checks[:CHECKS_SHOWN],
            "may_check": may(person(request), "link.check", link),
        }
        return TemplateResponse(request, "admin/sources/link/page.html", context)

    @method_decorator(require_POST)
    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        link = self.seen(request, pk)
        if not may(person(request), "link.check", link):
            raise PermissionDenied(
                f"Your role on {link.desk} does not allow you to check its links."
            )
        check_now(link, by=person(request))
        messages.success(
            request,
            "The link will be looked at now. Load this page again in a minute to see the result.",
        )
        return HttpResponseRedirect(reverse("admin:sources_link_change", args=[link.pk]))
