"""The versions of the methodology over the API, including those not yet in force."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.methodology import MethodologyOut
from claims.models import Methodology
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import page_shape


class Methodologies(ClaimsView):
    scopes = {"GET": ("verdicts:read",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("-number",)

    @extend_schema(
        operation_id="list_methodology",
        parameters=[PageQuery],
        responses=page_shape(MethodologyOut),
    )
    def get(self, request: Request) -> Response:
        """How the newsroom works: every version, newest first. Signed content names the
        version it was signed under.
        """
        return self.page_of(Methodology.objects.select_related("made_by"), MethodologyOut)
