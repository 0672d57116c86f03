"""Changed sources through the API: what waits, what the words were and are, and the decision that
they still support.
"""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.source_changes import (
    SourceChangeDetailOut,
    SourceChangeOut,
    SourceChangeQuery,
    SupportsIn,
)
from claims.evidence import source_changes
from claims.models import SourceChange
from factcheck.drf.auth import caller
from factcheck.drf.serializers import Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

_LONG = ("before__text", "before__page_text", "after__text", "after__page_text")


def _visible(user: User) -> QuerySet[SourceChange]:
    rows = SourceChange.objects.visible_to(user)
    return rows.select_related(
        "evidence__claim__desk", "evidence__link", "before", "after", "decided_by"
    )


class Changes(ClaimsView):
    query: ClassVar[type[Strict]] = SourceChangeQuery

    @extend_schema(
        operation_id="list_changes",
        parameters=[SourceChangeQuery],
        responses=page_shape(SourceChangeOut),
    )
    def get(self, request: Request) -> Response:
        """Cited pages that said something else than was read in them, newest first; settled ones
        too.
        """
        lookups = {
            "decision": "decision",
            "claim": "evidence__claim__public_id",
            "evidence": "evidence__public_id",
        }
        asked = {
            lookup: self.query_params[name]
            for name, lookup in lookups.items()
            if self.query_params.get(name)
        }
        return self.page_of(
            _visible(caller(request)).defer(*_LONG).filter(**asked), SourceChangeOut
        )


class OneSourceChange(ClaimsView):
    @extend_schema(operation_id="read_change", responses=SourceChangeDetailOut)
    def get(self, request: Request, change: UUID) -> Response:
        """One, with the difference of the two texts."""
        return Response(SourceChangeDetailOut(get_or_404(_visible(caller(request)), change)).data)


class DecideSourceChange(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(operation_id="decide_change", request=SupportsIn, responses=SourceChangeOut)
    def post(self, request: Request, change: UUID) -> Response:
        """Say that you compared the texts and the page still supports what the evidence says. The
        same again changes nothing.
        """
        user = caller(request)
        found = get_or_404(_visible(user), change)
        if not may(user, "source_change.decide", found):
            raise PermissionDenied(
                "Only checkers and editors decide about changed sources. Ask one of the desk."
            )
        source_changes.decide(found, by=user, note=self.validated(SupportsIn)["note"])
        return Response(SourceChangeOut(get_or_404(_visible(user), change)).data)
