"""Repetitions of a published claim over the API: list, add, confirm and withdraw."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.claims import claimant_of
from claims.api.serializers.repetitions import RepetitionIn, RepetitionOut, WithdrawRepetitionIn
from claims.models import Claim, Repetition
from claims.publication import repetitions
from claims.publication.repetitions import RepetitionDetails
from factcheck.drf.auth import caller
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import EmptyBody, PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User


def _visible(user: User) -> QuerySet[Repetition]:
    return Repetition.objects.visible_to(user).select_related(
        "claim__desk", "claimant", "added_by", "confirmed_by"
    )


def details_of(data: Mapping[str, Any], claim: Claim, user: User) -> RepetitionDetails:
    """Creates the claimant if new: call it inside the transaction of the change."""
    # The claim first: a new claimant writes to the audit log, whose head is locked
    # last.
    Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    return RepetitionDetails(
        claimant_of(data["claimant"], desk=claim.desk, by=user),
        data["stated_date"],
        data["words"],
        data["appearance_url"],
    )


class ClaimRepetitions(ClaimsView):
    scopes = {"GET": ("verdicts:read",), "POST": ("claims:write", "verdicts:write")}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("stated_date", "pk")
    url_field = "appearance_url"

    @extend_schema(
        operation_id="list_repetitions", parameters=[PageQuery], responses=page_shape(RepetitionOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """The repetitions of the claim, including unconfirmed and withdrawn ones."""
        user = caller(request)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        return self.page_of(_visible(user).filter(claim=claim_row), RepetitionOut)

    @extend_schema(
        operation_id="add_repetition",
        request=RepetitionIn,
        responses={201: RepetitionOut, 200: RepetitionOut},
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Add a repetition of a claim with a published verdict; a repeat is answered
        with 200. Somebody else confirms it.
        """
        user, data = caller(request), self.validated(RepetitionIn)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        # One transaction: a refusal must also undo the claimant that was created for
        # it.
        with transaction.atomic():
            row = repetitions.add(claim_row, by=user, details=details_of(data, claim_row, user))
        return Response(RepetitionOut(row).data, status=status_of(row))


class ConfirmRepetition(ClaimsView):
    scopes = {"POST": ("verdicts:sign",)}

    @extend_schema(operation_id="confirm_repetition", request=EmptyBody, responses=RepetitionOut)
    def post(self, request: Request, repetition: UUID) -> Response:
        """Confirm a repetition that somebody else added. Readers see it from then
        on.
        """
        self.validated(EmptyBody)
        user = caller(request)
        repetitions.confirm(get_or_404(_visible(user), repetition), by=user)
        return Response(RepetitionOut(get_or_404(_visible(user), repetition)).data)


class WithdrawRepetition(ClaimsView):
    scopes = {"POST": ("claims:write", "verdicts:write")}

    @extend_schema(
        operation_id="withdraw_repetition", request=WithdrawRepetitionIn, responses=RepetitionOut
    )
    def post(self, request: Request, repetition: UUID) -> Response:
        """Withdraw a repetition at once: by whoever added it, or an editor."""
        user, data = caller(request), self.validated(WithdrawRepetitionIn)
        repetitions.withdraw(get_or_404(_visible(user), repetition), by=user, reason=data["reason"])
        return Response(RepetitionOut(get_or_404(_visible(user), repetition)).data)
