"""Every refusal as application/problem+json (RFC 9457): what happened, and what to do next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, RequestDataTooBig
from django.core.exceptions import PermissionDenied as WrongPerson
from django.core.exceptions import ValidationError as ModelValidationError
from django.http import Http404, UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `field` of the request, or `place` on the claim where
    it is mended.
    """

    text: str
    code: str = ""
    field: str = ""
    place: str = ""


class Problem(exceptions.APIException):
    """A refusal with a list of faults."""

    def __init__(self, status: int, detail: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.status_code, self.faults = status, tuple(faults)


class TooLarge(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def bad_field(field: str, text: str) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, text, [Fault(text, code="invalid", field=field)])


def problem(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """The exception handler of the API; None lets a real bug be a logged 500."""
    known = _known(exc)
    if known is None:
        return None
    faults = known.faults if isinstance(known, Problem) else tuple(_faults(known.detail))
    detail = known.detail if isinstance(known.detail, str) else " ".join(map(_sentence, faults))
    body = {
        "type": "about:blank",
        "title": HTTPStatus(known.status_code).phrase,
        "status": int(known.status_code),
        "detail": str(detail),
        "errors": [
            {name: value for name, value in asdict(fault).items() if value} for fault in faults
        ],
    }
    response = Response(body, status=known.status_code, content_type=MEDIA_TYPE)
    if header := getattr(known, "auth_header", None):
        response["WWW-Authenticate"] = header
    if (wait := getattr(known, "wait", None)) is not None:
        response["Retry-After"] = str(int(wait) + 1)
    return response


def _known(exc: Exception) -> exceptions.APIException | None:
    """What Django and REST framework raise, with the remedy where they name none."""
    if isinstance(exc, ModelValidationError):
        return exceptions.ValidationError(_detail_of(exc))
    answers: tuple[tuple[type[Exception], int, str], ...] = (
        (
            exceptions.UnsupportedMediaType,
            415,
            "Send the body as JSON, with Content-Type: application/json.",
        ),
        (
            exceptions.NotAcceptable,
            406,
            "This API answers in JSON. Send Accept: application/json, or leave it out.",
        ),
        (Http404, 404, "There is nothing at this address, or you may not see it."),
        (ObjectDoesNotExist, 404, "There is nothing with this id, or you may not see it."),
        (WrongPerson, 403, str(exc) or "Your role does not allow this."),
        (
            RequestDataTooBig,
            413,
            "The body is too large. Split the text into parts and send them one by one.",
        ),
        (UnreadablePostError, 400, "The body broke off before its end. Send it again."),
    )
    other = exc if isinstance(exc, exceptions.APIException) else None
    return next(
        (Problem(status, text) for kind, status, text in answers if isinstance(exc, kind)), other
    )


def _detail_of(exc: ModelValidationError) -> dict[str, Any]:
    return exc.message_dict if hasattr(exc, "error_dict") else {NON_FIELD_ERRORS: exc.messages}


def _faults(detail: Any, path: str = "", *, top: bool = True) -> Iterator[Fault]:
    """What REST framework nests, flat; a refusal that is one sentence lists nothing beside it."""
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
