"""Cursor pagination: rows that arrive while a client pages are neither repeated nor
skipped.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from factcheck.drf.errors import bad_field

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
class _Cursor:
    """A page starts after the row with these values, or ends before it when paging
    back.
    """

    back: bool
    values: tuple[int, ...]

    def __str__(self) -> str:
        return (
            urlsafe_b64encode(
                json.dumps([int(self.back), *self.values], separators=(",", ":")).encode()
            )
            .decode()
            .rstrip("=")
        )


def page(
    rows: QuerySet[Row], request: Request, *, order: tuple[str, ...], size: int, cursor: str
) -> Page[Row]:
    """One page of the rows and the links to its neighbours.

    `order` names integer fields that are unique together, with “-” for descending.
    Raises a 400 for a cursor that is not ours.
    """
    at = _decoded(cursor, len(order)) if cursor else None
    back = at is not None and at.back
    signed = [_turned(name) for name in order] if back else list(order)
    ordered_rows = rows.order_by(*signed)
    if at:
        ordered_rows = ordered_rows.filter(_beyond(signed, at.values))
    # One row more than asked for shows whether there is another page, without a COUNT.
    fetched = list(ordered_rows[: size + 1])
    more, page_rows = len(fetched) > size, fetched[:size]
    if back:
        page_rows.reverse()
    # The page we came from exists, so only the far side depends on `more`.
    has_next, has_previous = (bool(page_rows), more) if back else (more, bool(at and page_rows))
    return Page(
        page_rows,
        _link(request, page_rows[-1], order, back=False) if has_next else None,
        _link(request, page_rows[0], order, back=True) if has_previous else None,
    )


def _link(request: Request, row: Model, order: tuple[str, ...], *, back: bool) -> str:
    cursor = _Cursor(back, tuple(getattr(row, name.lstrip("-")) for name in order))
    return str(replace_query_param(request.build_absolute_uri(), "cursor", str(cursor)))


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], values: Sequence[int]) -> Q:
    """(a, b) > (x, y) written out, because each field has its own direction and row
    comparison has only one.
    """
    beyond, same = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        beyond |= same & Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": value})
        same &= Q(**{field: value})
    return beyond


def _decoded(cursor: str, fields: int) -> _Cursor:
    try:
        read: Any = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        read = None
    # `type(...) is int`: true and false are ints in Python, and JSON has them.
    whole = isinstance(read, list) and all(
        type(number) is int and abs(number) <= LARGEST_NUMBER for number in read
    )
    if not whole or len(read) != fields + 1 or read[0] not in {0, 1}:
        raise bad_field(
            "cursor",
            _("This cursor is not valid for this list. Follow “next” and “previous” unchanged."),
        )
    return _Cursor(bool(read[0]), tuple(read[1:]))
