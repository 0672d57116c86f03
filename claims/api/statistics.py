"""The numbers of the dashboard over the API, and how good suggestions are."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.statistics import AccuracyListOut, StatisticsOut, StatisticsQuery
from claims.choices import Age
from claims.desk import dashboard
from claims.desk.dashboard import Scope
from claims.intake import selection_log
from claims.intake.selection_filter import SelectionFilter
from claims.models import Suggestion
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import Strict
from factcheck.newsroom.models import Desk, User


class Statistics(ClaimsView):
    query: ClassVar[type[Strict]] = StatisticsQuery

    @extend_schema(
        operation_id="read_statistics", parameters=[StatisticsQuery], responses=StatisticsOut
    )
    def get(self, request: Request) -> Response:
        """What the dashboard shows, with its period: three years at most. For editors
        and auditors of a desk; each number counts what you may see.
        """
        user, asked = caller(request), self.query_params
        desks = _desks(user, asked.get("desk"))
        first, last = dashboard.period(asked.get("first"), asked.get("last"))
        scope = Scope(user, frozenset(desk.pk for desk in desks), first, last)
        one = desks[0] if asked.get("desk") else None
        selection = SelectionFilter(desk=one, first=first, last=last)
        told = {
            "first": first,
            "last": last,
            "desks": [desk.public_id for desk in desks],
            "by_month": scope.by_month,
            "selected": _selected(user, selection),
            **_of_work(scope),
            **_of_verdicts(scope),
        }
        return Response(StatisticsOut(told).data)


def _desks(user: User, asked: Any) -> list[Desk]:
    desks = dashboard.desks_of(user)
    if not desks:
        raise PermissionDenied(_("The dashboard is for editors and auditors of a desk."))
    chosen = [desk for desk in desks if asked in (None, desk.public_id)]
    if not chosen:
        raise bad_field("desk", _("Desk not found, or you do not see its dashboard."))
    return chosen


def _of_work(scope: Scope) -> dict[str, Any]:
    backlog = [
        {
            "status": status,
            "claims": number,
            "overdue": late,
            "ages": dict(zip(Age.values, ages, strict=True)),
        }
        for status, (number, late, *ages) in sorted(dashboard.backlog(scope).items())
    ]
    turnaround = []
    for day, claims, hours in dashboard.turnaround(scope):
        first, last = dashboard.days_of(scope, day)
        turnaround.append({"first": first, "last": last, "claims": claims, "median_hours": hours})
    load = [
        {"person": person.username, "unfinished": number, "overdue": late}
        for person, number, late in dashboard.load(scope)
    ]
    return {"backlog": backlog, "turnaround": turnaround, "load": load}


def _of_verdicts(scope: Scope) -> dict[str, Any]:
    return {
        "corrections": dashboard.reliability(scope),
        "links": [
            {"state": state, "links": number} for state, number in dashboard.link_health(scope)
        ],
        "acceptance": dashboard.acceptance(scope),
        "repeated": [
            {"claimant": name, "repetitions": number} for name, number in dashboard.repeated(scope)
        ],
    }


def _selected(user: User, selection: SelectionFilter) -> dict[str, Any]:
    totals = selection_log.totals(user, selection)
    grouped = {"claimants": totals.claimants, "topics": totals.topics}
    return {
        name: [{"name": line, "counts": counts} for line, counts in lines]
        for name, lines in grouped.items()
    }


class SuggestionAccuracy(ClaimsView):
    scopes = {"GET": ("articles:read",)}

    @extend_schema(operation_id="read_suggestion_accuracy", responses=AccuracyListOut)
    def get(self, request: Request) -> Response:
        """What became of suggestions, for each version of an extractor and band of
        scores. What a person chose themselves is not among them.
        """
        rows = Suggestion.objects.visible_to(caller(request)).decision_counts()
        return Response(AccuracyListOut({"results": rows}).data)
