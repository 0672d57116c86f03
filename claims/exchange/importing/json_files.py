"""JSON, JSON Lines, and what schema.org knows as ClaimReview."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from claims.choices import ImportForm
from claims.exchange.importing.claim_reviews import FIELDS_READ, reviews_in
from claims.exchange.importing.tables import (
    FAULT,
    ImportFileError,
    Record,
    Table,
    check_columns,
    check_count,
    checked,
)

DEEPEST = 6
# Of a list inside of a row, such as several appearances.
MOST_OF_A_LIST = 5


class _TwiceError(ValueError):
    """An object has a name twice: which of the values counts, nobody knows."""


def read_json(text: str) -> Table:
    """Raises ImportFileError."""
    try:
        found = parsed(text)
    except ImportFileError as error:
        # Lines that are each an object are no JSON as a whole.
        table = _read_lines(text)
        if table is None:
            raise error
        return table
    if reviews := list(reviews_in(found)):
        return review_table(reviews)
    rows = [(number, _flat(item)) for number, item in enumerate(_items(found), 1)]
    return _table(ImportForm.JSON, rows)


def review_table(reviews: list[Record]) -> Table:
    check_count(len(reviews))
    rows = list(enumerate(reviews, 1))
    return Table(ImportForm.CLAIM_REVIEW, [*FIELDS_READ], rows, fixed=True)


def parsed(text: str) -> Any:
    """Numbers stay the text they are: one of a million digits costs nothing then."""
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=str,
            parse_float=str,
            parse_constant=_no_constant,
        )
    except _TwiceError as error:
        raise ImportFileError(str(error)) from error
    except RecursionError as error:
        raise ImportFileError(
            _("The file is nested too deeply. Give a list of objects, one for each fact check.")
        ) from error
    except json.JSONDecodeError as error:
        raise ImportFileError(
            _("This is not JSON: line %(line)d, column %(column)d (%(reason)s).")
            % {"line": error.lineno, "column": error.colno, "reason": error.msg}
        ) from error
    except ValueError as error:
        raise ImportFileError(
            _("This is not JSON: it has NaN or Infinity. Write null instead.")
        ) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        counted = Counter(name for name, _value in pairs)
        twice = counted.most_common(1)[0][0]
        raise _TwiceError(
            _("An object has “%(name)s” twice. Remove one of them.") % {"name": twice[:80]}
        )
    return made


def _no_constant(_name: str) -> str:
    raise ValueError


def _read_lines(text: str) -> Table | None:
    """None if it is no JSON Lines either: one object on most lines."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) < 2 or not lines[0][1].strip().endswith("}"):
        return None
    check_count(len(lines))
    reviews: list[tuple[int, Record]] = []
    rows: list[tuple[int, Record]] = []
    for number, line in lines:
        item = _line(line)
        found = list(reviews_in(item))
        reviews += [(number, review) for review in found]
        if not found:
            rows.append((number, _flat(item)))
    if not any(FAULT not in record for _number, record in (*rows, *reviews)):
        return None
    if not reviews:
        return _table(ImportForm.JSON_LINES, rows)
    # A line that is no ClaimReview among others that are.
    reviews += [(number, {FAULT: record.get(FAULT, "no_review")}) for number, record in rows]
    return Table(ImportForm.CLAIM_REVIEW, [*FIELDS_READ], sorted(reviews, key=_number), fixed=True)


def _number(row: tuple[int, Record]) -> int:
    return row[0]


def _line(line: str) -> Any:
    try:
        return parsed(line)
    except ImportFileError:
        return None


def _items(found: Any) -> list[Any]:
    """The rows: a list, the one list in an object, or a single object."""
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        lists = [value for value in lists if value and isinstance(value[0], dict)]
        found = lists[0] if len(lists) == 1 else [found]
    if not isinstance(found, list) or not any(isinstance(item, dict) for item in found):
        raise ImportFileError(
            _("The file holds no fact checks. Give a list of objects, one for each.")
        )
    check_count(len(found))
    return found


def _flat(item: Any) -> Record:
    if not isinstance(item, dict):
        return {FAULT: "no_object"}
    return checked(dict(_cells(item, "", 0)))


def _cells(value: Any, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and depth < DEEPEST:
        for key, inner in value.items():
            yield from _cells(inner, f"{name}.{key}" if name else key or "?", depth + 1)
    elif isinstance(value, list) and depth < DEEPEST:
        for place, inner in enumerate(value[:MOST_OF_A_LIST]):
            yield from _cells(inner, f"{name}.{place}", depth + 1)
    elif isinstance(value, bool):
        yield name, "true" if value else "false"
    elif isinstance(value, str) and value.strip():
        yield name, value


def _table(form: ImportForm, rows: list[tuple[int, Record]]) -> Table:
    columns: dict[str, None] = {}
    for _line_number, record in rows:
        known = len(columns)
        columns.update(dict.fromkeys(name for name in record if name != FAULT))
        if len(columns) > known:
            check_columns([*columns])
    return Table(form, [*columns], rows)
