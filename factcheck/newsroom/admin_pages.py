"""Admin screens whose pages are the project's own instead of Django's stock forms."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.functional import Promise

from factcheck.newsroom.admin_base import NewsroomAdmin


class AddPageAdmin(NewsroomAdmin):
    """A screen with an add page of its own. `add_refusal` tells those
    who may not add why.
    """

    add_refusal: ClassVar[str | Promise] = ""

    def add_page(self, request: HttpRequest) -> HttpResponse:
        """The page, and the answer to its form. Permission to add has been checked."""
        raise NotImplementedError

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied(self.add_refusal)
        return self.add_page(request)


class RowPageAdmin(NewsroomAdmin):
    """A screen with a page of its own for one row. `read_only_page`
    refuses a POST to it: its buttons have addresses of their own.
    """

    read_only_page: ClassVar[bool] = False

    def row_page(self, request: HttpRequest, row: Any) -> HttpResponse:
        """The page of a row that this person may see."""
        raise NotImplementedError

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        # Visibility comes first: a 405 for a hidden row would tell that it exists.
        row = self.visible_row(request, object_id)
        if self.read_only_page and request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET"])
        return self.row_page(request, row)
