"""Server-sent events: what happens, as it happens.

Each stream holds one of the few threads of its process. So few are
taken, the others are told when to come back, and each ends after a
while. Who follows connects again with the last id and misses nothing;
with it, they are asked anew who they are.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from factcheck.drf.errors import Problem

MEDIA_TYPE = "text/event-stream"
BEGINNING = b"retry: 2000\n\n"  # milliseconds
BEAT_SECONDS = 5.0
_running = threading.Lock()
_taken: Counter[str] = Counter()


class BusyError(Problem):
    wait = 10


class ServerSent:
    """The body of an answer, one of at most `most` of its kind. Whoever
    serves it calls `close`, also where nothing of it was sent.
    """

    def __init__(self, kind: str, *, most: int) -> None:
        with _running:
            if _taken[kind] >= most:
                raise BusyError(
                    503,
                    _(
                        "All streams of this server are taken. Come back after the seconds in"
                        " Retry-After, or ask for JSON with the same cursor."
                    ),
                )
            _taken[kind] += 1
        self._kind: str | None = kind
        self.ends = time.monotonic() + settings.EVENT_STREAM_SECONDS

    def __iter__(self) -> Iterator[bytes]:
        raise NotImplementedError

    def close(self) -> None:
        with _running:
            if self._kind is not None:
                _taken[self._kind] -= 1
            self._kind = None


def answer(body: ServerSent) -> StreamingHttpResponse:
    response = StreamingHttpResponse(body, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    # For nginx, which would collect it.
    response["X-Accel-Buffering"] = "no"
    return response
