"""Lists as files in the admin: the address that sends a short one, and
the page that shows how far a long one is.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom import bounded_lists, list_exports
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.jobs.kinds import About, Kind, add_kind
from factcheck.newsroom.list_exports import FilterError
from factcheck.newsroom.list_pages import narrowing
from factcheck.newsroom.models import ListFile
from factcheck.newsroom.permissions import holds_any_role
from factcheck.newsroom.saved_view_admin import list_address

STEPS = {JobState.WAITING, JobState.RUNNING}


@admin.register(ListFile)
class ListFileAdmin(RowPageAdmin):
    """One's own files, and nobody else's."""

    when_empty = gettext_lazy("Take a list as CSV: its file stands here for as long as it is kept.")
    read_only_page = True
    fields = ("screen",)
    list_display = ["name", "state", "rows", "made"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ListFile]:
        rows: QuerySet[ListFile] = super().get_queryset(request)
        return rows.filter(owner=person(request))

    @admin.display(description=gettext_lazy("list"), ordering="screen")
    def name(self, file: ListFile) -> str:
        return str(list_exports.list_of(file.screen).opts.verbose_name_plural)

    @admin.display(description=gettext_lazy("state"), ordering="job_state")
    def state(self, file: ListFile) -> SafeString:
        return badge(file.job_state, file.get_job_state_display())

    @admin.display(description=gettext_lazy("requested"), ordering="made_at")
    def made(self, file: ListFile) -> SafeString:
        return ago(file.made_at)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "newsroom_listfile"
        return [
            path("of/<str:screen>/", wrap(self.of_view), name=f"{name}_of"),
            path("<int:pk>/state/", wrap(self.state_view), name=f"{name}_state"),
            path("<int:pk>/download/", wrap(self.download_view), name=f"{name}_download"),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def of_view(self, request: HttpRequest, screen: str) -> HttpResponseBase:
        """The list as it is filtered in the address: sent at once, or by
        a POST made by a worker.
        """
        if not list_exports.columns_of(screen):
            raise Http404(_("There is no such list."))
        if not list_exports.list_of(screen).has_view_permission(request):
            raise PermissionDenied
        query = narrowing(request.GET)
        back = HttpResponseRedirect(f"{list_address(screen)}?{query or 'view=all'}")
        try:
            rows = list_exports.rows_of(screen, list_exports.as_asked(person(request), query))
            if request.method == "POST":
                file = list_exports.order(screen, query, by=person(request))
                return HttpResponseRedirect(_page(file))
        except FilterError as error:
            messages.error(request, str(error))
            return back
        most = bounded_lists.MOST_COUNTED
        if len(rows.order_by().values("pk")[: most + 1]) > most:
            messages.error(request, _("This list is too long to be sent at once. Have it made."))
            return back
        return _attached(list_exports.lines(screen, rows), screen)

    def row_page(self, request: HttpRequest, row: ListFile) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("List as a file"),
            "opts": self.opts,
            "file": row,
            "list_name": self.name(row),
            "going_on": row.job_state in STEPS,
            "state_url": reverse("admin:newsroom_listfile_state", args=[row.pk]),
            "downloadable": _downloadable(row),
            "back": f"{list_address(row.screen)}?{row.query or 'view=all'}",
        }
        return TemplateResponse(request, "admin/newsroom/listfile/page.html", context)

    @method_decorator(require_safe)
    def state_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far it is, for the script of its page."""
        file = self.visible_row(request, pk)
        shown = {"done": file.rows, "of": file.expected, "going_on": file.job_state in STEPS}
        return JsonResponse(shown)

    @method_decorator(require_safe)
    def download_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        file: ListFile = self.visible_row(request, pk)
        asked = list_exports.as_asked(person(request))
        may = list_exports.list_of(file.screen).has_view_permission(asked)
        if not (may and _downloadable(file)):
            messages.error(request, _("This file is not available. Have the list made again."))
            return HttpResponseRedirect(_page(file))
        return _attached(list_exports.sent_lines(file, person(request)), file.screen)


def _downloadable(file: ListFile) -> bool:
    return file.finished_at is not None and file.expires_at > clock.now()


def _page(file: ListFile) -> str:
    return reverse("admin:newsroom_listfile_change", args=[file.pk])


def _attached(lines: Any, screen: str) -> StreamingHttpResponse:
    name = f"{screen.partition('.')[2]}s-{clock.now():%Y-%m-%d}.csv"
    # Not stored by a proxy: it is for one person.
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _unmade(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s list could not be made as a file",
        "%(count)s lists could not be made as files",
        number,
    ) % {"count": shown}


add_kind(
    80,
    Kind(
        "list_file",
        gettext_lazy("Lists as files"),
        ListFile,
        open_to=holds_any_role,
        rows=lambda user: ListFile.objects.filter(owner=user),
        about=lambda file: About(str(file), _page(file)),
        search=("screen",),
        failed=_unmade,
        remedy=gettext_lazy("Have the list made again, from the list."),
    ),
)
