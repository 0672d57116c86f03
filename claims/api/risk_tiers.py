"""The risk tier of a claim over the API."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.risk_tiers import RiskIn, RiskOut
from claims.desk.risk_tiers import set_risk
from claims.models import Claim
from factcheck.drf.auth import caller
from factcheck.drf.views import get_or_404


class ClaimRisk(ClaimsView):
    scopes = {"PUT": ("claims:write",)}

    @extend_schema(operation_id="set_risk", request=RiskIn, responses=RiskOut)
    def put(self, request: Request, claim: UUID) -> Response:
        """Set the risk tier, which may ask for more sources and set a deadline. Editors
        only.
        """
        user, data = caller(request), self.validated(RiskIn)
        row = get_or_404(Claim.objects.visible_to(user), claim)
        changed = set_risk(row, by=user, tier=data["risk"] or "")
        return Response(RiskOut(changed).data)
