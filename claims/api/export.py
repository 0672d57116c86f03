"""The export of a claim as one JSON document, for auditors and archives."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
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
    takes_fields = False

    @extend_schema(
        operation_id="export_claim", responses={(200, "application/json"): OpenApiTypes.OBJECT}
    )
    def get(self, request: Request, claim: UUID) -> HttpResponse:
        """The claim with its evidence, replies, waivers, queries, signed contents and
        history, as canonical JSON.

        For editors and auditors of the desk. Privileged queries are only counted.
        """
        user = caller(request)
        claim_row = get_or_404(Claim.objects.visible_to(user).select_related("desk"), claim)
        if not may(user, "claim.export", claim_row):
            raise PermissionDenied(
                _("Only editors and auditors of %(desk)s export claims. Ask one of them.")
                % {"desk": claim_row.desk}
            )
        # Canonical JSON already: DRF's renderer would space and sort it differently.
        return HttpResponse(export(claim_row), content_type="application/json")
