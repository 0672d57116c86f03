"""Tips over the API: what readers sent in through the site, and deciding it."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.sent_tips import (
    ClaimOfTipIn,
    CloseTipIn,
    JoinTipIn,
    PassTipIn,
    RecheckForTipIn,
    SentTipOut,
    SentTipQuery,
    TipMessageOut,
    TipSenderOut,
)
from claims.intake import tip_decisions, tip_erasure
from claims.intake.triage import ClaimDetails
from claims.models import Claim, Tip
from factcheck.drf.auth import caller
from factcheck.drf.serializers import Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import Desk, User

_WITH = ("desk", "verdict", "claim", "recheck", "decided_by")
# What a reader wrote is personal: a token that may only read does not open it.
_PERSONAL = ("claims:write", "verdicts:write")


def _visible(user: User) -> QuerySet[Tip]:
    light = Tip.objects.visible_to(user).select_related(*_WITH)
    return light.defer("verdict__content", "verdict__explanation")


class SentTips(ClaimsView):
    query: ClassVar[type[Strict]] = SentTipQuery

    @extend_schema(
        operation_id="list_tips", parameters=[SentTipQuery], responses=page_shape(SentTipOut)
    )
    def get(self, request: Request) -> Response:
        """What readers sent to your desks, newest first, without their words."""
        lookups = {"state": "state", "kind": "kind", "desk": "desk__public_id"}
        filters = {
            lookup: self.query_params[name]
            for name, lookup in lookups.items()
            if self.query_params.get(name)
        }
        return self.page_of(_visible(caller(request)).filter(**filters), SentTipOut)


class _TipView(ClaimsView):
    """One tip. What is answered is the tip as it is then."""

    def row(self, tip: UUID) -> Tip:
        return get_or_404(_visible(caller(self.request)), tip)

    def as_it_is(self, tip: UUID) -> Response:
        return Response(SentTipOut(self.row(tip)).data)


class OneTip(_TipView):
    @extend_schema(operation_id="read_sent_tip", responses=SentTipOut)
    def get(self, request: Request, tip: UUID) -> Response:
        return self.as_it_is(tip)


class MessageOfTip(_TipView):
    scopes: ClassVar[Any] = {"GET": _PERSONAL}

    @extend_schema(operation_id="read_message_of_tip", responses=TipMessageOut)
    def get(self, request: Request, tip: UUID) -> Response:
        """What the reader wrote, without their name and address."""
        return Response(TipMessageOut(self.row(tip).message).data)


class SenderOfTip(_TipView):
    http_method_names = ["get", "head", "delete"]
    scopes: ClassVar[Any] = {"GET": _PERSONAL, "DELETE": _PERSONAL}

    @extend_schema(operation_id="read_sender_of_tip", responses=TipSenderOut)
    def get(self, request: Request, tip: UUID) -> Response:
        """Who sent it. Each reading is in the audit log."""
        message = tip_erasure.read_sender(self.row(tip), by=caller(request))
        return Response(TipSenderOut(message).data)

    @extend_schema(operation_id="erase_sender_of_tip", request=None, responses={200: TipSenderOut})
    def delete(self, request: Request, tip: UUID) -> Response:
        """Erase all that the reader wrote, also where it moved to a claim. Safe to
        repeat.
        """
        erased = tip_erasure.erase(self.row(tip), by=caller(request))
        return Response(TipSenderOut(erased.message).data)


class JoinTip(_TipView):
    scopes: ClassVar[Any] = {"POST": ("claims:write",)}

    @extend_schema(operation_id="join_tip", request=JoinTipIn, responses=SentTipOut)
    def post(self, request: Request, tip: UUID) -> Response:
        """Join the tip to a claim. A tip is decided once; a repeat by the same person
        changes nothing.
        """
        user, data = caller(request), self.validated(JoinTipIn)
        claim = get_or_404(Claim.objects.visible_to(user), data["claim"])
        tip_decisions.join(self.row(tip), by=user, claim=claim)
        return self.as_it_is(tip)


class ClaimOfTip(_TipView):
    scopes: ClassVar[Any] = {"POST": ("claims:write",)}
    url_field = "appearance_url"

    @extend_schema(operation_id="make_claim_of_tip", request=ClaimOfTipIn, responses=SentTipOut)
    def post(self, request: Request, tip: UUID) -> Response:
        """Make a claim of the tip; its sender becomes the claim's reader tip."""
        user, data = caller(request), self.validated(ClaimOfTipIn)
        details = ClaimDetails(text=data["text"], appearance_url=data["appearance_url"])
        tip_decisions.make_claim(self.row(tip), by=user, details=details)
        return self.as_it_is(tip)


class RecheckForTip(_TipView):
    scopes: ClassVar[Any] = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="request_recheck_for_tip", request=RecheckForTipIn, responses=SentTipOut
    )
    def post(self, request: Request, tip: UUID) -> Response:
        """Open a recheck of the verdict that the reader wants corrected."""
        user, data = caller(request), self.validated(RecheckForTipIn)
        tip_decisions.request_recheck(self.row(tip), by=user, note=data["note"])
        return self.as_it_is(tip)


class PassTip(_TipView):
    scopes: ClassVar[Any] = {"POST": ("claims:write",)}

    @extend_schema(operation_id="pass_tip", request=PassTipIn, responses=SentTipOut)
    def post(self, request: Request, tip: UUID) -> Response:
        """Pass a tip that waits to another desk. From then on its people decide it, and
        whoever is not of that desk no longer sees it.
        """
        user, data = caller(request), self.validated(PassTipIn)
        desk = get_or_404(Desk.objects.all(), data["desk"])
        passed = tip_decisions.pass_on(self.row(tip), by=user, desk=desk)
        return Response(SentTipOut(passed).data)


class CloseTip(_TipView):
    scopes: ClassVar[Any] = {"POST": ("claims:write",)}

    @extend_schema(operation_id="close_tip", request=CloseTipIn, responses=SentTipOut)
    def post(self, request: Request, tip: UUID) -> Response:
        """Close the tip without a claim or a recheck."""
        user, data = caller(request), self.validated(CloseTipIn)
        tip_decisions.close(self.row(tip), by=user, reason=data["reason"])
        return self.as_it_is(tip)
