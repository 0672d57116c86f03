"""The copies we keep, with the records of the fetches they came from."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from factcheck.newsroom.admin_base import NewsroomAdmin
from factcheck.newsroom.badges import ago
from factcheck.newsroom.filters import DeskFilter
from sources.captures import unchanged_at
from sources.downloads import web_archive_of
from sources.filestore import StorageError
from sources.models import Capture


@admin.register(Capture)
class CaptureAdmin(NewsroomAdmin):
    """The copies as they were taken: nobody writes in them."""

    view_action = "link.view"
    list_display = ["name", "kind", "url", "desk", "taken"]
    list_filter = [DeskFilter, "kind"]
    list_select_related = ["desk"]
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

    @admin.display(description="title", ordering="title")
    def name(self, capture: Capture) -> str:
        return capture.title or capture.url

    @admin.display(description="taken", ordering="captured_at")
    def taken(self, capture: Capture) -> SafeString:
        return ago(capture.captured_at)

    @admin.display(description="seen unchanged")
    def unchanged(self, capture: Capture) -> SafeString:
        return ago(unchanged_at(capture))

    @admin.display(description="record of the fetch")
    def record(self, capture: Capture) -> SafeString:
        if not capture.warc_sha256:
            return SafeString("—")
        address = reverse("admin:sources_capture_warc", args=[capture.pk])
        return format_html(
            '<a href="{}">Save it (WARC)</a> <code>{}</code>', address, capture.warc_sha256
        )

    def get_urls(self) -> list[URLPattern]:
        record = path(
            "<int:pk>/warc/",
            self.admin_site.admin_view(self.warc_view),
            name="sources_capture_warc",
        )
        return [record, *super().get_urls()]

    def warc_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """As bytes to be saved, to whoever may see the copy."""
        capture = self.seen(request, pk)
        try:
            found = web_archive_of(capture)
        except StorageError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:sources_capture_change", args=[capture.pk]))
        if found is None:
            raise Http404("No record of a fetch is kept with this copy.")
        return found

    @admin.display(description="text")
    def words(self, capture: Capture) -> SafeString:
        return format_html('<div class="words" dir="auto">{}</div>', capture.text)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Capture]:
        rows: QuerySet[Capture] = super().get_queryset(request)
        return (
            rows if request.resolver_match and request.resolver_match.kwargs else rows.defer("text")
        )
