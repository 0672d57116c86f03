"""The versions of the methodology over the API, including those not yet in force."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.methodology import MethodologyIn, MethodologyOut
from claims.models import Methodology
from claims.publication import methodology
from factcheck.drf.auth import caller
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import page_shape


class Methodologies(ClaimsView):
    scopes = {"GET": ("verdicts:read",), "POST": ("settings:manage",)}
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

    @extend_schema(
        operation_id="publish_methodology",
        request=MethodologyIn,
        responses={201: MethodologyOut, 200: MethodologyOut},
    )
    def post(self, request: Request) -> Response:
        """Publish a version, in force at once or from a later time. The text of the
        newest version again is answered with that one and 200.
        """
        user, data = caller(request), self.validated(MethodologyIn)
        version = methodology.publish(by=user, **data)
        return Response(MethodologyOut(version).data, status=status_of(version))
