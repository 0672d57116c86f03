"""The JSON we accept: what a database, a feed or another parser could not handle is
refused with a reason.
"""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, MultiPartParser

from factcheck.drf.errors import TooLarge, bad_field

DEEPEST = 100
LONGEST_NUMBER = 20


class FilesParser(MultiPartParser):
    """multipart/form-data with each field once: of two Django would take the last."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            parts = super().parse(stream, media_type, parser_context)
        except ParseError:
            raise ParseError(
                _(
                    "The body is not proper multipart/form-data, or its boundary is not in the"
                    " Content-Type. Have your HTTP library set that header."
                )
            ) from None
        for name, values in (*parts.data.lists(), *parts.files.lists()):
            if len(values) > 1 or (name in parts.data and name in parts.files):
                raise bad_field(
                    name[:60], _("The field appears twice. Send it once, and each file by itself.")
                )
        return parts


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        # DRF's stream bypasses DATA_UPLOAD_MAX_MEMORY_SIZE: Django checks that only in
        # `body`.
        raw: bytes = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge(
                _(
                    "The body is larger than %(limit)s MB. Split the text and send the parts one"
                    " by one."
                )
                % {"limit": limit // 2**20}
            )
        return parsed(raw)


def parsed(raw: bytes) -> dict[str, Any]:
    """The JSON object of a body; an empty body is an empty object. Raises
    ParseError.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(
            _("The body is not valid UTF-8 (byte %(position)s). Encode it as UTF-8 and resend it.")
            % {"position": f"{error.start + 1:,}"}
        ) from None
    if not text.strip():
        return {}
    try:
        value = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_float=_float,
            parse_int=_int,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise ParseError(
            _("The body is not valid JSON: line %(line)s, column %(column)s: %(message)s.")
            % {"line": error.lineno, "column": error.colno, "message": error.msg}
        ) from None
    except RecursionError:
        raise _too_deep() from None
    if not isinstance(value, dict):
        raise ParseError(_('Send one JSON object, such as {"text": "…"}.'))
    _inspect(value)
    return value


def _inspect(value: Any) -> None:
    """Refuse what is nested too deep or cannot be stored. A loop, because recursion
    would fail at the depth that is tested for.
    """
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _too_deep()
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below += [*item, *item.values()]
            elif isinstance(item, list):
                below += item
            elif isinstance(item, str):
                refuse_unstorable(item)
        level = below


def refuse_unstorable(text: str) -> None:
    """Raise ParseError for what PostgreSQL cannot store: NUL, and lone surrogates,
    which are not UTF-8.
    """
    if "\x00" in text:
        raise ParseError(_("A text contains a NUL character. Remove it and send the text again."))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ParseError(
            _(
                "A text contains half of a character pair (a lone surrogate). Copy it again from"
                " its source."
            )
        ) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Parsers disagree on whether the first or the last duplicate counts; we take
    # neither.
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        duplicate = next(name for name in names if names.count(name) > 1)
        raise ParseError(
            _("The field %(field)s appears twice in one object. Send it once.")
            % {"field": ascii(duplicate[:60])}
        )
    return values


def _int(digits: str) -> int:
    # int() refuses from 4300 digits on and is quadratic before.
    if len(digits) > LONGEST_NUMBER:
        raise ParseError(
            _("A number has more than %(longest_number)s digits. Send it as text, or shorten it.")
            % {"longest_number": LONGEST_NUMBER}
        )
    return int(digits)


def _float(digits: str) -> float:
    # 1e400 is valid JSON, becomes infinity here, and has no way back into JSON.
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        raise ParseError(
            _("The number %(digits)s is too large. Send it as text, or a smaller one.")
            % {"digits": digits[:40]}
        )
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise ParseError(
        _("%(name)s is not a JSON number. Send null, or leave the field out.") % {"name": name}
    )


def _too_deep() -> ParseError:
    return ParseError(
        _("The body is nested more than %(deepest)s levels deep. Send fewer levels.")
        % {"deepest": DEEPEST}
    )
