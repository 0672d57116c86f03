"""A claim as one document, for auditors and archives."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from claims.api.base import ClaimsView
from claims.exchange.export import export
from claims.models import Claim
from factcheck.drf.auth import caller
from factcheck.drf.views import get_or_404
from factcheck.newsroom.permissions import may


class ExportClaim(ClaimsView):
    @extend_schema(
        operation_id="export_claim", responses={(200, "application/json"): OpenApiTypes.OBJECT}
    )
    def get(self, request: Request, claim: UUID) -> HttpResponse:
        """The claim with evidence, replies, waivers, queries, all signed contents and its history,
        as canonical JSON.

        For editors and auditors of the desk. Of privileged queries it says only that there are
        some.
        """
        user = caller(request)
        found = get_or_404(Claim.objects.visible_to(user).select_related("desk"), claim)
        if not may(user, "claim.export", found):
            raise PermissionDenied(
                f"Editors and auditors of {found.desk} export claims. Ask one of them."
            )
        return HttpResponse(export(found), content_type="application/json")
