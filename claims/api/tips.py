"""Who sent a claim in, for those who work on it: read, and erased. A token that only reads never
meets it.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.tips import TipOut
from claims.intake import tips
from claims.models import Claim
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem
from factcheck.drf.views import get_or_404
from factcheck.newsroom.permissions import may


class ClaimTip(ClaimsView):
    http_method_names = ["get", "head", "delete"]
    scopes = {
        "GET": ("claims:write", "verdicts:write"),
        "DELETE": ("claims:write", "verdicts:write"),
    }

    @extend_schema(operation_id="read_submitter", responses=TipOut)
    def get(self, request: Request, claim: UUID) -> Response:
        """Who sent the claim in. Checkers and editors of the desk read it, and nobody else."""
        user = caller(request)
        found = get_or_404(Claim.objects.visible_to(user), claim)
        if not may(user, "tip.view", found):
            raise PermissionDenied("Who sent a claim in is for those who work on it.")
        row = tips.of_claim(found, user)
        if row is None:
            raise Problem(404, "No sender is kept with this claim.")
        return Response(TipOut(row).data)

    @extend_schema(operation_id="erase_submitter", request=None, responses=TipOut)
    def delete(self, request: Request, claim: UUID) -> Response:
        """Erase the name, the contact and the message at once; that somebody sent the claim in
        stays. Safe to repeat.
        """
        user = caller(request)
        row = tips.erase(get_or_404(Claim.objects.visible_to(user), claim), by=user)
        return Response(TipOut(row).data)
