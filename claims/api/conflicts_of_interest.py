"""Declared interests over the API: one's own, and for editors and admins those of their
desks.
"""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.conflicts_of_interest import InterestIn, InterestOut, InterestQuery
from claims.desk import conflicts_of_interest
from claims.desk.conflicts_of_interest import DeclaredInterest
from claims.models import Claim, Interest
from claims.rules.conflicts_of_interest import interests_in
from factcheck.drf.auth import caller
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User


def _visible(user: User) -> QuerySet[Interest]:
    return Interest.objects.visible_to(user).select_related("user", "claimant", "owner")


class DeclaredInterests(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("claims:write", "verdicts:write")}
    query: ClassVar[type[Strict]] = InterestQuery

    @extend_schema(
        operation_id="list_interests", parameters=[InterestQuery], responses=page_shape(InterestOut)
    )
    def get(self, request: Request) -> Response:
        """The interests you may see, newest first, ended ones too."""
        user, rows = caller(request), _visible(caller(request))
        if claim := self.query_params.get("claim"):
            # Narrows what the caller may see; on its own interests_in knows no caller.
            rows = rows.filter(
                pk__in=interests_in(get_or_404(Claim.objects.visible_to(user), claim))
                .order_by()
                .values("pk")
            )
        return self.page_of(rows, InterestOut)

    @extend_schema(
        operation_id="declare_interest",
        request=InterestIn,
        responses={201: InterestOut, 200: InterestOut},
    )
    def post(self, request: Request) -> Response:
        """Declare an interest of your own. Repeating one that is current is answered
        with 200.
        """
        user, data = caller(request), self.validated(InterestIn)
        interest, new = conflicts_of_interest.declare(by=user, declaration=DeclaredInterest(**data))
        return Response(
            InterestOut(get_or_404(_visible(user), interest.public_id)).data,
            status=201 if new else 200,
        )


class EndInterest(ClaimsView):
    # `verdicts:write` marks a token its owner made: an interest is declared and ended
    # in person.
    scopes = {"POST": ("claims:write", "verdicts:write")}

    @extend_schema(operation_id="end_interest", request=EmptyBody, responses=InterestOut)
    def post(self, request: Request, interest: UUID) -> Response:
        """End an interest of your own. The row is kept."""
        self.validated(EmptyBody)
        user = caller(request)
        conflicts_of_interest.end(get_or_404(_visible(user), interest), by=user)
        return Response(InterestOut(get_or_404(_visible(user), interest)).data)
