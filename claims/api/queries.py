"""Queries through the API. Privileged ones are there for legal and editors alone; for others they
do not exist.
"""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.claims import IF_MATCH
from claims.api.serializers.queries import MessageIn, ResolveIn, ThreadIn, ThreadOut
from claims.desk import queries
from claims.desk.queries import Question
from claims.models import Claim, Evidence, Thread
from factcheck.drf.auth import caller, of_ones_own, require
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import find, page_shape
from factcheck.newsroom.choices import Scope


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
