"""The domain's refusals as problems: wrong state 409, stale 412, gates 422, a bad address 400."""

from typing import ClassVar

from rest_framework.response import Response

from claims.workflow import GateError, StaleError, WorkflowError
from factcheck.drf.errors import Fault, Problem, bad_field
from factcheck.drf.views import ApiView
from sources.canonical import UrlError


class ClaimsView(ApiView):
    url_field: ClassVar[str] = "url"

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(bad_field(self.url_field, str(exc)) if isinstance(exc, UrlError) else _problem(exc))


def _problem(exc: Exception) -> Exception:
    if isinstance(exc, GateError):
        return Problem(422, str(exc), [Fault(gap.text, code=gap.code, place=gap.place) for gap in exc.missing])
    if isinstance(exc, StaleError):
        return Problem(412, str(exc))
    return Problem(409, str(exc)) if isinstance(exc, WorkflowError) else exc
