"""Background jobs over the API: how many there are, which failed, running one again.

A job is named by its kind and its number within it, as on the page of jobs.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.jobs import BackgroundJobOut, JobKindsOut, JobQuery
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import page_shape
from factcheck.newsroom.jobs import listing
from factcheck.newsroom.jobs.kinds import Kind, State, kinds_for
from factcheck.newsroom.jobs.listing import Filters
from factcheck.newsroom.jobs.running import run_again
from factcheck.newsroom.models import User


def _kinds(user: User) -> dict[str, Kind]:
    kinds = kinds_for(user)
    if not kinds:
        raise PermissionDenied(_("Your roles include no background jobs."))
    return kinds


def _kind(user: User, name: str) -> Kind:
    kind = _kinds(user).get(name)
    if kind is None:
        raise _not_found()
    return kind


def _not_found() -> Problem:
    return Problem(404, _("Job not found, or you do not have access to it."))


def _answer(user: User, kind: Kind, number: int) -> Response:
    row = kind.with_state(kind.rows(user)).filter(pk=number).first()
    if row is None:
        raise _not_found()
    return Response(BackgroundJobOut(row, context={"kind": kind, "by": user}).data)


class Jobs(ClaimsView):
    @extend_schema(operation_id="count_jobs", responses=JobKindsOut)
    def get(self, request: Request) -> Response:
        """The kinds of background jobs that you may know of, each with how many there
        are in which state.
        """
        user = caller(request)
        kinds = _kinds(user)
        numbers, abandoned = listing.numbers(user, kinds)
        shown = [
            {
                "kind": kind.name,
                "title": str(kind.title),
                "counts": {state.value: numbers[kind.name, state] for state in State},
            }
            for kind in kinds.values()
        ]
        return Response(JobKindsOut({"abandoned": abandoned, "kinds": shown}).data)


class JobsOfKind(ClaimsView):
    query: ClassVar[type[Strict]] = JobQuery

    @extend_schema(
        operation_id="list_jobs", parameters=[JobQuery], responses=page_shape(BackgroundJobOut)
    )
    def get(self, request: Request, kind: str) -> Response:
        """The jobs of a kind that failed or are tried again later, newest first; with
        `state` those in another one, or all.
        """
        user, asked = caller(request), self.query_params
        known = _kind(user, kind)
        filters = Filters(kind, asked.get("state", ""), asked.get("q", ""))
        rows: Any = known.with_state(listing.rows_asked_for(known, user, filters))
        return self.page_of(rows, BackgroundJobOut, kind=known, by=user)


class OneJob(ClaimsView):
    @extend_schema(operation_id="read_job", responses=BackgroundJobOut)
    def get(self, request: Request, kind: str, number: int) -> Response:
        """One job, with how it went."""
        user = caller(request)
        return _answer(user, _kind(user, kind), number)


class RunJobAgain(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="run_job_again", request=EmptyBody, responses=BackgroundJobOut)
    def post(self, request: Request, kind: str, number: int) -> Response:
        """Make a job due now that failed or waits for another try. One that is in the
        queue or running stays so, and again changes nothing; one that is done is a 409.
        """
        self.validated(EmptyBody)
        user = caller(request)
        known = _kind(user, kind)
        done = known.in_states(user, [State.DONE]).filter(pk=number)
        if not run_again(known, number, by=user) and done.exists():
            raise Problem(409, _("This job is not waiting to be run again."))
        return _answer(user, known, number)
