"""What is known of a claim, over the API: what resembles it, which of that is not the
same, and adding it as a repetition of a published one.
"""

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.matches import ClaimMatchesOut
from claims.api.serializers.repetitions import RepetitionOut
from claims.matching import decisions
from claims.models import Claim
from claims.publication import repetitions
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import EmptyBody
from factcheck.drf.views import get_or_404
from factcheck.newsroom.models import User


def both_claims(user: User, claim: UUID, other: UUID) -> tuple[Claim, Claim]:
    """The claim, and what it may be compared with. Raises a 404 for all else."""
    row = get_or_404(Claim.objects.visible_to(user), claim)
    known = decisions.known_to(user, row, other)
    if known is None:
        raise Problem(404, _("Claim not found, or you do not have access to it."))
    return row, known


def _answer(user: User, claim: Claim) -> Response:
    different = [other.pk for other in decisions.different_from(claim)]
    seen = Claim.objects.visible_to(user).filter(pk__among=different).order_by("pk")
    shown = {
        "claim": claim.public_id,
        "matches": decisions.matches_of(claim, user),
        "different": seen.values_list("public_id", flat=True),
    }
    return Response(ClaimMatchesOut(shown).data)


class ClaimMatches(ClaimsView):
    @extend_schema(operation_id="list_matches_of_claim", responses=ClaimMatchesOut)
    def get(self, request: Request, claim: UUID) -> Response:
        """What resembles the claim, best first, without itself and without what
        somebody said is not the same.
        """
        user = caller(request)
        return _answer(user, get_or_404(Claim.objects.visible_to(user), claim))


class DifferentMatch(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="mark_match_different", request=EmptyBody, responses=ClaimMatchesOut
    )
    def post(self, request: Request, claim: UUID, other: UUID) -> Response:
        """Say that the other claim is not the same: it is not proposed for this one
        again. Again changes nothing.
        """
        self.validated(EmptyBody)
        user = caller(request)
        row, known = both_claims(user, claim, other)
        decisions.mark_different(row, known, by=user)
        return _answer(user, row)


class DifferentMatchUndone(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="unmark_match_different", request=EmptyBody, responses=ClaimMatchesOut
    )
    def post(self, request: Request, claim: UUID, other: UUID) -> Response:
        """Take that back: it may be proposed again."""
        self.validated(EmptyBody)
        user = caller(request)
        row, known = both_claims(user, claim, other)
        decisions.unmark_different(row, known, by=user)
        return _answer(user, row)


class RepetitionOfMatch(ClaimsView):
    scopes = {"POST": ("claims:write", "verdicts:write")}

    @extend_schema(
        operation_id="add_claim_as_repetition",
        request=EmptyBody,
        responses={201: RepetitionOut, 200: RepetitionOut},
    )
    def post(self, request: Request, claim: UUID, other: UUID) -> Response:
        """Add this claim as a repetition of the other one, which has a published
        verdict: who said it, when and where is taken from here. Somebody else confirms
        it; a repeat is answered with 200.
        """
        self.validated(EmptyBody)
        user = caller(request)
        row, known = both_claims(user, claim, other)
        repetition = repetitions.repeat(row, known, by=user)
        return Response(RepetitionOut(repetition).data, status=status_of(repetition))
