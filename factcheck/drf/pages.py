"""Cursor pagination: rows that arrive while a client pages are neither repeated nor
skipped.

DRF's own CursorPagination remembers the first field of the order only, counts rows with
an equal value by an offset, and gives up after a thousand of them. Here the cursor
holds the whole order of the last row, which ends in the primary key.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from zlib import crc32

from django.core.exceptions import ValidationError
from django.db.models import F, Field, IntegerField, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from factcheck.drf.errors import bad_field
from factcheck.drf.parsing import refuse_unstorable

Row = TypeVar("Row", bound=Model)
DEFAULT_SIZE = 50
LARGEST_SIZE = 100
LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: Sequence[Row]
    next: str | None
    previous: str | None

    @property
    def links(self) -> str:
        """The Link header (RFC 8288)."""
        named_urls = (("next", self.next), ("prev", self.previous))
        return ", ".join(f'<{url}>; rel="{name}"' for name, url in named_urls if url)


@dataclass(frozen=True, slots=True)
class _Key:
    """One field of the order. Rows without a value come last, on every database."""

    field: Field[Any, Any]
    descending: bool

    @property
    def name(self) -> str:
        return self.field.attname

    def ordering(self, *, back: bool) -> OrderBy:
        nulls: dict[str, Any] = {}
        if self.field.null:
            nulls = {"nulls_first": True} if back else {"nulls_last": True}
        return OrderBy(F(self.name), descending=self.descending != back, **nulls)

    def beyond(self, value: Any, *, back: bool) -> Q | None:
        """The rows that come after this value; None where there can be none."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if back else None
        compared = Q(**{f"{self.name}__{'lt' if self.descending != back else 'gt'}": value})
        if self.field.null and not back:
            compared |= Q(**{f"{self.name}__isnull": True})
        return compared

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True} if value is None else {self.name: value})

    def written(self, value: Any) -> int | str | None:
        if value is None or type(value) is int:
            return value
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat()
        return value.isoformat() if isinstance(value, date) else str(value)

    def read(self, written: Any) -> Any:
        """The value that `written` gave for the cursor. Raises ValueError for what it
        cannot have given: a database would refuse some of it.
        """
        if written is None and self.field.null:
            return None
        # `type(...) is int`: true is an int in Python, and JSON has it.
        if isinstance(self._column, IntegerField):
            if type(written) is not int or abs(written) > LARGEST_NUMBER:
                raise ValueError(written)
            return written
        if not isinstance(written, str):
            raise ValueError(written)
        refuse_unstorable(written)
        value = self._column.to_python(written)
        if self.written(value) != written:
            raise ValueError(written)
        return value

    @property
    def _column(self) -> Field[Any, Any]:
        return getattr(self.field, "target_field", self.field)


def page(
    rows: QuerySet[Row], request: Request, *, order: tuple[str, ...], size: int, cursor: str
) -> Page[Row]:
    """One page of the rows and the links to its neighbours.

    `order` names fields of the model, with “-” for descending; the primary key decides
    among rows with equal values. Raises a 400 for a cursor that is not ours.
    """
    keys = _keys(rows.model, order)
    back, values = _decoded(cursor, keys) if cursor else (False, ())
    ordered_rows = rows.order_by(*(key.ordering(back=back) for key in keys))
    if values:
        ordered_rows = ordered_rows.filter(_beyond(keys, values, back=back))
    # One row more than asked for shows whether there is another page, without a COUNT.
    fetched = list(ordered_rows[: size + 1])
    more, page_rows = len(fetched) > size, fetched[:size]
    if back:
        page_rows.reverse()
    # The page we came from exists, so only the far side depends on `more`.
    has_next, has_previous = (bool(page_rows), more) if back else (more, bool(values and page_rows))
    return Page(
        page_rows,
        _link(request, page_rows[-1], keys, back=False) if has_next else None,
        _link(request, page_rows[0], keys, back=True) if has_previous else None,
    )


def _keys(model: type[Model], order: tuple[str, ...]) -> list[_Key]:
    keys = [_Key(_column(model, signed.lstrip("-")), signed.startswith("-")) for signed in order]
    pk = model._meta.pk
    if pk not in [key.field for key in keys]:
        keys.append(_Key(pk, keys[-1].descending))
    return keys


def _column(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{model.__name__} cannot be ordered by {name}, which is no column.")
    return field


def _tag(keys: Sequence[_Key]) -> int:
    """Of the rows and their order: the time of one list would pass for the name of
    another.
    """
    return crc32(" ".join(f"{key.field} {key.descending}" for key in keys).encode())


def _link(request: Request, row: Model, keys: Sequence[_Key], *, back: bool) -> str:
    parts = [_tag(keys), int(back), *(key.written(getattr(row, key.name)) for key in keys)]
    written = json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode()
    cursor = urlsafe_b64encode(written).decode().rstrip("=")
    return str(replace_query_param(request.build_absolute_uri(), "cursor", cursor))


def _beyond(keys: Sequence[_Key], values: Sequence[Any], *, back: bool) -> Q:
    """(a, b) > (x, y) written out, because each field has its own direction and row
    comparison has only one.
    """
    beyond, same = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        further = key.beyond(value, back=back)
        if further is not None:
            beyond |= same & further
        same &= key.same(value)
    return beyond


def _decoded(cursor: str, keys: Sequence[_Key]) -> tuple[bool, tuple[Any, ...]]:
    try:
        tag, back, *written = json.loads(
            urlsafe_b64decode((cursor + "=" * (-len(cursor) % 4)).encode("ascii"))
        )
        if tag != _tag(keys) or type(back) is not int or back not in {0, 1}:
            raise ValueError(tag, back)
        values = tuple(key.read(part) for key, part in zip(keys, written, strict=True))
    # TypeError: JSON that is no list. OverflowError: a time before the first year.
    except (
        ValueError,
        TypeError,
        OverflowError,
        RecursionError,
        ArithmeticError,
        ValidationError,
        ParseError,
    ):
        raise bad_field(
            "cursor",
            _("This cursor is not valid for this list. Follow “next” and “previous” unchanged."),
        ) from None
    return bool(back), values
