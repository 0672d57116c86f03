"""Names the door of a request, so that every audit entry can say how a change came in."""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from factcheck.ledger import change_context

_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class ChangeContextMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        with change_context.through(
            _entry_point_of(request.path), request_id, lambda: getattr(request, "user", None)
        ):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


def _entry_point_of(path: str) -> str:
    if path.startswith("/admin/"):
        return "admin"
    return "api" if path.startswith("/api/") else "public"
