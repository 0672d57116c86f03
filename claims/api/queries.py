"""Queries over the API. Privileged ones are visible to legal and editors; for others
they answer
404.
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
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.choices import Scope


def _visible(request: Request) -> QuerySet[Query]:
    """The queries the caller may read; privileged ones only with a token the owner
    made.
    """
    related = ("claim__desk", "evidence", "verdict", "opened_by", "resolved_by")
    rows = (
        Query.objects.visible_to(caller(request))
        .select_related(*related)
        .prefetch_related("messages__by", "messages__mentioned")
    )
    return rows if is_own_token(request) else rows.exclude(privileged=True)


class ClaimQueries(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("pk",)

    @extend_schema(
        operation_id="list_queries", parameters=[PageQuery], responses=page_shape(QueryOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """The queries on a claim that you may read, oldest first."""
        user = caller(request)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        return self.page_of(_visible(request).filter(claim=claim_row), QueryOut)

    @extend_schema(
        operation_id="open_query", request=QueryIn, responses={201: QueryOut, 200: QueryOut}
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Open a query. Repeating one that is still open is answered with 200."""
        user, data = caller(request), self.validated(QueryIn)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        # A token that an admin issued could read the answer for the admin.
        if data["privileged"] or data["sign_off"]:
            require(request, Scope.VERDICTS_WRITE)
        if data["evidence"]:
            data["evidence"] = get_or_404(
                Evidence.objects.visible_to(user).filter(claim=claim_row), data["evidence"]
            )
        query = queries.open_query(claim_row, by=user, question=Question(**data))
        return _answer(request, query.public_id, status=status_of(query))


def _answer(request: Request, query: UUID, *, status: int = 200) -> Response:
    return Response(QueryOut(get_or_404(_visible(request), query)).data, status=status)


class OneQuery(ClaimsView):
    @extend_schema(operation_id="read_query", responses=QueryOut)
    def get(self, request: Request, query: UUID) -> Response:
        return _answer(request, query)


class QueryMessages(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="answer_query", request=MessageIn, responses=QueryOut)
    def post(self, request: Request, query: UUID) -> Response:
        """Reply to a query. Repeating your last message adds nothing."""
        user, data = caller(request), self.validated(MessageIn)
        queries.post(get_or_404(_visible(request), query), by=user, text=data["text"])
        return _answer(request, query)


class ResolveQuery(ClaimsView):
    scopes = {"POST": ("claims:write", "verdicts:write")}

    @extend_schema(
        operation_id="resolve_query", request=ResolveIn, responses=QueryOut, parameters=[IF_MATCH]
    )
    def post(self, request: Request, query: UUID) -> Response:
        """Resolve a query: by whoever opened it, or an editor; a comment by
        the author or assignee, too. A sign-off is resolved
        by legal, on the version of the claim they read.
        """
        user, data = caller(request), self.validated(ResolveIn)
        query_row = get_or_404(_visible(request), query)
        # Legal signs content, not a conversation: an unseen edit must not be signed off
        # with it.
        version = self.required_version(data) if query_row.sign_off else None
        queries.resolve(query_row, by=user, expected_version=version)
        return _answer(request, query)
