"""The root of the REST API, below /api/: version 1, its OpenAPI document, and its own
404 and
500.
"""

import sys
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from itertools import groupby
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.urls import include, path, re_path, reverse
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.http import require_safe
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
from factcheck.ledger.unavailable import is_unavailable
from factcheck.newsroom.choices import Role, Scope
from factcheck.newsroom.models import Desk, Membership

RETRY_AFTER = 5  # seconds: a restarted database is back by then


class DeskOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    assigned_only = serializers.ListField(
        child=serializers.ChoiceField(Role.choices),
        help_text="Those of the roles that cover only work assigned to you.",
    )


class MeOut(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField()
    service_account = serializers.BooleanField(help_text="Another system, and nobody's name.")
    scopes = serializers.ListField(child=serializers.ChoiceField(Scope.choices))
    desks = DeskOut(many=True)


class Me(ApiView):
    # Of itself, which a token of any scope may ask.
    scopes: ClassVar[Mapping[str, tuple[str, ...]]] = {"GET": ()}

    @extend_schema(operation_id="read_me", responses=MeOut)
    def get(self, request: Request) -> Response:
        """The owner of the token, its scopes, and the desks the owner works on."""
        user = caller(request)
        current_memberships = (
            Membership.objects.current()
            .filter(user=user)
            .select_related("desk")
            .order_by("desk__name", "desk_id", "role")
        )
        desks = [
            _desk(desk, list(memberships))
            for desk, memberships in groupby(
                current_memberships, key=lambda membership: membership.desk
            )
        ]
        body = {
            "username": user.username,
            "name": user.byline if user.is_service else str(user),
            "service_account": user.is_service,
            "scopes": token_of(request).scopes,
            "desks": desks,
        }
        return Response(MeOut(body).data)


def _desk(desk: Desk, memberships: list[Membership]) -> dict[str, Any]:
    assigned_only = [membership.role for membership in memberships if membership.assigned_only]
    return {
        "id": desk.public_id,
        "name": desk.name,
        "roles": [membership.role for membership in memberships],
        "assigned_only": assigned_only,
    }


class OpenApi(APIView):
    """Public: the document describes the API and holds no data."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = []
    http_method_names = ["get", "head"]
    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(document())


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The document for people. As public as it is: whoever connects a system to ours
    has no account here.
    """
    return render(request, "api.html", {"document": reverse("api_document")})


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document. Cached: it takes a second to build and never changes in a
    process.
    """
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema: dict[str, Any] = generator.get_schema(request=None, public=True)
    return schema


class UnknownAddress(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = []

    # In `initial`, not in a handler per method: every method gets the same answer.
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Problem(
            404,
            _(
                "No such URL. URLs of the API end in a slash, and ids in them are UUIDs in lower"
                " case; GET /api/v1/schema/ lists them."
            ),
        )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to what Django refuses before any view, such as a wrong Host."""
    if not request.path.startswith("/api/"):
        return defaults.bad_request(request, exception)
    return _problem(
        HTTPStatus.BAD_REQUEST, _("This request cannot be read. Check its address and headers.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to an unexpected error: problem+json for the API, a page for browsers.
    The log has the traceback under the request id.

    Where the database is away or busy, the answer is 503 and says when to come back.
    """
    # Django calls this while it handles the error, and does not pass it on.
    unavailable = is_unavailable(sys.exc_info()[1])
    if request.path.startswith("/api/"):
        response: HttpResponse = _unavailable_problem() if unavailable else _failure_problem()
    elif unavailable:
        page = loader.get_template("503.html").render()
        response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    else:
        return defaults.server_error(request)
    if unavailable:
        response["Retry-After"] = str(RETRY_AFTER)
        response["Cache-Control"] = "no-store"
    return response


def _unavailable_problem() -> HttpResponse:
    return _problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        _(
            "The database does not answer in time, and your request was not saved. Send it"
            " again after the seconds in Retry-After."
        ),
    )


def _failure_problem() -> HttpResponse:
    return _problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _(
            "The server failed and did not save your request. Try again; if it fails again,"
            " report the X-Request-ID."
        ),
    )


def _problem(status: HTTPStatus, detail: str) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        "errors": [],
    }
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


urlpatterns = [
    path("v1/me/", Me.as_view()),
    path("v1/schema/", OpenApi.as_view(), name="api_document"),
    path("v1/docs/", page, name="api_page"),
    path("v1/", include("claims.api.urls")),
    # Last: whatever nothing above matched.
    re_path("", UnknownAddress.as_view()),
]
