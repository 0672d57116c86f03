"""Many rows at once, as each database takes them fastest. Triggers see every row."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from claims.management.seed.recording import Model
from claims.management.seed.templates import Statement

POSTGRES = "postgresql"


def reserve(model: Model, count: int) -> int:
    """The first of `count` ids that nobody else gets. Call it in the
    transaction that inserts them.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == POSTGRES:
            # One call of setval for the whole block, under the lock of the sequence.
            cursor.execute(
                "SELECT min(id) FROM (SELECT nextval(pg_get_serial_sequence(%s, 'id')) AS id"
                " FROM generate_series(1, %s)) AS ids",
                [table, count],
            )
            return int(cursor.fetchone()[0])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        return int(last[0]) + 1 if last else 1


def hurry() -> None:
    """For this connection: no new plan for each row that a guard looks at."""
    if connection.vendor == POSTGRES:
        with connection.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")


def analyze(*, number: int) -> None:
    """Let PostgreSQL know how large the tables are by now, after batch
    0, 1, 2, 4, 8 …: the plans of the guards were made for empty ones.
    """
    if connection.vendor == POSTGRES and number & (number - 1) == 0:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def write(statement: Statement, rows: Sequence[Sequence[Any]]) -> None:
    """Insert the rows, or change those with these ids."""
    names = [_column(statement.model, column) for column in statement.columns]
    if statement.new:
        insert(statement.model, names, rows)
    else:
        _update(statement.model, statement.columns, names, rows)


def insert(model: Model, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    table, columns = model._meta.db_table, ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == POSTGRES:
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copying:
                for row in rows:
                    copying.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)


def _update(
    model: Model, columns: Sequence[str], names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == POSTGRES:
            types = [_type(model, column) for column in columns]
            changes = ", ".join(
                f'"{name}" = v."{name}"::{kind}'
                for name, kind in zip(names[1:], types[1:], strict=True)
            )
            marks = ", ".join(["(" + ", ".join(["%s"] * len(names)) + ")"] * len(rows))
            listed = ", ".join(f'"{name}"' for name in names)
            cursor.execute(
                f'UPDATE "{table}" SET {changes} FROM (VALUES {marks}) AS v ({listed})'
                f' WHERE "{table}"."id" = v."id"::bigint',
                [value for row in rows for value in row],
            )
            return
        changes = ", ".join(f'"{name}" = %s' for name in names[1:])
        cursor.executemany(
            f'UPDATE "{table}" SET {changes} WHERE "id" = %s',
            [[*row[1:], row[0]] for row in rows],
        )


def _column(model: Model, attname: str) -> str:
    return next(str(f.column) for f in model._meta.concrete_fields if f.attname == attname)


def _type(model: Model, attname: str) -> str:
    field = next(f for f in model._meta.concrete_fields if f.attname == attname)
    return str(field.rel_db_type(connection) if field.primary_key else field.db_type(connection))
