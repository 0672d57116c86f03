"""Waivers through the API: an editor lets a gate pass, and says to readers why."""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
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
from factcheck.drf.serializers import EmptyBody, PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may


def _visible(user: User) -> QuerySet[Waiver]:
    return Waiver.objects.visible_to(user).select_related(
        "claim__desk", "evidence", "interest", "by"
    )


def _interests(claim: Claim, user: User) -> QuerySet[Interest]:
    """Those that touch the claim, for who may let them pass; for others their own."""
    touching = interests_in(claim)
    return touching if may(user, "gate.waive", claim) else touching.filter(user=user)


class ClaimWaivers(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("verdicts:sign",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("pk",)

    @extend_schema(
        operation_id="list_waivers", parameters=[PageQuery], responses=page_shape(WaiverOut)
    )
    def get(self, request: Request, claim: UUID) -> Response:
        """The waivers of a claim, revoked ones too."""
        user = caller(request)
        found = get_or_404(Claim.objects.visible_to(user), claim)
        return self.page_of(_visible(user).filter(claim=found), WaiverOut)

    @extend_schema(
        operation_id="waive_gate", request=WaiverIn, responses={201: WaiverOut, 200: WaiverOut}
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Waive a gate; the same again is answered with 200. Whoever signed before signs again."""
        user, told = caller(request), self.validated(WaiverIn)
        found = get_or_404(Claim.objects.visible_to(user), claim)
        rows = Evidence.objects.visible_to(user).filter(claim=found)
        item = get_or_404(rows, told["evidence"]) if told["evidence"] else None
        if item and told["interest"]:
            raise bad_field(
                "interest", "One waiver is of one thing: send either “evidence” or “interest”."
            )
        declared = (
            get_or_404(_interests(found, user), told["interest"]) if told["interest"] else None
        )
        known = set(found.waivers.values_list("pk", flat=True))
        waiver = waivers.waive(
            found, by=user, reason=told["reason"], evidence=item, interest=declared
        )
        return Response(WaiverOut(waiver).data, status=200 if waiver.pk in known else 201)


class RevokeWaiver(ClaimsView):
    scopes = {"POST": ("verdicts:sign",)}

    @extend_schema(operation_id="revoke_waiver", request=EmptyBody, responses=WaiverOut)
    def post(self, request: Request, waiver: UUID) -> Response:
        """Take a waiver back, before the verdict is approved. The row stays."""
        self.validated(EmptyBody)
        user = caller(request)
        waivers.revoke(get_or_404(_visible(user), waiver), by=user)
        return Response(WaiverOut(get_or_404(_visible(user), waiver)).data)
