"""One byte string for one value: a hash must not depend on the program
or machine that made it.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID


def canonical_json(value: Any) -> str:
    """UTF-8 text, sorted keys, no white space, no floats, times in UTC
    with microseconds and Z.

    Raises TypeError for a float or any other type whose text is not
    fixed.
    """
    # ensure_ascii=False: text as UTF-8 and not as escapes, so that other languages'
    # JSON libraries arrive at the same bytes.
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    # bool is a subclass of int and datetime one of date: the order of the cases
    # matters.
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case date() | UUID():
            return str(value)
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form; turn it into text first.")
