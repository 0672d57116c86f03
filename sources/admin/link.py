"""Links in the admin: the list, and the page of one with its link checks."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import ago, badge, upcoming
from factcheck.newsroom.filters import (
    Days,
    DeskFilter,
    OfferedFilter,
    choice_filter,
    contains_filter,
)
from factcheck.newsroom.permissions import may
from sources.choices import LinkState
from sources.models import OFFLINE, Link
from sources.watching.link_checks import check_now

CHECKS_SHOWN = 50


class DeadFilter(OfferedFilter):
    title = gettext_lazy("dead")
    parameter_name = "dead"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("confirmed dead")), ("no", _("not confirmed dead"))]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(dead_since__isnull=value == "no")


@admin.register(Link)
class LinkAdmin(RowPageAdmin):
    when_empty = gettext_lazy("Links come with the evidence of a claim, and with articles.")
    view_action = "link.view"
    list_display = ["url", "link_state", "publisher", "desk", "checked", "next_check", "dead"]
    list_filter = [
        DeskFilter,
        choice_filter("state__exact", "state", LinkState, gettext_lazy("state")),
        DeadFilter,
        contains_filter(
            "publisher", gettext_lazy("publisher"), "publisher__name", "publisher__domain"
        ),
        *Days("checked", "last_checked_at", gettext_lazy("last check")).filters(),
    ]
    list_select_related = ["publisher", "desk"]
    csv_columns = {
        "id": "public_id",
        "address": "url",
        "state": "state",
        "publisher": "publisher.name",
        "desk": "desk.name",
        "last check": "last_checked_at",
        "dead since": "dead_since",
    }
    search_fields = ["url", "publisher__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Link]:
        # Files and interview notes are links without an address: there is nothing to
        # check or open.
        return super().get_queryset(request).exclude(url__startswith=OFFLINE)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def link_state(self, link: Link) -> SafeString:
        return badge(link.state, link.get_state_display())

    @admin.display(description=gettext_lazy("last check"), ordering="last_checked_at")
    def checked(self, link: Link) -> SafeString:
        return ago(link.last_checked_at)

    @admin.display(description=gettext_lazy("next check"), ordering="next_attempt_at")
    def next_check(self, link: Link) -> SafeString:
        return upcoming(link.next_attempt_at)

    @admin.display(description=gettext_lazy("dead since"), ordering="dead_since")
    def dead(self, link: Link) -> SafeString:
        return ago(link.dead_since)

    def get_urls(self) -> list[URLPattern]:
        check_url = path(
            "<int:pk>/check/",
            self.admin_site.admin_view(self.check_view),
            name="sources_link_check",
        )
        return [check_url, *super().get_urls()]

    def row_page(self, request: HttpRequest, row: Link) -> HttpResponse:
        return TemplateResponse(
            request, "admin/sources/link/page.html", self.page_context(request, row)
        )

    def page_context(self, request: HttpRequest, link: Link) -> dict[str, Any]:
        """What the template shows; an app above may add to it."""
        # Every check may point to another capture; only the newest one's text is shown.
        checks = link.checks.select_related("capture").defer("capture__text")
        return {
            **self.admin_site.each_context(request),
            "title": link.url,
            "opts": self.opts,
            "link": link,
            "capture": link.latest_capture,
            "checks": checks[:CHECKS_SHOWN],
            "may_check": may(person(request), "link.check", link),
        }

    @method_decorator(require_POST)
    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        link = self.visible_row(request, pk)
        if not may(person(request), "link.check", link):
            raise PermissionDenied(
                _("Your role on %(desk)s does not include link checks.") % {"desk": link.desk}
            )
        check_now(link, by=person(request))
        messages.success(
            request,
            _("Check started. Reload this page in a minute."),
        )
        return HttpResponseRedirect(reverse("admin:sources_link_change", args=[link.pk]))
