"""Numbers of many lists in one statement, with the keys of the first
rows of each.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

# How many rows are read of each list.
FIRST = 8
# SQLite cannot cut an array.
_COUNT = {
    "postgresql": f"json_build_array(COUNT(*), (array_agg(pk))[:{FIRST}])",
    "sqlite": "json_array(COUNT(*), json_group_array(pk))",
}

Read = Callable[[QuerySet[Any]], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Counted:
    number: int
    keys: Sequence[int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Rows to read by their keys; `read` adds what is needed of them."""

    model: type[Model]
    read: Read
    keys: Sequence[int]


def counted(querysets: Sequence[QuerySet[Any]], *, most: int) -> list[Counted]:
    """What each has, in one statement and in its own order; more than
    `most` are not counted on. A queryset that is sliced already keeps
    its own limit.
    """
    count = _COUNT[connection.vendor]
    parts: list[str] = []
    parameters: list[Any] = []
    for rows in querysets:
        limited = rows if rows.query.is_sliced else rows[: most + 1]
        try:
            sql, values = limited.values("pk").query.sql_with_params()
        except EmptyResultSet:
            parts.append("NULL")
            continue
        parts.append(f"(SELECT {count} FROM ({sql}) AS counted)")  # noqa: S608 (compiled)
        parameters.extend(values)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        return [_counted(value) for value in cursor.fetchone()]


def _counted(value: Any) -> Counted:
    # NULL for what cannot have a row; SQLite hands out JSON as text.
    number, keys = (json.loads(value) if isinstance(value, str) else value) or (0, None)
    return Counted(number, (keys or [])[:FIRST])


def rows_of(wanted: Sequence[Wanted]) -> list[list[Any]]:
    """The rows of each in the order of its keys. Those of one model
    that are read alike come in one query.
    """
    together: dict[tuple[type[Model], Read], set[int]] = {}
    for one in wanted:
        together.setdefault((one.model, one.read), set()).update(one.keys)
    found = {
        (model, read): _by_key(model, read, keys) if keys else {}
        for (model, read), keys in together.items()
    }
    # A row may have been deleted since it was counted.
    return [
        [rows[key] for key in one.keys if key in rows]
        for one in wanted
        for rows in [found[one.model, one.read]]
    ]


def _by_key(model: type[Model], read: Read, keys: set[int]) -> dict[int, Any]:
    chosen = model._default_manager.filter(pk__in=keys).order_by()
    return dict(read(chosen).in_bulk())
