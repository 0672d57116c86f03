"""One JSON object a line: events with ids as parameters, never personal
data, and no address that may hold a secret.
"""

import json
import logging
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpRequest

from factcheck.ledger import change_context


class RefusedRequests(logging.Filter):
    """What Django refuses as suspicious, such as a wrong Host or a
    look-up that a list does not offer, at WARNING and without a
    traceback: anybody can send it, and nothing is broken. Stands on a
    handler: a logger's filters do not see its children.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security.") and record.levelno >= logging.ERROR:
            record.levelno, record.levelname = (
                logging.WARNING,
                logging.getLevelName(logging.WARNING),
            )
            record.exc_info = record.exc_text = None
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
            "request_id": change_context.current().request_id,
        }
        entry |= getattr(record, "fields", {})
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def safe_path(request: HttpRequest) -> str:
    """The address as its pattern, with the ids that stand in it. An
    invitation or a reset link holds its secret in the path, and one
    mistyped still most of it: so what is neither a number nor a UUID
    stays out.
    """
    match = request.resolver_match
    if match is None:
        return "/static/" if request.path.startswith("/static/") else "(no such address)"
    ids = {name: value for name, value in match.kwargs.items() if _is_id(value)}
    told = "".join(f" {name}={value}" for name, value in ids.items())
    return f"/{match.route}{told}"


def _is_id(value: object) -> bool:
    return isinstance(value, (int, UUID)) or (
        isinstance(value, str) and value.isascii() and value.isdigit()
    )


def _event(record: logging.LogRecord) -> str:
    """Django names the address of a request that it refused or that failed."""
    message = record.getMessage()
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return message
    addresses = {request.get_full_path(), request.path}
    # Django escapes what it logs.
    addresses |= {one.encode("unicode_escape").decode("ascii") for one in addresses}
    for address in sorted(addresses - {"/"}, key=len, reverse=True):
        message = message.replace(address, safe_path(request))
    return message
