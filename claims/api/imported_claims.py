"""Claims that exports of other newsrooms brought, over the API."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.imported_claims import (
    ImportedClaimOut,
    ImportedClaimQuery,
    TakenUpOut,
)
from claims.exchange.desk_import.taking_up import take_up
from claims.models import ImportedClaim
from factcheck.drf.auth import caller
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.ledger import full_text


class ImportedClaims(ClaimsView):
    query: ClassVar[type[Strict]] = ImportedClaimQuery

    @extend_schema(
        operation_id="list_imported_claims",
        parameters=[ImportedClaimQuery],
        responses=page_shape(ImportedClaimOut),
    )
    def get(self, request: Request) -> Response:
        """What other newsrooms checked, as their exports brought it. None of it is
        signed here.
        """
        rows = ImportedClaim.objects.visible_to(caller(request)).select_related(
            "desk", "came_with", "taken_up_as"
        )
        asked = self.query_params
        if words := asked.get("q"):
            rows = rows.filter(full_text.matching("imported_claim", words))
        for name in ("rating", "id_there"):
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        if asked.get("desk"):
            rows = rows.filter(desk__public_id=asked["desk"])
        return self.page_of(rows.defer("document"), ImportedClaimOut)


class OneImportedClaim(ClaimsView):
    @extend_schema(operation_id="get_imported_claim", responses=ImportedClaimOut)
    def get(self, request: Request, imported_claim: UUID) -> Response:
        """One of them."""
        rows = ImportedClaim.objects.visible_to(caller(request)).select_related(
            "desk", "came_with", "taken_up_as"
        )
        return Response(ImportedClaimOut(get_or_404(rows, imported_claim)).data)


class TakeUpImportedClaim(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(
        operation_id="take_up_imported_claim",
        request=EmptyBody,
        responses={201: TakenUpOut, 200: TakenUpOut},
    )
    def post(self, request: Request, imported_claim: UUID) -> Response:
        """Make a claim of the desk of it, to be checked anew. The second time the first
        one's claim is the answer (200).
        """
        self.validated(EmptyBody)
        rows = ImportedClaim.objects.visible_to(caller(request)).select_related("desk")
        claim, new = take_up(get_or_404(rows, imported_claim), by=caller(request))
        return Response({"claim": claim.public_id}, status=201 if new else 200)
