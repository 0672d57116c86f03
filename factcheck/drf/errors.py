"""Errors of the API as application/problem+json (RFC 9457)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, RequestDataTooBig
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as ModelValidationError
from django.http import Http404, UnreadablePostError
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Fault:
    """One error: of a `field` of the request, or fixed at an `anchor` of the claim."""

    text: str
    code: str = ""
    field: str = ""
    anchor: str = ""


class Problem(exceptions.APIException):
    """An HTTP error with a list of faults."""

    def __init__(self, status: int, detail: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.status_code, self.faults = status, tuple(faults)


class TooLarge(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def bad_field(field: str, text: str) -> Problem:
    """A 400 about one field of the request; raise it."""
    return Problem(HTTPStatus.BAD_REQUEST, text, [Fault(text, code="invalid", field=field)])


def problem(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """The exception handler of the API. None means a bug: Django logs it and answers
    500.
    """
    api_exception = _as_api_exception(exc)
    if api_exception is None:
        return None
    if isinstance(api_exception, exceptions.NotAuthenticated):
        text = _("Send a token in the header Authorization: Bearer fc_…")
        api_exception.detail = exceptions.ErrorDetail(text)
    if isinstance(api_exception, exceptions.MethodNotAllowed):
        api_exception.detail = exceptions.ErrorDetail(_not_allowed(context))
    faults = (
        api_exception.faults
        if isinstance(api_exception, Problem)
        else tuple(_faults(api_exception.detail))
    )
    detail = (
        api_exception.detail
        if isinstance(api_exception.detail, str)
        else " ".join(map(_sentence, faults))
    )
    body = {
        "type": "about:blank",
        "title": HTTPStatus(api_exception.status_code).phrase,
        "status": int(api_exception.status_code),
        "detail": str(detail),
        "errors": [
            {name: value for name, value in asdict(fault).items() if value} for fault in faults
        ],
    }
    response = Response(body, status=api_exception.status_code, content_type=MEDIA_TYPE)
    if header := getattr(api_exception, "auth_header", None):
        response["WWW-Authenticate"] = header
    if (wait := getattr(api_exception, "wait", None)) is not None:
        # Rounded up: a client that came back a moment early would be refused again.
        response["Retry-After"] = str(int(wait) + 1)
    return response


def _not_allowed(context: Mapping[str, Any]) -> str:
    known = [name for name in context["view"].allowed_methods if name not in {"HEAD", "OPTIONS"}]
    words = {"method": context["request"].method, "known": ", ".join(known)}
    return _("This address does not take %(method)s, but: %(known)s.") % words


def _as_api_exception(exc: Exception) -> exceptions.APIException | None:
    """What Django and DRF raise, as an APIException with a remedy; None if it is
    neither.
    """
    if isinstance(exc, ModelValidationError):
        return exceptions.ValidationError(_detail_of(exc))
    answers: tuple[tuple[type[Exception], int, str], ...] = (
        (
            exceptions.UnsupportedMediaType,
            415,
            _("Send JSON with the header Content-Type: application/json."),
        ),
        (
            exceptions.NotAcceptable,
            406,
            _("This API returns JSON only. Send Accept: application/json, or leave it out."),
        ),
        (Http404, 404, _("Not found, or you do not have access.")),
        (ObjectDoesNotExist, 404, _("Nothing with this id was found, or you do not have access.")),
        (DjangoPermissionDenied, 403, str(exc) or _("Your role does not allow this.")),
        (
            RequestDataTooBig,
            413,
            _("The body is too large. Split the text and send the parts one by one."),
        ),
        (UnreadablePostError, 400, _("The body ended too early. Send it again.")),
    )
    other = exc if isinstance(exc, exceptions.APIException) else None
    return next(
        (Problem(status, text) for kind, status, text in answers if isinstance(exc, kind)), other
    )


def _detail_of(exc: ModelValidationError) -> dict[str, Any]:
    return exc.message_dict if hasattr(exc, "error_dict") else {NON_FIELD_ERRORS: exc.messages}


def _faults(detail: Any, path: str = "", *, top: bool = True) -> Iterator[Fault]:
    """DRF's nested errors as a flat list, with dotted paths; nothing for a single
    sentence.
    """
    if top and isinstance(detail, str):
        return
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            own = "" if name in {NON_FIELD_ERRORS, "non_field_errors"} else str(name)
            yield from _faults(inner, ".".join(part for part in (path, own) if part), top=False)
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            listed = f"{path}.{number}" if isinstance(inner, Mapping) and inner else path
            yield from _faults(inner, listed, top=False)
    else:
        yield Fault(str(detail), code=getattr(detail, "code", ""), field=path)


def _sentence(fault: Fault) -> str:
    return f"{fault.field}: {fault.text}" if fault.field else fault.text
