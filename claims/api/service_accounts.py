"""Service accounts over the API, for those who manage the people of a desk."""

from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.service_accounts import (
    IssuedTokenOut,
    ServiceAccountIn,
    ServiceAccountOut,
    ServiceAccountQuery,
    ServiceTokenIn,
)
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom import service_accounts, tokens
from factcheck.newsroom.managed import manageable_desks, manageable_services
from factcheck.newsroom.models import ApiToken, User
from factcheck.newsroom.permissions import may_anywhere

_MANAGE = ("people:manage",)


def _managed(user: User) -> QuerySet[User]:
    if not may_anywhere(user, "people.manage"):
        raise PermissionDenied(_("Only admins of a desk manage its service accounts."))
    issued = Prefetch("api_tokens", ApiToken.objects.order_by("-created_at", "-pk"))
    return manageable_services(user).prefetch_related("memberships__desk", issued)


def _answer(user: User, account: UUID, *, status: int = 200) -> Response:
    return Response(ServiceAccountOut(get_or_404(_managed(user), account)).data, status=status)


class ServiceAccounts(ClaimsView):
    scopes: ClassVar[Any] = {"GET": _MANAGE, "POST": _MANAGE}
    query: ClassVar[type[Strict]] = ServiceAccountQuery

    @extend_schema(
        operation_id="list_service_accounts",
        parameters=[ServiceAccountQuery],
        responses=page_shape(ServiceAccountOut),
    )
    def get(self, request: Request) -> Response:
        """The service accounts of the desks you manage, newest first, with their
        tokens.
        """
        rows = _managed(caller(request))
        if desk := self.query_params.get("desk"):
            rows = rows.filter(memberships__desk__public_id=desk)
        return self.page_of(rows, ServiceAccountOut)

    @extend_schema(
        operation_id="create_service_account",
        request=ServiceAccountIn,
        responses={201: ServiceAccountOut, 200: ServiceAccountOut},
    )
    def post(self, request: Request) -> Response:
        """Create a service account, which can do nothing before it has a token. One of
        this name that the desk already has is answered with 200.
        """
        user, data = caller(request), self.validated(ServiceAccountIn)
        _managed(user)
        desk = manageable_desks(user).filter(public_id=data["desk"]).first()
        if desk is None:
            raise bad_field("desk", _("Desk not found, or you do not manage its people."))
        account, new = service_accounts.create(desk, by=user, name=data["name"])
        return _answer(user, account.public_id, status=201 if new else 200)


class OneServiceAccount(ClaimsView):
    scopes: ClassVar[Any] = {"GET": _MANAGE}

    @extend_schema(operation_id="read_service_account", responses=ServiceAccountOut)
    def get(self, request: Request, service_account: UUID) -> Response:
        """One service account with its tokens, newest first."""
        return _answer(caller(request), service_account)


class EndServiceAccount(ClaimsView):
    scopes: ClassVar[Any] = {"POST": _MANAGE}

    @extend_schema(
        operation_id="end_service_account", request=EmptyBody, responses=ServiceAccountOut
    )
    def post(self, request: Request, service_account: UUID) -> Response:
        """Revoke its tokens and close it for good. Its name stays on what it sent."""
        self.validated(EmptyBody)
        user = caller(request)
        service_accounts.end(get_or_404(_managed(user), service_account), by=user)
        return _answer(user, service_account)


class ServiceAccountTokens(ClaimsView):
    scopes: ClassVar[Any] = {"POST": _MANAGE}
    # The answer has the secret, which is stored nowhere.
    takes_idempotency_key = False

    @extend_schema(
        operation_id="issue_service_token",
        request=ServiceTokenIn,
        responses={201: IssuedTokenOut},
    )
    def post(self, request: Request, service_account: UUID) -> Response:
        """Issue a token with these scopes. Its text is in this answer alone; a repeat
        issues another token.
        """
        user, data = caller(request), self.validated(ServiceTokenIn)
        token, plain = tokens.issue(
            get_or_404(_managed(user), service_account),
            by=user,
            name=data["name"],
            scopes=data["scopes"],
            expires_at=data.get("expires_at"),
        )
        vars(token)["token"] = plain
        return Response(IssuedTokenOut(token).data, status=201)
