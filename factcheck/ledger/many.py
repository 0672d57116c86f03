"""Hundreds of ids in one query, as one parameter: an IN list of them costs the ORM as much as the database."""

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL


def among(ids: Iterable[int]) -> RawSQL:
    """For `pk__in=` and its like."""
    wanted = sorted(ids)
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", (wanted,))
    return RawSQL("SELECT value FROM json_each(%s)", (json.dumps(wanted),))
