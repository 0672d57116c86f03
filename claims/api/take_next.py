"""Taking the next claim over the API."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.claims import TakenOut
from claims.desk.take_next import take_next
from factcheck.drf.auth import caller
from factcheck.drf.serializers import EmptyBody


class TakeNext(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="take_next_claim", request=EmptyBody, responses=TakenOut)
    def post(self, request: Request) -> Response:
        """Take the unassigned claim with the highest priority, then the earliest
        deadline, then the oldest, on the desks where you take claims. Each call takes
        another one: send an Idempotency-Key.
        """
        self.validated(EmptyBody)
        taken = take_next(caller(request))
        claim = taken.claim.public_id if taken.claim else None
        return Response(TakenOut({"claim": claim, "barred": taken.barred}).data)
