"""How much an answer has of each row: `fields` leaves out what nobody asked for, and
`expand` puts in what stands behind an id.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import CharField, Serializer

from factcheck.drf.auth import caller, require
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import Strict

FIELDS, EXPAND, EXPANDED = "fields", "expand", "expanded"
LONGEST = 1000

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What `expand` puts into rows under one name. `load` gives it by the primary key
    of the row, in a number of queries that does not depend on theirs, and nothing that
    the caller may not read by its own address, which needs `scope`.
    """

    scope: str
    shape: type[Serializer[Any]]
    load: Callable[[Any, Sequence[Any]], Mapping[int, Any]]
    many: bool = False

    def into(self, rows: Sequence[Row], name: str, *, of: Sequence[Any], by: Any) -> None:
        found = self.load(by, of)
        for row, instance in zip(rows, of, strict=True):
            value = found.get(instance.pk, [] if self.many else None)
            shown = self.shape(value, many=self.many, context={"user": by}).data if value else value
            row.setdefault(EXPANDED, {})[name] = shown


@dataclass(frozen=True, slots=True)
class Parts:
    """What one request asks for: `fields` is empty for all."""

    fields: tuple[str, ...] = ()
    expand: tuple[str, ...] = ()

    def keep(self, shape: Any) -> None:
        """Take the other fields out of the rows of this serializer, before anything is
        worked out for them.
        """
        fields = shape.child.fields
        if self.fields:
            refuse_unknown(FIELDS, self.fields, tuple(fields))
            for name in set(fields) - set(self.fields):
                fields.pop(name)

    def applied(
        self, response: Response, request: Request, known: Mapping[str, Expansion]
    ) -> Response:
        """The answer with what was asked for, and no more."""
        if not isinstance(getattr(response, "data", None), dict):
            raise bad_field(FIELDS, _("Leave this out: the answer is no object with fields."))
        rows, names, instances = _rows(response.data)
        if self.fields:
            refuse_unknown(FIELDS, self.fields, names)
            rows = [{name: row[name] for name in self.fields if name in row} for row in rows]
        else:
            rows = [dict(row) for row in rows]
        for name in self.expand:
            known[name].into(rows, name, of=instances, by=caller(request))
        listed = "results" in response.data
        response.data = {**response.data, "results": rows} if listed else rows[0]
        return response


def asked(query: Mapping[str, Any], request: Request, known: Mapping[str, Expansion]) -> Parts:
    """Raises a 400 for an expansion that there is not, a 403 where the token may not
    read what it would show.
    """
    parts = Parts(_names(query.get(FIELDS, "")), _names(query.get(EXPAND, "")))
    refuse_unknown(EXPAND, parts.expand, tuple(known))
    require(request, *dict.fromkeys(known[name].scope for name in parts.expand))
    return parts


@cache
def with_parts(query: type[Strict], *, expands: bool) -> type[Strict]:
    """The query string of a read, with the two parameters that all of them share."""
    more = {name: _text() for name in (FIELDS, *((EXPAND,) if expands else ()))}
    return type(query.__name__, (query,), more)


def _text() -> CharField:
    return CharField(required=False, max_length=LONGEST)


def refuse_unknown(parameter: str, names: Sequence[str], known: Sequence[str]) -> None:
    unknown = [name[:60] for name in names if name not in known]
    if unknown:
        words = {"unknown": ", ".join(unknown), "known": ", ".join(known)}
        raise bad_field(parameter, _("Unknown: %(unknown)s. Known ones: %(known)s.") % words)


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def _rows(data: Any) -> tuple[Sequence[Row], tuple[str, ...], Sequence[Any]]:
    """The rows of an answer, the names of their fields, and what they were made of."""
    results = data.get("results")
    if results is None:
        shape = getattr(data, "serializer", None)
        return [data], tuple(data), [getattr(shape, "instance", None)]
    if (shape := getattr(results, "serializer", None)) is not None:
        return results, tuple(shape.child.fields), shape.instance
    inner = data.serializer.fields["results"].child.fields
    return results, tuple(inner), []
