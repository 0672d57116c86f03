"""Roles of people on desks over the API: who has which, giving, narrowing and ending
one.
"""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.people import MANAGE, require_manager
from claims.api.serializers.people import RoleIn, RoleOut, RoleQuery
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import Strict
from factcheck.drf.views import page_shape
from factcheck.newsroom import roles
from factcheck.newsroom.managed import manageable_desks
from factcheck.newsroom.models import Membership, User

_TERM = ("end_date", "assigned_only")
_LOOKUPS = {"desk": "desk__public_id", "person": "user__username", "role": "role"}


def _managed(user: User) -> QuerySet[Membership]:
    require_manager(user)
    people = Membership.objects.filter(user__is_service=False)
    return people.filter(desk__in=manageable_desks(user)).select_related("user", "desk")


class Roles(ClaimsView):
    scopes: ClassVar[Any] = {"GET": MANAGE, "POST": MANAGE}
    query: ClassVar[type[Strict]] = RoleQuery

    @extend_schema(operation_id="list_roles", parameters=[RoleQuery], responses=page_shape(RoleOut))
    def get(self, request: Request) -> Response:
        """Who has or had which role on the desks you manage, the newest first."""
        rows, asked = _managed(caller(request)), self.query_params
        rows = rows.filter(**{_LOOKUPS[name]: asked[name] for name in _LOOKUPS if asked.get(name)})
        if (current := asked["current"]) is not None:
            counting = Membership.objects.current().values("pk")
            rows = rows.filter(pk__in=counting) if current else rows.exclude(pk__in=counting)
        return self.page_of(rows, RoleOut)

    @extend_schema(operation_id="give_role", request=RoleIn, responses={201: RoleOut, 200: RoleOut})
    def post(self, request: Request) -> Response:
        """Give somebody a role on a desk, or change how long it lasts and how far it
        reaches, which is answered with 200. Nobody gives a role to themselves.
        """
        user, data = caller(request), self.validated(RoleIn)
        require_manager(user)
        person = User.objects.filter(username=data["person"], is_service=False).first()
        if person is None:
            raise bad_field("person", _("Nobody has this username."))
        desk = manageable_desks(user).filter(public_id=data["desk"]).first()
        if desk is None:
            raise bad_field("desk", _("Desk not found, or you do not manage its people."))
        term = {name: value for name, value in data.items() if name in _TERM}
        row, new = roles.give(person, desk, data["role"], by=user, term=term)
        return Response(RoleOut(row).data, status=201 if new else 200)
