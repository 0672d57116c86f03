"""Waivers over the API: an editor waives a gate, with a reason that readers see."""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.waivers import WaiverIn, WaiverOut
from claims.desk import waivers
from claims.models import Claim, Evidence, Interest, Waiver
from claims.rules.conflicts_of_interest import interests_in
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import EmptyBody, PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


def _visible(user: User) -> QuerySet[Waiver]:
    return Waiver.objects.visible_to(user).select_related(
        "claim__desk", "evidence", "interest", "by"
    )


def _interests(claim: Claim, user: User) -> QuerySet[Interest]:
    """The interests that bar people from the claim: all for whoever may waive, else
    one's own.
    """
    touching = interests_in(claim)
    return touching if may(user, "gate.waive", claim) else touching.filter(user=user)


class ClaimWaivers(ClaimsView):
    scopes = {"GET": ("claims:read",), "POST": ("verdicts:sign",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("pk",)

    @extend_schema(
        operation_id="list_waivers", parameters=[PageQuery], responses=page_shape(WaiverOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """The waivers of a claim, including revoked ones."""
        user = caller(request)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        return self.page_of(_visible(user).filter(claim=claim_row), WaiverOut)

    @extend_schema(
        operation_id="waive_gate", request=WaiverIn, responses={201: WaiverOut, 200: WaiverOut}
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Waive a gate; a repeat is answered with 200. Earlier signatures lapse and are
        given again.
        """
        user, data = caller(request), self.validated(WaiverIn)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        rows = Evidence.objects.visible_to(user).filter(claim=claim_row)
        item = get_or_404(rows, data["evidence"]) if data["evidence"] else None
        if item and data["interest"]:
            raise bad_field(
                "interest", _("A waiver covers one thing. Send either “evidence” or “interest”.")
            )
        declared = (
            get_or_404(_interests(claim_row, user), data["interest"]) if data["interest"] else None
        )
        waiver = waivers.waive(
            claim_row, by=user, reason=data["reason"], evidence=item, interest=declared
        )
        return Response(WaiverOut(waiver).data, status=status_of(waiver))


class RevokeWaiver(ClaimsView):
    scopes = {"POST": ("verdicts:sign",)}

    @extend_schema(operation_id="revoke_waiver", request=EmptyBody, responses=WaiverOut)
    def post(self, request: Request, waiver: UUID) -> Response:
        """Revoke a waiver before the verdict is approved. The row is kept."""
        self.validated(EmptyBody)
        user = caller(request)
        waivers.revoke(get_or_404(_visible(user), waiver), by=user)
        return Response(WaiverOut(get_or_404(_visible(user), waiver)).data)
