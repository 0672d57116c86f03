"""The product's own site, and beside it three addresses that the
measurements need: a large answer, a view that takes its time, and one
that says what it was sent.
"""

import json
import time
from collections.abc import Callable, Iterable
from typing import Any

from factcheck.wsgi import application as site

Start = Callable[..., Any]


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    name, _, detail = str(environ.get("PATH_INFO", "")).removeprefix("/measured/").partition("/")
    answer = {"large": _large, "wait": _wait, "echo": _echo}.get(name)
    if answer is None:
        return site(environ, start_response)
    body = answer(environ, detail)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body[at : at + 65536] for at in range(0, len(body), 65536)]


def _large(environ: dict[str, Any], detail: str) -> bytes:
    return b"x" * (int(detail or 12) * 2**20)


def _wait(environ: dict[str, Any], detail: str) -> bytes:
    time.sleep(float(detail))
    return b"waited"


def _echo(environ: dict[str, Any], detail: str) -> bytes:
    """A WSGI application may read as far as CONTENT_LENGTH says, or to
    the end where the server says that there is one.
    """
    ends = environ.get("wsgi.input_terminated")
    body = environ["wsgi.input"].read(-1 if ends else int(environ.get("CONTENT_LENGTH") or 0))
    kept = {
        name: value
        for name, value in environ.items()
        if isinstance(value, str)
        and name.startswith(("HTTP_X_FORW", "REMOTE_", "wsgi.url", "CONTENT_L"))
    }
    return json.dumps(kept | {"read": len(body), "scheme": environ["wsgi.url_scheme"]}).encode()
