"""Hundreds of ids in one query, as one parameter: an IN list of them costs the ORM as much as the
database.

`pk__among=ids`, and the same for a foreign key; registered by this app's `ready`.
"""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, ForeignKey, Lookup


class Among(Lookup[Any]):
    lookup_name = "among"

    def get_prep_lookup(self) -> list[int]:
        return sorted(self.rhs)

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        left, told = self.process_lhs(compiler, connection)
        # An array is hashed; of a subquery PostgreSQL may make a loop over all that is due.
        if connection.vendor == "postgresql":
            return f"{left} = ANY(%s::bigint[])", (*told, "{" + ",".join(map(str, self.rhs)) + "}")
        listed = f"{left} IN (SELECT value FROM json_each(%s))"  # noqa: S608 (the parameter is one)
        return listed, (*told, json.dumps(self.rhs))


def register() -> None:
    BigAutoField.register_lookup(Among)
    ForeignKey.register_lookup(Among)
