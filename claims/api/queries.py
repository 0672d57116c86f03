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
from claims.api.serializers.queries import MessageIn, QueryIn, QueryOut, ResolveIn
from claims.desk import queries
from claims.desk.queries import Question
from claims.models import Claim, Evidence, Query
from factcheck.drf.auth import caller, is_own_token, require
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.choices import Scope


def _visible(request: Request) -> QuerySet[Query]:
    """Privileged ones only by a token that its owner made."""
    related = ("claim__desk", "evidence", "opened_by", "resolved_by")
    found = (
        Query.objects.visible_to(caller(request))
        .select_related(*related)
        .prefetch_related("messages__by", "messages__mentioned")
    )
    return found if is_own_token(request) else found.exclude(privileged=True)


class ClaimQueries(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("pk",)

    @extend_schema(
        operation_id="list_threads", parameters=[PageQuery], responses=page_shape(QueryOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """The queries on a claim that you may read, oldest first."""
        user = caller(request)
        found = get_or_404(Claim.objects.visible_to(user), claim)
        return self.page_of(_visible(request).filter(claim=found), QueryOut)

    @extend_schema(
        operation_id="open_query", request=QueryIn, responses={201: QueryOut, 200: QueryOut}
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Open a query. The same one again, while it is open, is answered with 200."""
        user, told = caller(request), self.validated(QueryIn)
        found = get_or_404(Claim.objects.visible_to(user), claim)
        if told["privileged"] or told["sign_off"]:
            require(request, Scope.VERDICTS_WRITE)
        if told["evidence"]:
            told["evidence"] = get_or_404(
                Evidence.objects.visible_to(user).filter(claim=found), told["evidence"]
            )
        known = set(found.queries.values_list("pk", flat=True))
        query = queries.open_query(found, by=user, question=Question(**told))
        return _answer(request, query.public_id, status=200 if query.pk in known else 201)


def _answer(request: Request, query: UUID, *, status: int = 200) -> Response:
    return Response(QueryOut(get_or_404(_visible(request), query)).data, status=status)


class OneQuery(ClaimsView):
    @extend_schema(operation_id="read_thread", responses=QueryOut)
    def get(self, request: Request, query: UUID) -> Response:
        return _answer(request, query)


class QueryMessages(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="answer_thread", request=MessageIn, responses=QueryOut)
    def post(self, request: Request, query: UUID) -> Response:
        """Answer a query. Saying one's last words again adds nothing."""
        user, told = caller(request), self.validated(MessageIn)
        queries.post(get_or_404(_visible(request), query), by=user, text=told["text"])
        return _answer(request, query)


class ResolveQuery(ClaimsView):
    scopes = {"POST": ("claims:write", "verdicts:write")}

    @extend_schema(
        operation_id="resolve_thread", request=ResolveIn, responses=QueryOut, parameters=[IF_MATCH]
    )
    def post(self, request: Request, query: UUID) -> Response:
        """Close a query: who opened it, or an editor. A sign-off is legal's, on the version of the
        claim that they read.
        """
        user, told = caller(request), self.validated(ResolveIn)
        found = get_or_404(_visible(request), query)
        version = self.required_version(told) if found.sign_off else None
        queries.resolve(found, by=user, expected_version=version)
        return _answer(request, query)
