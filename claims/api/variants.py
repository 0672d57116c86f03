"""Versions of one claim over the API: which they are, grouping and undoing it, and
copying the verdict of the canonical claim.
"""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.claims import IF_MATCH
from claims.api.known_claims import both_claims
from claims.api.serializers.variants import (
    CopyVerdictIn,
    KeepVerdictIn,
    UndoVariantIn,
    VariantOut,
    VariantsOut,
)
from claims.matching import variants
from claims.models import Claim, ClaimVariant
from claims.publication import verdict_copies
from factcheck.drf.auth import caller
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import EmptyBody
from factcheck.drf.views import get_or_404
from factcheck.newsroom.models import User


def _answer(user: User, claim: Claim) -> Response:
    links = variants.variants_seen(claim, by=user)
    own = next((link for link in links if link.claim_id == claim.pk), None)
    offer = verdict_copies.offer_of(own) if own else None
    shown = {
        "claim": claim.public_id,
        "variants": links,
        "offer": offer if offer and offer.source else None,
    }
    return Response(VariantsOut(shown).data)


class ClaimVariants(ClaimsView):
    scopes = {"GET": ("claims:read", "verdicts:read")}

    @extend_schema(operation_id="list_variants", responses=VariantsOut)
    def get(self, request: Request, claim: UUID) -> Response:
        """The other versions of the claim that you see, and the verdict that may be
        copied from the canonical one.
        """
        user = caller(request)
        return _answer(user, get_or_404(Claim.objects.visible_to(user), claim))


class VariantOfMatch(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="link_variant",
        request=EmptyBody,
        responses={201: VariantOut, 200: VariantOut},
    )
    def post(self, request: Request, claim: UUID, other: UUID) -> Response:
        """Say that this claim is another version of the other one, or of the claim that
        one is a version of. It is not proposed again; a repeat is answered with 200.
        """
        self.validated(EmptyBody)
        user = caller(request)
        row, known = both_claims(user, claim, other)
        link = variants.link(row, known, by=user)
        return Response(VariantOut(link).data, status=status_of(link))


class UndoVariant(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="unlink_variant", request=UndoVariantIn, responses=VariantOut)
    def post(self, request: Request, claim_variant: UUID) -> Response:
        """Undo it with a reason, as long as no verdict was copied. Again changes
        nothing.
        """
        user, data = caller(request), self.validated(UndoVariantIn)
        row = get_or_404(ClaimVariant.objects.visible_to(user), claim_variant)
        return Response(VariantOut(variants.unlink(row, by=user, reason=data["reason"])).data)


class CopyVerdict(ClaimsView):
    stale_of = ("verdict.write", "claim.correct", "claim.drop_correction")
    scopes = {"POST": ("verdicts:write", "evidence:write")}

    @extend_schema(
        operation_id="copy_verdict",
        request=CopyVerdictIn,
        responses=VariantsOut,
        parameters=[IF_MATCH],
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Copy rating, text and evidence of the canonical claim's verdict to this
        claim, once a person has read that it fits. Nothing is signed by it; copying
        what is there already changes nothing.
        """
        user, data = caller(request), self.validated(CopyVerdictIn)
        row, version = (
            get_or_404(Claim.objects.visible_to(user), claim),
            self.required_version(data),
        )
        verdict_copies.copy_verdict(row, by=user, number=data["number"], expected_version=version)
        return _answer(user, row)


class KeepVerdict(ClaimsView):
    scopes = {"POST": ("verdicts:write",)}

    @extend_schema(operation_id="keep_verdict", request=KeepVerdictIn, responses=VariantsOut)
    def post(self, request: Request, claim: UUID) -> Response:
        """Say why the verdict stands although the verdict that it was copied from was
        corrected or retracted. Where nothing changed, nothing is stored.
        """
        user, data = caller(request), self.validated(KeepVerdictIn)
        row = get_or_404(Claim.objects.visible_to(user), claim)
        verdict_copies.keep_verdict(row, by=user, reason=data["reason"])
        return _answer(user, row)
