"""Domain errors as HTTP problems: wrong state 409, stale version 412, unmet
requirements 422, bad URL 400.
"""

from typing import Any, ClassVar

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import is_success

from claims.desk.recent_changes import last_changes
from claims.models import Claim
from claims.workflow import GateError, StaleError, WorkflowError
from factcheck.drf.auth import caller
from factcheck.drf.errors import Fault, Problem, bad_field
from factcheck.drf.schema import CLAIM_VERSION
from factcheck.drf.views import ApiView
from factcheck.ledger.encryption import DecryptionError
from sources.canonical_urls import UrlError


class ClaimsView(ApiView):
    """An ApiView that translates the errors of claims and sources.

    `url_field` is the request field that a UrlError is about.
    """

    url_field: ClassVar[str] = "url"
    # For the OpenAPI document.
    tells_claim_version: ClassVar[bool] = True
    # Audit actions whose changes a 412 lists; all of the claim if empty. A client that
    # saved an old verdict is not helped by hearing who changed the topic.
    stale_of: ClassVar[tuple[str, ...]] = ()

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """Tell each write the version of the claim that it leaves behind: whatever
        hangs on a claim may raise it, and the next action must name it.
        """
        finalized = super().finalize_response(request, response, *args, **kwargs)
        if request.method not in SAFE_METHODS and is_success(finalized.status_code):
            data = getattr(finalized, "data", None)
            told = data.get("claim") if isinstance(data, dict) else None
            answered = getattr(getattr(data, "serializer", None), "instance", None)
            if isinstance(answered, Claim):
                # The answer is the claim itself, as where it was only now made.
                finalized[CLAIM_VERSION] = f'"v{answered.version}"'
            elif public_id := self.kwargs.get("claim") or told:
                rows = Claim.objects.filter(public_id=public_id).values_list("version", flat=True)
                finalized[CLAIM_VERSION] = f'"v{rows.get()}"'
        return finalized

    def handle_exception(self, exc: Exception) -> Response:
        # Here and not in _problem: the list of changes needs the request.
        if isinstance(exc, StaleError):
            return super().handle_exception(
                Problem(412, str(exc), self._changes(exc.current - exc.expected))
            )
        return super().handle_exception(
            bad_field(self.url_field, str(exc)) if isinstance(exc, UrlError) else _problem(exc)
        )

    def _changes(self, how_many: int) -> list[Fault]:
        """Who changed what, newest first, as far as the caller may read it."""
        user = caller(self.request)
        # Read again through visible_to: the refusal must not name changes of a claim
        # the caller cannot see.
        claim = Claim.objects.visible_to(user).filter(public_id=self.kwargs.get("claim")).first()
        changes = last_changes(claim, user, actions=self.stale_of) if claim else []
        return [
            Fault(str(change), code="changed", field="version")
            for change in changes[: max(how_many, 0)]
        ]


def _problem(exc: Exception) -> Exception:
    if isinstance(exc, GateError):
        return Problem(
            422,
            str(exc),
            [
                Fault(requirement.text, code=requirement.code, anchor=requirement.anchor)
                for requirement in exc.missing
            ],
        )
    if isinstance(exc, DecryptionError):
        # Nothing is wrong with the request; it succeeds once the key is back.
        return Problem(503, str(exc))
    return Problem(409, str(exc)) if isinstance(exc, WorkflowError) else exc
