"""The selection ledger over the API: row by row in pages, and counted."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from claims.api.base import ClaimsView
from claims.api.serializers.selection_log import (
    OFFERS,
    Filters,
    SelectionLogEntryOut,
    SelectionQuery,
    TotalsOut,
)
from claims.intake import selection_log
from claims.intake.selection_log import Place, Row, SelectionFilter
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import Strict
from factcheck.drf.views import page_shape
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where


class Selections(ClaimsView):
    query: ClassVar[type[Strict]] = SelectionQuery

    @extend_schema(
        operation_id="list_selections",
        parameters=[SelectionQuery],
        responses=page_shape(SelectionLogEntryOut),
    )
    def get(self, request: Request) -> Response:
        """What your desks did with everything that was offered, newest first. Pages lead on by
        “next” alone.
        """
        size = self.query_params["page_size"]
        after = _place(self.query_params["cursor"]) if self.query_params["cursor"] else None
        rows = list(
            selection_log.entries(
                caller(request), _asked(caller(request), self.query_params), after=after
            )[: size + 1]
        )
        following = _link(request, rows[size - 1]) if len(rows) > size else None
        shown = [selection_log.exported(row) for row in rows[:size]]
        return Response(
            {"next": following, "previous": None, "results": shown},
            headers={"Link": f'<{following}>; rel="next"'} if following else None,
        )


class SelectionTotals(ClaimsView):
    query: ClassVar[type[Strict]] = Filters

    @extend_schema(operation_id="count_selections", parameters=[Filters], responses=TotalsOut)
    def get(self, request: Request) -> Response:
        """The same, counted by decision, for each claimant and each topic."""
        found = selection_log.totals(caller(request), _asked(caller(request), self.query_params))
        told = {"claimants": found.claimants, "topics": found.topics}
        listed = {
            name: [{"name": line, "counts": counts} for line, counts in lines]
            for name, lines in told.items()
        }
        return Response({"decisions": found.decisions, **listed})


def _asked(user: User, told: dict[str, Any]) -> SelectionFilter:
    names = ("decision", "reason", "claimant", "topic", "first", "last")
    try:
        return SelectionFilter(
            desk=_desk(user, told.get("desk")),
            **{name: told[name] for name in names if name in told},
        )
    except ValidationError as error:
        raise bad_field(next(iter(error.message_dict)), " ".join(error.messages)) from None


def _desk(user: User, wanted: Any) -> Desk | None:
    if wanted is None:
        return None
    desk = Desk.objects.filter(
        pk__in=desks_where(user, "selection_log.view"), public_id=wanted
    ).first()
    if desk is None:
        raise bad_field(
            "desk", "You read the selections of no desk with this id. GET /api/v1/me/ lists yours."
        )
    return desk


def _link(request: Request, row: Row) -> str:
    cursor = json.dumps([row["at"].isoformat(), row["offer"], row["row"]], separators=(",", ":"))
    return str(
        replace_query_param(
            request.build_absolute_uri(),
            "cursor",
            urlsafe_b64encode(cursor.encode()).decode().rstrip("="),
        )
    )


def _place(cursor: str) -> Place:
    try:
        at, offer, row = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(at).astimezone(UTC)
        if offer in OFFERS and type(row) is int and 0 < row < 2**63:
            return moment, offer, row
    except (ValueError, TypeError, RecursionError, OverflowError):
        pass
    raise bad_field("cursor", "This is no cursor of this list. Follow the link “next” as it is.")
