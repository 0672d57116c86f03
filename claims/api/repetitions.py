"""Said again, through the API: listed, added by one, confirmed by another, withdrawn."""

from typing import ClassVar
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
from factcheck.drf.serializers import EmptyBody, PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User


def _visible(user: User) -> QuerySet[Repetition]:
    return Repetition.objects.visible_to(user).select_related(
        "claim__desk", "claimant", "added_by", "confirmed_by"
    )


class ClaimRepetitions(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("claims:write", "verdicts:write")}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("stated_date", "pk")
    url_field = "appearance_url"

    @extend_schema(
        operation_id="list_repetitions", parameters=[PageQuery], responses=page_shape(RepetitionOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """When the claim was said again, those that wait and those withdrawn too."""
        user = caller(request)
        found = get_or_404(Claim.objects.visible_to(user), claim)
        return self.page_of(_visible(user).filter(claim=found), RepetitionOut)

    @extend_schema(
        operation_id="add_repetition",
        request=RepetitionIn,
        responses={201: RepetitionOut, 200: RepetitionOut},
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Add that a claim with a published verdict was said again; the same again is answered with
        200. Somebody else confirms it.
        """
        user, told = caller(request), self.validated(RepetitionIn)
        found = get_or_404(Claim.objects.visible_to(user), claim)
        known = set(found.repetitions.values_list("pk", flat=True))
        with transaction.atomic():  # a refusal takes a claimant just made back with it
            Claim.objects.select_for_update(of=("self",), no_key=True).get(
                pk=found.pk
            )  # before the audit head, which a new claimant takes
            said = RepetitionDetails(
                claimant_of(told["claimant"], by=user),
                told["stated_date"],
                told["words"],
                told["appearance_url"],
            )
            row = repetitions.add(found, by=user, said=said)
        return Response(RepetitionOut(row).data, status=200 if row.pk in known else 201)


class ConfirmRepetition(ClaimsView):
    scopes = {"POST": ("verdicts:sign",)}

    @extend_schema(operation_id="confirm_repetition", request=EmptyBody, responses=RepetitionOut)
    def post(self, request: Request, repetition: UUID) -> Response:
        """Confirm what somebody else added: from here on readers see it."""
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
        """Take it back at once: by who added it, or an editor."""
        user, told = caller(request), self.validated(WithdrawRepetitionIn)
        repetitions.withdraw(get_or_404(_visible(user), repetition), by=user, reason=told["reason"])
        return Response(RepetitionOut(get_or_404(_visible(user), repetition)).data)
