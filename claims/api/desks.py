"""Desks over the API, for those who manage their people: their settings."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.people import MANAGE, require_manager
from claims.api.serializers.desks import DeskIn, DeskPatch, DeskSettingsOut
from factcheck.drf.auth import caller
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom import desk_changes
from factcheck.newsroom.managed import manageable_desks
from factcheck.newsroom.models import Desk, User


def _managed(user: User) -> QuerySet[Desk]:
    require_manager(user)
    return manageable_desks(user)


class Desks(ClaimsView):
    scopes: ClassVar[Any] = {"GET": MANAGE, "POST": MANAGE}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("name",)

    @extend_schema(
        operation_id="list_desks", parameters=[PageQuery], responses=page_shape(DeskSettingsOut)
    )
    def get(self, request: Request) -> Response:
        """The desks whose people you manage, by name, with their settings. The desks
        you work on are in `me/`.
        """
        return self.page_of(_managed(caller(request)), DeskSettingsOut)

    @extend_schema(operation_id="create_desk", request=DeskIn, responses={201: DeskSettingsOut})
    def post(self, request: Request) -> Response:
        """Create a desk, of which you are an admin then. Each name is given once, so a
        repeat is refused and changes nothing.
        """
        user, data = caller(request), self.validated(DeskIn)
        desk = desk_changes.create(data, by=user)
        return Response(DeskSettingsOut(desk).data, status=201)


class OneDesk(ClaimsView):
    scopes: ClassVar[Any] = {"GET": MANAGE, "PATCH": MANAGE}

    @extend_schema(operation_id="read_desk", responses=DeskSettingsOut)
    def get(self, request: Request, desk: UUID) -> Response:
        """One desk, with its settings."""
        return Response(DeskSettingsOut(get_or_404(_managed(caller(request)), desk)).data)

    @extend_schema(operation_id="edit_desk", request=DeskPatch, responses=DeskSettingsOut)
    def patch(self, request: Request, desk: UUID) -> Response:
        """Change settings; what is left out stays. They count from the next signature
        or deadline on, and change nothing that is published.
        """
        user, data = caller(request), self.validated(DeskPatch)
        row = get_or_404(_managed(user), desk)
        return Response(DeskSettingsOut(desk_changes.change(row, data, by=user)).data)
