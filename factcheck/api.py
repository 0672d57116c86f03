"""The root of the REST API, below /api/: version 1, its OpenAPI document, and a 404 in the API's
own words.
"""

from functools import cache
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path, re_path
from django.views import defaults
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from factcheck.drf.auth import caller, token_of
from factcheck.drf.errors import MEDIA_TYPE, Problem
from factcheck.drf.views import ApiView
from factcheck.newsroom.choices import Role, Scope
from factcheck.newsroom.models import Desk, Membership


class DeskOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    assigned_only = serializers.ListField(
        child=serializers.ChoiceField(Role.choices),
        help_text="Those of the roles that count only for what you are assigned to.",
    )


class MeOut(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(Scope.choices))
    desks = DeskOut(many=True)


class Me(ApiView):
    @extend_schema(operation_id="read_me", responses=MeOut)
    def get(self, request: Request) -> Response:
        """Whose token this is, what it may be used for, and the desks its owner works on."""
        user = caller(request)
        held = (
            Membership.objects.current()
            .filter(user=user)
            .select_related("desk")
            .order_by("desk__name", "desk_id", "role")
        )
        desks = [
            _desk(desk, list(memberships))
            for desk, memberships in groupby(held, key=lambda membership: membership.desk)
        ]
        told = {
            "username": user.username,
            "name": str(user),
            "scopes": token_of(request).scopes,
            "desks": desks,
        }
        return Response(MeOut(told).data)


def _desk(desk: Desk, held: list[Membership]) -> dict[str, Any]:
    narrow = [one.role for one in held if one.assigned_only]
    return {
        "id": desk.public_id,
        "name": desk.name,
        "roles": [one.role for one in held],
        "assigned_only": narrow,
    }


class OpenApi(APIView):
    """Open to all: it tells nothing but how to ask."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = []
    http_method_names = ["get", "head"]
    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(document())


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document: the same as long as the process runs."""
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema: dict[str, Any] = generator.get_schema(request=None, public=True)
    return schema


class Nothing(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Problem(
            404,
            "There is nothing at this address. Addresses end in a slash; GET /api/v1/schema/ lists"
            " them.",
        )


def server_error(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw, in the words of the door it came through; the log has the rest under the
    request id.
    """
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    told = {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": (
            "Something broke on our side; what you sent was not saved. Try again, and name the"
            " X-Request-ID if it stays."
        ),
        "errors": [],
    }
    return JsonResponse(told, status=500, content_type=MEDIA_TYPE)


urlpatterns = [
    path("v1/me/", Me.as_view()),
    path("v1/schema/", OpenApi.as_view()),
    path("v1/", include("claims.api.urls")),
    re_path("", Nothing.as_view()),
]
