"""Live streams over the API: text comes in, sentences with their matches go out."""

import json
from collections.abc import Callable, Iterator
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.events import StreamRenderer
from claims.api.serializers.streams import (
    ChunkIn,
    ChunkOut,
    FollowOut,
    FollowQuery,
    SentenceOut,
    StreamIn,
    StreamOut,
    StreamQuery,
)
from claims.live import decisions, streams
from claims.live.following import Following, sentences_after, with_matches
from claims.live.streams import Begun, Chunk
from claims.models import LiveStream
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem
from factcheck.drf.serializers import EmptyBody, PageQuery, Strict
from factcheck.drf.server_sent import MEDIA_TYPE, answer
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from sources.api.articles import desk_for

_LAST_EVENT_ID = OpenApiParameter(
    "Last-Event-ID",
    int,
    OpenApiParameter.HEADER,
    description="For a stream that goes on, in place of `after`: browsers send it themselves.",
)
_ANSWERS = {
    (200, "application/json"): FollowOut,
    (200, MEDIA_TYPE): OpenApiResponse(
        OpenApiTypes.STR,
        "Server-sent events: `sentence` with a SentenceOut as data, `stream` with a StreamOut; the"
        " id is the change.",
    ),
}
# In one look of a follower.
_MOST = 100


class StreamView(ClaimsView):
    url_field = "source_url"

    def rows(self, request: Request) -> QuerySet[LiveStream]:
        rows = LiveStream.objects.visible_to(caller(request))
        return rows.select_related("desk", "article")

    def stream_of(self, request: Request, key: UUID) -> LiveStream:
        return get_or_404(self.rows(request), key)


class Streams(StreamView):
    scopes = {"GET": ("articles:read",), "POST": ("articles:write",)}
    query: ClassVar[type[Strict]] = StreamQuery

    @extend_schema(
        operation_id="list_streams", parameters=[StreamQuery], responses=page_shape(StreamOut)
    )
    def get(self, request: Request) -> Response:
        """The live streams you may see, newest first."""
        rows, asked = self.rows(request), self.query_params
        if asked.get("desk"):
            rows = rows.filter(desk__public_id=asked["desk"])
        if "live" in asked:
            rows = rows.filter(ended_at__isnull=asked["live"])
        return self.page_of(rows, StreamOut)

    @extend_schema(operation_id="start_stream", request=StreamIn, responses={201: StreamOut})
    def post(self, request: Request) -> Response:
        """Start a stream, then send its text in chunks as it is heard."""
        user, data = caller(request), self.validated(StreamIn)
        desk = desk_for(user, "article.submit", data.pop("desk", None))
        return Response(StreamOut(streams.start(desk, Begun(**data), by=user)).data, status=201)


class OneStream(StreamView):
    scopes = {"GET": ("articles:read",)}

    @extend_schema(operation_id="read_stream", responses=StreamOut)
    def get(self, request: Request, stream: UUID) -> Response:
        """One stream, and the article that it became."""
        return Response(StreamOut(self.stream_of(request, stream)).data)


class StreamChunks(StreamView):
    scopes = {"GET": ("articles:read",), "POST": ("articles:write",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("number",)

    @extend_schema(
        operation_id="list_chunks", parameters=[PageQuery], responses=page_shape(ChunkOut)
    )
    def get(self, request: Request, stream: UUID) -> Response:
        """The text as it came."""
        return self.page_of(self.stream_of(request, stream).chunks.all(), ChunkOut)

    @extend_schema(
        operation_id="send_chunk", request=ChunkIn, responses={202: ChunkOut, 200: ChunkOut}
    )
    def post(self, request: Request, stream: UUID) -> Response:
        """Send the next piece of the text. It is stored and answered at once, and read
        within seconds; one that is there already is answered with 200. The same number
        with other words is a 409.
        """
        sent = Chunk(**self.validated(ChunkIn))
        row = self.stream_of(request, stream)
        chunk, new = streams.add_chunk(row, sent, by=caller(request))
        return Response(ChunkOut(chunk).data, status=202 if new else 200)


class EndStream(StreamView):
    scopes = {"POST": ("articles:write",)}

    @extend_schema(operation_id="end_stream", request=EmptyBody, responses=StreamOut)
    def post(self, request: Request, stream: UUID) -> Response:
        """End it. What waits is read, and the transcript becomes an article. A repeated
        call changes nothing.
        """
        self.validated(EmptyBody)
        row = self.stream_of(request, stream)
        streams.end(row, by=caller(request))
        return Response(StreamOut(self.stream_of(request, stream)).data)


class FollowStream(StreamView):
    scopes = {"GET": ("articles:read",)}
    query: ClassVar[type[Strict]] = FollowQuery
    renderer_classes = [JSONRenderer, StreamRenderer]

    @extend_schema(
        operation_id="follow_stream", parameters=[FollowQuery, _LAST_EVENT_ID], responses=_ANSWERS
    )
    def get(self, request: Request, stream: UUID) -> HttpResponseBase:
        """Sentences in the order in which they were read or decided, with what is known
        of each. Ask for text/event-stream to have them as it happens.
        """
        row, user = self.stream_of(request, stream), caller(request)
        after = self.query_params["after"]
        accepted = getattr(request, "accepted_renderer", None)
        if accepted and accepted.media_type == MEDIA_TYPE:
            last = request.META.get("HTTP_LAST_EVENT_ID", "")
            after = int(last) if last.isascii() and last.isdigit() and len(last) < 10 else after
            rows = self.rows(request).filter(pk=row.pk)

            def write(now: LiveStream, place: int) -> Iterator[bytes]:
                return _events(now, place, user)

            return answer(Following(after, find=rows.all().first, write=write))
        size = self.query_params["page_size"]
        found = sentences_after(row, after, by=user, most=size)
        more = len(found) == size and found[-1].change < row.change_count
        cursor = found[-1].change if more else max(row.change_count, after)
        body = {"cursor": cursor, "more": more, "stream": row, "results": found}
        return Response(FollowOut(body).data)


class SentenceView(StreamView):
    """What people decide of a sentence on the page of the stream."""

    scopes = {"POST": ("claims:write",)}

    def decided(
        self, request: Request, stream: UUID, number: int, decide: Callable[..., object]
    ) -> Response:
        self.validated(EmptyBody)
        user, rows = caller(request), self.stream_of(request, stream).sentences.with_people()
        row = rows.filter(number=number).first()
        if row is None:
            raise Problem(404, _("The stream has no sentence with this number."))
        decide(row, by=user)
        [told] = with_matches([rows.get(pk=row.pk)], by=user)
        return Response(SentenceOut(told).data)


class AcceptSentence(SentenceView):
    @extend_schema(operation_id="accept_sentence", request=EmptyBody, responses=SentenceOut)
    def post(self, request: Request, stream: UUID, number: int) -> Response:
        """Make it a claim, whose id is in the answer; again, it is the same claim."""
        return self.decided(request, stream, number, decisions.accept)


class DismissSentence(SentenceView):
    @extend_schema(operation_id="dismiss_sentence", request=EmptyBody, responses=SentenceOut)
    def post(self, request: Request, stream: UUID, number: int) -> Response:
        """There is nothing to check in it; again changes nothing."""
        return self.decided(request, stream, number, decisions.dismiss)


class ReopenSentence(SentenceView):
    @extend_schema(operation_id="reopen_sentence", request=EmptyBody, responses=SentenceOut)
    def post(self, request: Request, stream: UUID, number: int) -> Response:
        """Take a dismissal back; again changes nothing."""
        return self.decided(request, stream, number, decisions.reopen)


def _events(stream: LiveStream, after: int, by: User) -> Iterator[bytes]:
    while found := sentences_after(stream, after, by=by, most=_MOST):
        for sentence in found:
            yield _event(sentence.change, "sentence", SentenceOut(sentence).data)
        after = found[-1].change
    if stream.ended_at:
        yield _event(stream.change_count, "stream", StreamOut(stream).data)


def _event(number: int, kind: str, data: object) -> bytes:
    # One line: JSON writes line ends within texts as \n.
    return f"id: {number}\nevent: {kind}\ndata: {json.dumps(data)}\n\n".encode()
