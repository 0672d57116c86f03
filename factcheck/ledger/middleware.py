"""Sets the entry point of a request, so that every audit entry says how
the change came in.
"""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from factcheck.ledger import change_context, logs

# The id goes into logs and audit entries: no line breaks, quotes or terminal codes from
# outside.
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class ChangeContextMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        supplied_id = request.headers.get("X-Request-ID", "")
        request_id = supplied_id if _SAFE_ID.fullmatch(supplied_id) else uuid.uuid4().hex
        # A lambda: authentication comes later in the chain, and sets request.user only
        # then.
        with change_context.entry_point(
            _entry_point_of(request.path), request_id, lambda: getattr(request, "user", None)
        ):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        # For the access log of the server, which sees the environment alone.
        request.META["factcheck.path"] = logs.safe_path(request)
        request.META["factcheck.request_id"] = request_id
        return response


def _entry_point_of(path: str) -> str:
    # The pages of accounts belong to the screens of staff; a move that waited for a
    # second factor is done from there.
    if path.startswith(("/admin/", "/accounts/")):
        return "admin"
    return "api" if path.startswith("/api/") else "public"
