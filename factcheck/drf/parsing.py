"""JSON as we accept it: what a database, a feed or a second parser would stumble over is refused in
words.
"""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from factcheck.drf.errors import TooLarge

DEEPEST = 100
LONGEST_NUMBER = 20


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        raw: bytes = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge(
                f"The body has more than {limit // 2**20} MB. Split the text into parts and send"
                " them one by one."
            )
        return parsed(raw)


def parsed(raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(
            f"The body is not valid UTF-8 (byte {error.start + 1:,}). Encode it as UTF-8 and send"
            " it again."
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
            f"The body is not JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from None
    except RecursionError:
        raise _too_deep() from None
    if not isinstance(value, dict):
        raise ParseError('Send one JSON object, such as {"text": "…"}.')
    _inspect(value)
    return value


def _inspect(value: Any) -> None:
    """Level by level, not by recursion: the depth is what is in question."""
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
    if "\x00" in text:
        raise ParseError("A text contains a NUL character. Remove it and send the text again.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ParseError(
            "A text contains half of a character pair (a lone surrogate). Copy it again from its"
            " source."
        ) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ParseError(f"The field {twice[:60]!a} stands twice in one object. Send it once.")
    return found


def _int(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ParseError(
            f"A number has more than {LONGEST_NUMBER} digits. Send it as text, or shorter."
        )
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        raise ParseError(f"The number {digits[:40]} is too large. Send it as text, or smaller.")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise ParseError(f"{name} is no JSON number. Send null, or leave the field out.")


def _too_deep() -> ParseError:
    return ParseError(f"The body is nested more than {DEEPEST} levels deep. Send it flatter.")
