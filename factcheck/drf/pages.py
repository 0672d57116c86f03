"""Lists in pages: by cursor, so that rows which arrive meanwhile are neither shown twice nor
skipped.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
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
        found = (("next", self.next), ("prev", self.previous))
        return ", ".join(f'<{url}>; rel="{name}"' for name, url in found if url)


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Where a page begins: after this row, or before it when paging back."""

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
    """`order` names whole-number fields that together are unique, each with - for falling."""
    at = _decoded(cursor, len(order)) if cursor else None
    back = at is not None and at.back
    signed = [_turned(name) for name in order] if back else list(order)
    found = rows.order_by(*signed)
    if at:
        found = found.filter(_beyond(signed, at.values))
    some = list(found[: size + 1])
    more, kept = len(some) > size, some[:size]
    if back:
        kept.reverse()
    has_next, has_previous = (bool(kept), more) if back else (more, bool(at and kept))
    return Page(
        kept,
        _link(request, kept[-1], order, back=False) if has_next else None,
        _link(request, kept[0], order, back=True) if has_previous else None,
    )


def _link(request: Request, row: Model, order: tuple[str, ...], *, back: bool) -> str:
    cursor = _Cursor(back, tuple(getattr(row, name.lstrip("-")) for name in order))
    return str(replace_query_param(request.build_absolute_uri(), "cursor", str(cursor)))


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], values: Sequence[int]) -> Q:
    """(a, b) > (x, y) written out, each field in its own direction."""
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
    whole = isinstance(read, list) and all(
        type(number) is int and abs(number) <= LARGEST_NUMBER for number in read
    )
    if not whole or len(read) != fields + 1 or read[0] not in {0, 1}:
        raise bad_field(
            "cursor",
            "This is no cursor of this list. Follow the links “next” and “previous” as they are.",
        )
    return _Cursor(bool(read[0]), tuple(read[1:]))
