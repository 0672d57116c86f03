"""Captures in the admin, with the web archive files of the fetches they came from."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.newsroom.admin_base import NewsroomAdmin
from factcheck.newsroom.badges import ago
from factcheck.newsroom.filters import Days, DeskFilter, choice_filter
from sources.captures import unchanged_at
from sources.choices import CaptureKind
from sources.downloads import web_archive_of
from sources.filestore import StorageError
from sources.models import Capture


@admin.register(Capture)
class CaptureAdmin(NewsroomAdmin):
    """Read-only: a capture is proof of what a page said at one time."""

    when_empty = gettext_lazy("A page is captured when a claim cites it.")
    view_action = "link.view"
    list_display = ["name", "kind", "url", "desk", "captured"]
    list_filter = [
        DeskFilter,
        choice_filter("kind__exact", "kind", CaptureKind, gettext_lazy("kind")),
        *Days("captured", "captured_at", gettext_lazy("captured")).filters(),
    ]
    list_select_related = ["desk"]
    csv_columns = {
        "title": "title",
        "kind": "kind",
        "address": "url",
        "desk": "desk.name",
        "captured": "captured_at",
        "text SHA-256": "text_sha256",
    }
    search_fields = ["title", "url"]
    fields = [
        "title",
        "kind",
        "url",
        "final_url",
        "file_name",
        "desk",
        "captured_at",
        "content_type",
        "text_sha256",
        "body_sha256",
        "unchanged",
        "record",
        "note",
        "words",
    ]

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def name(self, capture: Capture) -> str:
        return capture.title or capture.url

    @admin.display(description=gettext_lazy("captured"), ordering="captured_at")
    def captured(self, capture: Capture) -> SafeString:
        return ago(capture.captured_at)

    @admin.display(description=gettext_lazy("unchanged since"))
    def unchanged(self, capture: Capture) -> SafeString:
        return ago(unchanged_at(capture))

    @admin.display(description=gettext_lazy("web archive file"))
    def record(self, capture: Capture) -> SafeString:
        if not capture.warc_sha256:
            return SafeString("—")
        address = reverse("admin:sources_capture_warc", args=[capture.pk])
        return format_html(
            '<a href="{}">{}</a> <code>{}</code>', address, _("Download WARC"), capture.warc_sha256
        )

    def get_urls(self) -> list[URLPattern]:
        warc_url = path(
            "<int:pk>/warc/",
            self.admin_site.admin_view(self.warc_view),
            name="sources_capture_warc",
        )
        return [warc_url, *super().get_urls()]

    def warc_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The web archive file as a download, for people who may see the capture."""
        capture = self.visible_row(request, pk)
        try:
            archive_file = web_archive_of(capture)
        except StorageError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:sources_capture_change", args=[capture.pk]))
        if archive_file is None:
            raise Http404(_("No web archive file for this capture."))
        return archive_file

    @admin.display(description=gettext_lazy("text"))
    def words(self, capture: Capture) -> SafeString:
        return format_html('<div class="words" dir="auto">{}</div>', capture.text)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Capture]:
        # The list does not show the texts, which may be megabytes; the page of one
        # capture does. As a file it reads thousands of rows at once.
        rows: QuerySet[Capture] = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.kwargs:
            return rows
        return rows.defer("text", "page_text", "pages")
