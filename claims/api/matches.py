"""What is known of a text, over the API."""

from typing import ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.matches import MatchAccuracyListOut, MatchesOut, MatchQuery
from claims.matching import lookup
from claims.models import MatchAnswer
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import Strict
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import desks_where


class MatchAccuracy(ClaimsView):
    @extend_schema(operation_id="read_match_accuracy", responses=MatchAccuracyListOut)
    def get(self, request: Request) -> Response:
        """What became of matches: how many were accepted (as a repetition, another
        version or a duplicate) and how many were refused, for each version of the
        matcher and band of closeness. A desk sets `match_same_from` and
        `match_similar_from` by it.
        """
        rows = MatchAnswer.objects.visible_to(caller(request)).counts()
        return Response(MatchAccuracyListOut({"results": rows}).data)


class Matches(ClaimsView):
    query: ClassVar[type[Strict]] = MatchQuery

    @extend_schema(operation_id="find_matches", parameters=[MatchQuery], responses=MatchesOut)
    def get(self, request: Request) -> Response:
        """Claims, published verdicts, repetitions and fact checks of others that
        resemble a text: what you may see, and what readers have, best first.
        """
        asked = self.query_params
        user, desk = caller(request), None
        if wanted := asked.get("desk"):
            desks = Desk.objects.filter(pk__in=desks_where(user, "claim.view"))
            desk = desks.filter(public_id=wanted).first()
            if desk is None:
                raise bad_field("desk", _("Desk not found, or you do not work on it."))
        found = lookup.for_person(asked["text"], asked["language"], by=user, desk=desk)
        return Response(MatchesOut({"matches": found}).data)
