"""Claimants over the API: those your desks know, their words, and sharing one with all
desks.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.claimants import ClaimantPatch, ClaimantQuery, KnownClaimantOut
from factcheck.drf.auth import caller
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where
from sources import claimants
from sources.claimants import WORDS
from sources.models import Claimant


def _known(user: User) -> QuerySet[Claimant]:
    # Who sees assigned work only must not learn whom the desk writes about.
    if not desks_where(user, "link.view"):
        raise PermissionDenied(
            _("Your role does not include the list of claimants. Ask an editor of your desk.")
        )
    return Claimant.objects.visible_to(user).current().select_related("desk")


class Claimants(ClaimsView):
    scopes = {"GET": ("claims:read",)}
    query: ClassVar[type[Strict]] = ClaimantQuery
    order = ("name", "pk")

    @extend_schema(
        operation_id="list_claimants",
        parameters=[ClaimantQuery],
        responses=page_shape(KnownClaimantOut),
    )
    def get(self, request: Request) -> Response:
        """Who your desks know to have claimed something, by name. A claim names one by
        its words, which makes it if it is new.
        """
        rows, asked = _known(caller(request)), self.query_params
        if name := asked.get("name"):
            rows = rows.filter(name__icontains=name)
        if kind := asked.get("kind"):
            rows = rows.filter(kind=kind)
        return self.page_of(rows, KnownClaimantOut)


class OneClaimant(ClaimsView):
    scopes: ClassVar[Any] = {"GET": ("claims:read",), "PATCH": ("claims:write",)}

    @extend_schema(operation_id="read_claimant", responses=KnownClaimantOut)
    def get(self, request: Request, claimant: UUID) -> Response:
        """One claimant, in the words of now."""
        return Response(KnownClaimantOut(get_or_404(_known(caller(request)), claimant)).data)

    @extend_schema(operation_id="edit_claimant", request=ClaimantPatch, responses=KnownClaimantOut)
    def patch(self, request: Request, claimant: UUID) -> Response:
        """Give a claimant other words, as a new version: what was signed keeps the old
        ones, and claims get the new ones once somebody updates them.
        """
        user, data = caller(request), self.validated(ClaimantPatch)
        row = get_or_404(_known(user), claimant)
        words = {name: data.get(name, getattr(row, name)) for name in WORDS}
        claimants.describe(row, by=user, words=words)
        return Response(KnownClaimantOut(get_or_404(_known(user), claimant)).data)


class ShareClaimant(ClaimsView):
    scopes: ClassVar[Any] = {"POST": ("claims:write",)}

    @extend_schema(operation_id="share_claimant", request=EmptyBody, responses=KnownClaimantOut)
    def post(self, request: Request, claimant: UUID) -> Response:
        """Show a claimant of your desk to all desks, for good. For editors; again
        changes nothing.
        """
        self.validated(EmptyBody)
        user = caller(request)
        return Response(
            KnownClaimantOut(claimants.share(get_or_404(_known(user), claimant), by=user)).data
        )
