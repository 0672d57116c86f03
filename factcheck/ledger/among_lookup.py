"""`pk__among=ids`, also for foreign keys: hundreds of ids in one query
as one parameter.

An IN list has one parameter for each id: building and sending it costs
as much as the query, and older SQLite refuses more than 999. Registered
by this app's `ready`.
"""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, ForeignKey, Lookup


class Among(Lookup[Any]):
    lookup_name = "among"

    def get_prep_lookup(self) -> list[int]:
        # Sorted: the same set of ids gives the same query text in logs and tests.
        return sorted(self.rhs)

    def as_sql(
        self,
        compiler: Any,
        connection: BaseDatabaseWrapper,
    ) -> tuple[str, tuple[Any, ...]]:
        lhs_sql, lhs_params = self.process_lhs(compiler, connection)
        # Not `IN (SELECT unnest(…))`: PostgreSQL looks up an array in a hash, but may
        # turn a subquery into a loop over the whole table.
        if connection.vendor == "postgresql":
            return f"{lhs_sql} = ANY(%s::bigint[])", (
                *lhs_params,
                "{" + ",".join(map(str, self.rhs)) + "}",
            )
        # SQLite has no arrays, but reads JSON as a table.
        sql = f"{lhs_sql} IN (SELECT value FROM json_each(%s))"  # noqa: S608 (ids are a parameter)
        return sql, (*lhs_params, json.dumps(self.rhs))


def register() -> None:
    # Of primary keys too, which are such.
    BigIntegerField.register_lookup(Among)
    ForeignKey.register_lookup(Among)
