"""Source changes over the API: list them, compare both texts, and decide that the
evidence holds.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.source_changes import (
    MAX_ALIKE,
    DecidedChangeOut,
    SourceChangeDetailOut,
    SourceChangeOut,
    SourceChangeQuery,
    SupportsIn,
)
from claims.evidence import source_changes
from claims.evidence.source_changes_alike import alike, decide_alike
from claims.models import SourceChange
from factcheck.drf.auth import caller
from factcheck.drf.lists import in_range
from factcheck.drf.serializers import Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

# The texts of two captures, a million characters each at worst; a list shows neither.
_LONG = ("before__text", "before__page_text", "after__text", "after__page_text")


def _visible(user: User) -> QuerySet[SourceChange]:
    rows = SourceChange.objects.visible_to(user)
    return rows.select_related(
        "evidence__claim__desk", "evidence__link", "before", "after", "decided_by"
    )


class SourceChanges(ClaimsView):
    scopes = {"GET": ("evidence:read",)}
    query: ClassVar[type[Strict]] = SourceChangeQuery

    @extend_schema(
        operation_id="list_source_changes",
        parameters=[SourceChangeQuery],
        responses=page_shape(SourceChangeOut),
    )
    def get(self, request: Request) -> Response:
        """Cited pages whose text differs from their capture, newest first, including
        decided ones.
        """
        lookups = {
            "decision": "decision",
            "claim": "evidence__claim__public_id",
            "evidence": "evidence__public_id",
            "desk": "evidence__claim__desk__public_id",
        }
        filters = {
            lookup: self.query_params[name]
            for name, lookup in lookups.items()
            if self.query_params.get(name)
        }
        rows = _visible(caller(request)).defer(*_LONG).filter(**filters)
        zone = "evidence__claim__desk__time_zone"
        rows = in_range(rows, self.query_params, "noticed", "noticed_at", zone)
        return self.page_of(rows, SourceChangeOut)


class OneSourceChange(ClaimsView):
    scopes = {"GET": ("evidence:read",)}

    @extend_schema(operation_id="read_source_change", responses=SourceChangeDetailOut)
    def get(self, request: Request, source_change: UUID) -> Response:
        """One source change, with the difference between the two texts."""
        user = caller(request)
        change: Any = get_or_404(_visible(user), source_change)
        change.alike = alike(change, by=user)[:MAX_ALIKE] if change.pending else ()
        return Response(SourceChangeDetailOut(change).data)


class DecideSourceChange(ClaimsView):
    scopes = {"POST": ("evidence:write",)}

    @extend_schema(
        operation_id="decide_source_change", request=SupportsIn, responses=DecidedChangeOut
    )
    def post(self, request: Request, source_change: UUID) -> Response:
        """Confirm that you compared the texts and the page still supports the evidence.
        `also` decides other citations of the same page and text with it. A repeat
        changes nothing.
        """
        user = caller(request)
        change_row = get_or_404(_visible(user), source_change)
        if not may(user, "source_change.decide", change_row):
            raise PermissionDenied(
                _(
                    "Only checkers and editors of the desk decide on source changes. Ask one of"
                    " them."
                )
            )
        data = self.validated(SupportsIn)
        source_changes.decide(change_row, by=user, note=data["note"])
        others = _visible(user).filter(public_id__in=data.get("also", []))
        decided: Any = get_or_404(_visible(user), source_change)
        decided.also = decide_alike(
            decided, others.values_list("pk", flat=True), by=user, note=data["note"]
        )
        return Response(DecidedChangeOut(decided).data)
