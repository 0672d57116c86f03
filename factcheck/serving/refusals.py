"""What the server itself refuses, before any view is asked."""

import json
from http import HTTPStatus

PROBLEM = "application/problem+json"
DETAILS = {
    HTTPStatus.BAD_REQUEST: "The request is not proper HTTP.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large. Send less at once.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "The address is too long. Send less in its query.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "The headers are too large. Send fewer cookies.",
    HTTPStatus.NOT_IMPLEMENTED: "This transfer coding is not known here. Send it chunked.",
}


def answer(code: int, *, target: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    """Status, headers and body. Pages get a sentence; everything else,
    and what has no address that can be read, gets problem+json. What
    was sent is never repeated.
    """
    status = HTTPStatus(code)
    detail = DETAILS.get(status, status.description or status.phrase)
    if target.startswith(b"/") and not target.startswith(b"/api/"):
        kind, body = "text/plain; charset=utf-8", f"{status.phrase}. {detail}\n"
    else:
        kind = PROBLEM
        body = json.dumps(
            {
                "type": "about:blank",
                "title": status.phrase,
                "status": code,
                "detail": detail,
                "errors": [],
            }
        )
    headers = [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return f"{code} {status.phrase}", headers, body.encode()
