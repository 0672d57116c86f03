"""Events over the API: page by page, or as a stream of server-sent events."""

from typing import Any, ClassVar

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from claims.api import event_stream
from claims.api.base import ClaimsView
from claims.api.serializers.events import EventPageOut, EventQuery
from claims.exchange import event_content, event_pages
from claims.exchange.event_pages import CursorError, CursorExpiredError, EventPage
from claims.models import Event
from claims.querysets.events import EventQuerySet
from factcheck.drf import server_sent
from factcheck.drf.auth import caller
from factcheck.drf.errors import MEDIA_TYPE, Problem, bad_field
from factcheck.drf.serializers import ProblemBody, Strict

_LAST_EVENT_ID = OpenApiParameter(
    "Last-Event-ID",
    str,
    OpenApiParameter.HEADER,
    description="For a stream that goes on, in place of `after`: browsers send it themselves.",
)
_ANSWERS = {
    (410, MEDIA_TYPE): OpenApiResponse(ProblemBody, "The events after this cursor are erased."),
    (200, "application/json"): EventPageOut,
    (200, server_sent.MEDIA_TYPE): OpenApiResponse(
        OpenApiTypes.STR, "Server-sent events: id is the cursor, event the type, data an EventOut."
    ),
}


class StreamRenderer(JSONRenderer):
    """Chosen by Accept; a refusal is problem+json for a stream as well."""

    media_type = server_sent.MEDIA_TYPE
    format = "stream"


class Events(ClaimsView):
    scopes = {"GET": ("events:read",)}
    query: ClassVar[type[Strict]] = EventQuery
    renderer_classes = [JSONRenderer, StreamRenderer]

    @extend_schema(
        operation_id="list_events", parameters=[EventQuery, _LAST_EVENT_ID], responses=_ANSWERS
    )
    def get(self, request: Request) -> HttpResponseBase:
        """What happened, in order, of all that you may see now. Ask with the cursor of
        the last answer; or ask for text/event-stream, and hear of it as it happens.
        """
        streamed = getattr(request, "accepted_renderer", None)
        if streamed and streamed.media_type == server_sent.MEDIA_TYPE:
            last = request.META.get("HTTP_LAST_EVENT_ID", "")
            page = self._page(last or self.query_params["after"])
            return event_stream.response(page, self._rows)
        page = self._page(self.query_params["after"])
        here, results = request.build_absolute_uri(), [listed(event) for event in page.events]
        following = replace_query_param(here, "after", page.cursor) if page.more else None
        body = {"next": following, "cursor": page.cursor, "results": results}
        response = Response(EventPageOut(body).data)
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        return response

    def _page(self, cursor: str) -> EventPage:
        try:
            place = event_pages.place_of(cursor)
            return event_pages.read_after(place, self._rows(), size=self.query_params["page_size"])
        except CursorError:
            raise bad_field(
                "after",
                _(
                    "This is no cursor of events. Send the last one you had unchanged, latest for"
                    " what happens from now on, or none to begin with the oldest."
                ),
            ) from None
        except CursorExpiredError:
            raise Problem(
                410,
                _(
                    "Events after this cursor are erased. Read the claims and verdicts you follow"
                    " anew, and go on with the cursor of GET events/?after=latest."
                ),
            ) from None

    def _rows(self) -> EventQuerySet:
        """Asked anew at each look: what the caller may see can change."""
        rows = Event.objects.visible_to(caller(self.request))
        if kind := self.query_params.get("type"):
            rows = rows.filter(type=kind)
        if desk := self.query_params.get("desk"):
            rows = rows.filter(desk__public_id=desk)
        return rows


def listed(event: Event) -> dict[str, Any]:
    return {"id": str(event.public_id), **event_content.message(event)}
