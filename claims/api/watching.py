"""Watching a claim over the API: being told of what happens to it."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.notifications import WatchIn, WatchOut
from claims.desk.notifications import watching
from claims.models import Claim
from factcheck.drf.auth import caller
from factcheck.drf.views import get_or_404
from factcheck.newsroom.models import User


def _answer(user: User, claim: UUID) -> Response:
    rows = watching.with_watched(Claim.objects.visible_to(user), user)
    return Response(WatchOut(get_or_404(rows, claim)).data)


class WatchClaim(ClaimsView):
    http_method_names = ["get", "head", "put"]
    scopes = {"GET": ("claims:read",), "PUT": ("claims:write",)}

    @extend_schema(operation_id="read_watching", responses=WatchOut)
    def get(self, request: Request, claim: UUID) -> Response:
        """Whether you watch the claim."""
        return _answer(caller(request), claim)

    @extend_schema(operation_id="watch_claim", request=WatchIn, responses=WatchOut)
    def put(self, request: Request, claim: UUID) -> Response:
        """Watch the claim, or no longer: you are told of what happens to it."""
        user, data = caller(request), self.validated(WatchIn)
        row = get_or_404(Claim.objects.visible_to(user), claim)
        change = watching.watch if data["watched"] else watching.unwatch
        change(row, by=user)
        return _answer(user, claim)
