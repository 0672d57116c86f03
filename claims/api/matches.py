"""What is known of a text, over the API."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.matches import MatchesOut, MatchQuery
from claims.matching import lookup
from factcheck.drf.auth import caller
from factcheck.drf.serializers import Strict


class Matches(ClaimsView):
    query: ClassVar[type[Strict]] = MatchQuery

    @extend_schema(operation_id="find_matches", parameters=[MatchQuery], responses=MatchesOut)
    def get(self, request: Request) -> Response:
        """Claims, published verdicts, repetitions and fact checks of others that
        resemble a text: what you may see, and what readers have, best first.
        """
        asked = self.query_params
        found = lookup.for_person(asked["text"], asked["language"], by=caller(request))
        return Response(MatchesOut({"matches": found}).data)
