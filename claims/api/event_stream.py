"""Server-sent events: what happens, as it happens.

Each stream holds one of the few threads of its process. So few are
taken, the others are told when to come back, and each ends after a
while. Who follows connects again with the last cursor and misses
nothing; with it, they are asked anew who they are.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from claims.exchange import event_content, event_pages
from claims.exchange.event_pages import CursorExpiredError, EventPage
from claims.models import Event
from claims.querysets.events import EventQuerySet
from factcheck.drf.errors import Problem

MEDIA_TYPE = "text/event-stream"
RETRY_MILLISECONDS = 2000
_LOOK_SECONDS, _BEAT_SECONDS, _PAGE = 1.0, 5.0, 100
_running = threading.Lock()
_streams: set[int] = set()


class BusyError(Problem):
    wait = 10


class EventStream:
    """The body of an answer. Whoever serves it calls `close`, also where
    nothing of it was sent.
    """

    def __init__(self, first: EventPage, rows: Callable[[], EventQuerySet]) -> None:
        with _running:
            if len(_streams) >= settings.EVENT_STREAMS:
                raise BusyError(
                    503,
                    _(
                        "All streams of this server are taken. Come back after the seconds in"
                        " Retry-After, or ask for JSON with the same cursor."
                    ),
                )
            _streams.add(id(self))
        self._page, self._rows = first, rows
        self._ends = time.monotonic() + settings.EVENT_STREAM_SECONDS

    def close(self) -> None:
        with _running:
            _streams.discard(id(self))

    def __iter__(self) -> Iterator[bytes]:
        yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
        yield from self._written()
        beat = time.monotonic()
        while (now := time.monotonic()) < self._ends:
            if not self._page.more:
                time.sleep(min(_LOOK_SECONDS, max(self._ends - now, 0)))
            if not self._look():
                return
            yield from self._written()
            if self._page.events or time.monotonic() - beat >= _BEAT_SECONDS:
                beat = time.monotonic()
                # A new place without an event: a quiet reader's cursor does not grow
                # old. It also finds out who has gone.
                yield f": still here\nid: {self._page.cursor}\n\n".encode()

    def _look(self) -> bool:
        """False where the place is lost: who asks again is told so."""
        place = event_pages.place_of(self._page.cursor)
        try:
            self._page = event_pages.read_after(place, self._rows(), size=_PAGE)
        except CursorExpiredError:
            return False
        return True

    def _written(self) -> Iterator[bytes]:
        for event in self._page.events:
            cursor = event_pages.cursor_at(event.position or 0)
            yield f"id: {cursor}\nevent: {event.type}\ndata: {_data(event)}\n\n".encode()


def _data(event: Event) -> str:
    # One line: JSON writes line ends within texts as \n.
    return json.dumps({"id": str(event.public_id), **event_content.message(event)})


def response(first: EventPage, rows: Callable[[], EventQuerySet]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(EventStream(first, rows), content_type=MEDIA_TYPE)
    # For nginx, which would collect it.
    answer["X-Accel-Buffering"] = "no"
    return answer
