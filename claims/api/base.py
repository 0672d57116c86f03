"""The domain's refusals as problems: wrong state 409, stale 412, gates 422, a bad address 400."""

from typing import ClassVar

from rest_framework.response import Response

from claims.desk.recent_changes import last_changes
from claims.models import Claim
from claims.workflow import GateError, StaleError, WorkflowError
from factcheck.drf.auth import caller
from factcheck.drf.errors import Fault, Problem, bad_field
from factcheck.drf.views import ApiView
from sources.canonical_urls import UrlError


class ClaimsView(ApiView):
    url_field: ClassVar[str] = "url"

    stale_of: ClassVar[
        tuple[str, ...]
    ] = ()  # whose changes a stale request is told of, by audit action; all if empty

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, StaleError):
            return super().handle_exception(
                Problem(412, str(exc), self._changes(exc.found - exc.expected))
            )
        return super().handle_exception(
            bad_field(self.url_field, str(exc)) if isinstance(exc, UrlError) else _problem(exc)
        )

    def _changes(self, how_many: int) -> list[Fault]:
        """Who changed what, newest first, as far as the caller may read it."""
        user = caller(self.request)
        claim = Claim.objects.visible_to(user).filter(public_id=self.kwargs.get("claim")).first()
        told = last_changes(claim, user, actions=self.stale_of) if claim else []
        return [
            Fault(str(change), code="changed", field="version")
            for change in told[: max(how_many, 0)]
        ]


def _problem(exc: Exception) -> Exception:
    if isinstance(exc, GateError):
        return Problem(
            422, str(exc), [Fault(gap.text, code=gap.code, place=gap.place) for gap in exc.missing]
        )
    return Problem(409, str(exc)) if isinstance(exc, WorkflowError) else exc
