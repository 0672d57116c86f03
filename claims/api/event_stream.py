"""Events as server-sent events, for who follows them as they happen."""

import json
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import StreamingHttpResponse

from claims.exchange import event_content, event_pages
from claims.exchange.event_pages import CursorExpiredError, EventPage
from claims.models import Event
from claims.querysets.events import EventQuerySet
from factcheck.drf.server_sent import BEAT_SECONDS, BEGINNING, ServerSent, answer

_LOOK_SECONDS, _PAGE = 1.0, 100


class EventStream(ServerSent):
    def __init__(self, first: EventPage, rows: Callable[[], EventQuerySet]) -> None:
        super().__init__("events", most=settings.EVENT_STREAMS)
        self._page, self._rows = first, rows

    def __iter__(self) -> Iterator[bytes]:
        yield BEGINNING
        yield from self._written()
        beat = time.monotonic()
        while (now := time.monotonic()) < self.ends:
            if not self._page.more:
                time.sleep(min(_LOOK_SECONDS, max(self.ends - now, 0)))
            if not self._look():
                return
            yield from self._written()
            if self._page.events or time.monotonic() - beat >= BEAT_SECONDS:
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
    return answer(EventStream(first, rows))
