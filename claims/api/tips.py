"""Reader tips over the API: read and erase who sent a claim in. A read-only token
cannot.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
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
    # Personal data of a reader: also reading it needs a scope that `read` does not
    # include.
    scopes = {
        "GET": ("claims:write", "verdicts:write"),
        "DELETE": ("claims:write", "verdicts:write"),
    }

    @extend_schema(operation_id="read_tip", responses=TipOut)
    def get(self, request: Request, claim: UUID) -> Response:
        """The reader tip of the claim. Only for checkers and editors of the desk; each
        reading is in the audit log.
        """
        user = caller(request)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        if not may(user, "tip.view", claim_row):
            raise PermissionDenied(
                _("Only checkers and editors of the desk may read who sent a claim in.")
            )
        tip = tips.read_sender(claim_row, by=user)
        if tip is None:
            raise Problem(404, _("This claim has no reader tip."))
        return Response(TipOut(tip).data)

    @extend_schema(operation_id="erase_tip", request=None, responses={200: TipOut})
    def delete(self, request: Request, claim: UUID) -> Response:
        """Erase name, contact details and message at once; that a reader sent the claim
        in stays. Safe to repeat.
        """
        user = caller(request)
        tip = tips.erase(get_or_404(Claim.objects.visible_to(user), claim), by=user)
        return Response(TipOut(tip).data)
