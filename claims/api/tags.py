"""The tags of a claim over the API."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.tags import TagsIn, TagsOut
from claims.desk.tags import set_tags
from claims.models import Claim
from factcheck.drf.auth import caller
from factcheck.drf.views import get_or_404


class ClaimTags(ClaimsView):
    scopes = {"PUT": ("claims:write",)}

    @extend_schema(operation_id="set_tags", request=TagsIn, responses=TagsOut)
    def put(self, request: Request, claim: UUID) -> Response:
        """Set the tags, also after publication: they are not part of what is signed."""
        user, data = caller(request), self.validated(TagsIn)
        row = get_or_404(Claim.objects.visible_to(user), claim)
        return Response({"tags": set_tags(row, by=user, names=data["tags"])})
