"""API tokens over the API: which there are, and revoking them.

None is made for a person here. A token that made others would outlive its own end and
its revocation, and give itself the scopes that it was not given; and one that signs or
publishes is made by somebody who shows their second factor, which a token cannot. Those
of service accounts never decide or sign anything: see `service_accounts`.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.people import MANAGE
from claims.api.serializers.tokens import TokenOut, TokenQuery
from factcheck.drf.auth import caller
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom import tokens
from factcheck.newsroom.models import ApiToken, User


def _managed(user: User) -> QuerySet[ApiToken]:
    rows = ApiToken.objects.filter(owner__in=tokens.owners_managed_by(user))
    return rows.select_related("owner", "made_by")


class Tokens(ClaimsView):
    scopes: ClassVar[Any] = {"GET": MANAGE}
    query: ClassVar[type[Strict]] = TokenQuery

    @extend_schema(
        operation_id="list_tokens", parameters=[TokenQuery], responses=page_shape(TokenOut)
    )
    def get(self, request: Request) -> Response:
        """Your tokens and those of the people and service accounts you manage, newest
        first. A token of a person is made on the page “API tokens” alone.
        """
        user, asked = caller(request), self.query_params
        rows = _managed(user)
        if owner := asked.get("owner"):
            rows = rows.filter(owner__username=user.username if owner == "me" else owner)
        if asked["revoked"] is not None:
            rows = rows.filter(revoked_at__isnull=not asked["revoked"])
        return self.page_of(rows, TokenOut)


class OneToken(ClaimsView):
    scopes: ClassVar[Any] = {"GET": MANAGE}

    @extend_schema(operation_id="read_token", responses=TokenOut)
    def get(self, request: Request, api_token: UUID) -> Response:
        """One token: what it may be used for, until when, and its last use."""
        return Response(TokenOut(get_or_404(_managed(caller(request)), api_token)).data)


class RevokeToken(ClaimsView):
    scopes: ClassVar[Any] = {"POST": MANAGE}

    @extend_schema(operation_id="revoke_token", request=EmptyBody, responses=TokenOut)
    def post(self, request: Request, api_token: UUID) -> Response:
        """Revoke it: it opens nothing from now on, this one too. Again changes
        nothing.
        """
        self.validated(EmptyBody)
        user = caller(request)
        tokens.revoke(get_or_404(_managed(user), api_token), by=user)
        return Response(TokenOut(get_or_404(_managed(user), api_token)).data)
