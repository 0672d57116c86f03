"""Queries through the API. Privileged ones are there for legal and editors alone; for others they
do not exist.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claims import IF_MATCH
from claims.api.errors import ClaimsView
from claims.desk import queries
from claims.desk.queries import Question
from claims.models import Claim, Evidence, Thread, ThreadMessage
from factcheck.drf.auth import caller, of_ones_own, require
from factcheck.drf.serializers import PageQuery, Strict, Text, Version
from factcheck.drf.views import find, page_shape
from factcheck.newsroom.choices import Scope


class ThreadIn(Strict):
    """About the claim as a whole, a passage of it or of its verdict, or an item of evidence."""

    text = Text(max_length=5000, help_text="@username mentions a colleague who may read it.")
    passage = Text(required=False, default="", allow_blank=True, max_length=2000)
    evidence = serializers.UUIDField(required=False, allow_null=True, default=None)
    blocking = serializers.BooleanField(
        required=False, default=False, help_text="Stops submit, approve and publish."
    )
    privileged = serializers.BooleanField(
        required=False, default=False, help_text="Between editors and legal."
    )
    sign_off = serializers.BooleanField(
        required=False,
        default=False,
        help_text=(
            "Legal must sign the content off, by resolving it, before it is approved. Privileged."
        ),
    )


class MessageIn(Strict):
    text = Text(max_length=5000)


class ResolveIn(Strict):
    """Legal says which version of the claim they sign off; any other query is closed as it is."""

    version = Version(
        required=False,
        help_text=(
            "Of the claim, as read; or send If-Match. To sign off, one of the two must be there."
        ),
    )


class MessageOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()
    text = serializers.CharField()
    mentioned = serializers.SerializerMethodField(help_text="Usernames.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_mentioned(self, message: ThreadMessage) -> list[str]:
        return sorted(person.username for person in message.mentioned.all())


class ThreadOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    claim = serializers.UUIDField(source="claim.public_id")
    evidence = serializers.UUIDField(source="evidence.public_id", allow_null=True)
    passage = serializers.CharField()
    blocking = serializers.BooleanField()
    privileged = serializers.BooleanField()
    sign_off = serializers.BooleanField()
    signed_hash = serializers.CharField(
        help_text="The content_hash that legal signed off; empty until then."
    )
    opened_by = serializers.CharField(source="opened_by.username")
    opened_at = serializers.DateTimeField()
    resolved_by = serializers.CharField(source="resolved_by.username", allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    messages = MessageOut(many=True)


def _visible(request: Request) -> QuerySet[Thread]:
    """Privileged ones only by a token that its owner made."""
    related = ("claim__desk", "evidence", "opened_by", "resolved_by")
    found = (
        Thread.objects.visible_to(caller(request))
        .select_related(*related)
        .prefetch_related("messages__by", "messages__mentioned")
    )
    return found if of_ones_own(request) else found.exclude(privileged=True)


class ClaimThreads(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("pk",)

    @extend_schema(
        operation_id="list_threads", parameters=[PageQuery], responses=page_shape(ThreadOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """The queries on a claim that you may read, oldest first."""
        user = caller(request)
        found = find(Claim.objects.visible_to(user), claim)
        return self.page_of(_visible(request).filter(claim=found), ThreadOut)

    @extend_schema(
        operation_id="open_thread", request=ThreadIn, responses={201: ThreadOut, 200: ThreadOut}
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Open a query. The same one again, while it is open, is answered with 200."""
        user, told = caller(request), self.told(ThreadIn)
        found = find(Claim.objects.visible_to(user), claim)
        if told["privileged"] or told["sign_off"]:
            require(request, Scope.VERDICTS_WRITE)
        if told["evidence"]:
            told["evidence"] = find(
                Evidence.objects.visible_to(user).filter(claim=found), told["evidence"]
            )
        known = set(found.threads.values_list("pk", flat=True))
        thread = queries.open_thread(found, by=user, question=Question(**told))
        return _answer(request, thread.public_id, status=200 if thread.pk in known else 201)


def _answer(request: Request, thread: UUID, *, status: int = 200) -> Response:
    return Response(ThreadOut(find(_visible(request), thread)).data, status=status)


class OneThread(ClaimsView):
    @extend_schema(operation_id="read_thread", responses=ThreadOut)
    def get(self, request: Request, thread: UUID) -> Response:
        return _answer(request, thread)


class ThreadMessages(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="answer_thread", request=MessageIn, responses=ThreadOut)
    def post(self, request: Request, thread: UUID) -> Response:
        """Answer a query. Saying one's last words again adds nothing."""
        user, told = caller(request), self.told(MessageIn)
        queries.post(find(_visible(request), thread), by=user, text=told["text"])
        return _answer(request, thread)


class ResolveThread(ClaimsView):
    scopes = {"POST": ("claims:write", "verdicts:write")}

    @extend_schema(
        operation_id="resolve_thread", request=ResolveIn, responses=ThreadOut, parameters=[IF_MATCH]
    )
    def post(self, request: Request, thread: UUID) -> Response:
        """Close a query: who opened it, or an editor. A sign-off is legal's, on the version of the
        claim that they read.
        """
        user, told = caller(request), self.told(ResolveIn)
        found = find(_visible(request), thread)
        version = self.version_seen(told) if found.sign_off else None
        queries.resolve(found, by=user, expected_version=version)
        return _answer(request, thread)
