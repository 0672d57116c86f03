"""Repetitions that a machine proposes: a person adds one, which another confirms, or
dismisses it.
"""

from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.repetitions import details_of
from claims.api.serializers.repetition_proposals import ProposalOut, ProposalQuery
from claims.api.serializers.repetitions import RepetitionIn
from claims.models import RepetitionProposal
from claims.publication import repeat_checks
from factcheck.drf.auth import caller
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User

_WRITE = ("claims:write", "verdicts:write")
_LOOKUPS = {"state": "state", "claim": "claim__public_id", "desk": "claim__desk__public_id"}


def _visible(user: User) -> QuerySet[RepetitionProposal]:
    rows = RepetitionProposal.objects.visible_to(user)
    return rows.select_related(
        "claim__desk", "suggestion__article", "tip", "repetition", "decided_by"
    )


class RepetitionProposals(ClaimsView):
    scopes = {"GET": ("verdicts:read",)}
    query: ClassVar[type[Strict]] = ProposalQuery

    @extend_schema(
        operation_id="list_repetition_proposals",
        parameters=[ProposalQuery],
        responses=page_shape(ProposalOut),
    )
    def get(self, request: Request) -> Response:
        """Suggestions and tips that say what a published claim says, newest first,
        including decided ones.
        """
        asked = self.query_params
        filters = {_LOOKUPS[name]: asked[name] for name in _LOOKUPS if asked.get(name)}
        return self.page_of(_visible(caller(request)).filter(**filters), ProposalOut)


class OneRepetitionProposal(ClaimsView):
    scopes = {"GET": ("verdicts:read",)}

    @extend_schema(operation_id="read_repetition_proposal", responses=ProposalOut)
    def get(self, request: Request, repetition_proposal: UUID) -> Response:
        """One proposal, with what was decided about it."""
        row = get_or_404(_visible(caller(request)), repetition_proposal)
        return Response(ProposalOut(row).data)


class AddProposedRepetition(ClaimsView):
    scopes = {"POST": _WRITE}
    url_field = "appearance_url"

    @extend_schema(
        operation_id="add_proposed_repetition", request=RepetitionIn, responses=ProposalOut
    )
    def post(self, request: Request, repetition_proposal: UUID) -> Response:
        """Make a repetition of it, which somebody else confirms. Again changes nothing;
        one that was dismissed is a 409.
        """
        user, data = caller(request), self.validated(RepetitionIn)
        row = get_or_404(_visible(user), repetition_proposal)
        # One transaction: a refusal must also undo the claimant that was created for
        # it.
        with transaction.atomic():
            details = details_of(data, row.claim, user)
            repeat_checks.add_repetition(row, by=user, details=details)
        return Response(ProposalOut(get_or_404(_visible(user), repetition_proposal)).data)


class DismissProposedRepetition(ClaimsView):
    scopes = {"POST": _WRITE}

    @extend_schema(
        operation_id="dismiss_proposed_repetition", request=EmptyBody, responses=ProposalOut
    )
    def post(self, request: Request, repetition_proposal: UUID) -> Response:
        """It is no repetition, and is not proposed again. Again changes nothing."""
        self.validated(EmptyBody)
        user = caller(request)
        repeat_checks.dismiss(get_or_404(_visible(user), repetition_proposal), by=user)
        return Response(ProposalOut(get_or_404(_visible(user), repetition_proposal)).data)
