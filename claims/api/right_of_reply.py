"""The right of reply over the API: reply requests and their outcomes."""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.right_of_reply import OutcomeIn, ReplyRequestIn, ReplyRequestOut
from claims.desk import right_of_reply
from claims.desk.right_of_reply import ReplyRequestDetails, ReplyResult
from claims.models import Claim, ReplyRequest
from factcheck.drf.auth import caller
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User


def _visible(user: User) -> QuerySet[ReplyRequest]:
    return ReplyRequest.objects.visible_to(user).select_related("claim__desk", "claimant")


class ClaimReplyRequests(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("evidence:write", "verdicts:write")}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("number",)

    @extend_schema(
        operation_id="list_reply_requests",
        parameters=[PageQuery],
        responses=page_shape(ReplyRequestOut),
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """Every reply request to the claimant, in order."""
        user = caller(request)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        return self.page_of(_visible(user).filter(claim=claim_row), ReplyRequestOut)

    @extend_schema(
        operation_id="request_reply",
        request=ReplyRequestIn,
        responses={201: ReplyRequestOut, 200: ReplyRequestOut},
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Record that the claimant was asked, or why not; a repeat is answered with
        200.
        """
        user, data = caller(request), self.validated(ReplyRequestIn)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        reply_request = right_of_reply.request_reply(
            claim_row, by=user, details=ReplyRequestDetails(**data)
        )
        return Response(ReplyRequestOut(reply_request).data, status=status_of(reply_request))


class OneReplyRequest(ClaimsView):
    @extend_schema(operation_id="read_reply_request", responses=ReplyRequestOut)
    def get(self, request: Request, reply_request: UUID) -> Response:
        return Response(ReplyRequestOut(get_or_404(_visible(caller(request)), reply_request)).data)


class RecordReply(ClaimsView):
    scopes = {"POST": ("evidence:write", "verdicts:write")}

    @extend_schema(
        operation_id="record_reply_outcome", request=OutcomeIn, responses=ReplyRequestOut
    )
    def post(self, request: Request, reply_request: UUID) -> Response:
        """Record the outcome. A reply may still follow an unanswered request; after the
        deadline it is marked late.
        """
        user, data = caller(request), self.validated(OutcomeIn)
        right_of_reply.record_outcome(
            get_or_404(_visible(user), reply_request), by=user, result=ReplyResult(**data)
        )
        return Response(ReplyRequestOut(get_or_404(_visible(user), reply_request)).data)
