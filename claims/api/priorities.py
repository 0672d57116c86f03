"""The priority of a claim over the API."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.priorities import PriorityIn, PriorityOut
from claims.choices import Priority
from claims.desk.priorities import set_priority
from claims.models import Claim
from factcheck.drf.auth import caller
from factcheck.drf.views import get_or_404


class ClaimPriority(ClaimsView):
    scopes = {"PUT": ("claims:write",)}

    @extend_schema(operation_id="set_priority", request=PriorityIn, responses=PriorityOut)
    def put(self, request: Request, claim: UUID) -> Response:
        """Raise or lower the priority, with the reason: for those who may set the
        deadline.
        """
        user, data = caller(request), self.validated(PriorityIn)
        row = get_or_404(Claim.objects.visible_to(user), claim)
        chosen = Priority.of(data["priority"])
        changed = set_priority(row, by=user, priority=chosen, reason=data["reason"])
        return Response(PriorityOut(changed).data)
