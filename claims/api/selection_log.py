"""The selection log over the API: entries in pages, and totals."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
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
from claims.intake.selection_filter import SelectionFilter
from claims.intake.selection_log import Place, Row
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import Strict
from factcheck.drf.views import page_shape
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where


class SelectionLog(ClaimsView):
    query: ClassVar[type[Strict]] = SelectionQuery

    @extend_schema(
        operation_id="list_selection_log",
        parameters=[SelectionQuery],
        responses=page_shape(SelectionLogEntryOut),
    )
    def get(self, request: Request) -> Response:
        """What your desks decided about every suggestion and claim, newest first. Pages
        link only to “next”.
        """
        # Not page_of: the log is a union of two tables, whose cursor is time, table and
        # key.
        size = self.query_params["page_size"]
        after = _place(self.query_params["cursor"]) if self.query_params["cursor"] else None
        rows = list(
            selection_log.entries(
                caller(request), _filters(caller(request), self.query_params), after=after
            )[: size + 1]
        )
        following = _link(request, rows[size - 1]) if len(rows) > size else None
        shown = SelectionLogEntryOut(list(map(selection_log.exported, rows[:size])), many=True)
        return Response(
            {"next": following, "previous": None, "results": shown.data},
            headers={"Link": f'<{following}>; rel="next"'} if following else None,
        )


class SelectionTotals(ClaimsView):
    query: ClassVar[type[Strict]] = Filters

    @extend_schema(operation_id="count_selection_log", parameters=[Filters], responses=TotalsOut)
    def get(self, request: Request) -> Response:
        """The entries counted by decision, in all and for each claimant and topic."""
        totals = selection_log.totals(caller(request), _filters(caller(request), self.query_params))
        grouped = {"claimants": totals.claimants, "topics": totals.topics}
        listed = {
            name: [{"name": line, "counts": counts} for line, counts in lines]
            for name, lines in grouped.items()
        }
        return Response({"decisions": totals.decisions, **listed})


def _filters(user: User, params: dict[str, Any]) -> SelectionFilter:
    names = ("decision", "reason", "claimant", "topic", "first", "last")
    try:
        return SelectionFilter(
            desk=_desk(user, params.get("desk")),
            **{name: params[name] for name in names if name in params},
        )
    except ValidationError as error:
        raise bad_field(next(iter(error.message_dict)), " ".join(error.messages)) from None


def _desk(user: User, desk_id: Any) -> Desk | None:
    if desk_id is None:
        return None
    desk = Desk.objects.filter(
        pk__in=desks_where(user, "selection_log.view"), public_id=desk_id
    ).first()
    if desk is None:
        raise bad_field(
            "desk",
            _("Desk not found, or you cannot read its selection log. GET /api/v1/me/ lists yours."),
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
    # The cursor comes back from the client: anything that is not exactly ours is
    # refused, a bool that passes for an int included.
    try:
        at, offer, row = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(at).astimezone(UTC)
        if offer in OFFERS and type(row) is int and 0 < row < 2**63:
            return moment, offer, row
    except (ValueError, TypeError, RecursionError, OverflowError):
        pass
    raise bad_field(
        "cursor", _("This cursor is not valid for this list. Follow the link “next” unchanged.")
    )
