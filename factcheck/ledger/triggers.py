"""Rules that live in the database itself, so that plain SQL by the application is refused too.

SQLite drops a table's triggers when a later migration rebuilds the table, so they are installed
idempotently after every migrate, and `missing()` lets the readiness check see when they are not
there.
"""

from dataclasses import dataclass

from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper

POSTGRES, SQLITE = "postgresql", "sqlite"


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger: `when` is e.g. BEFORE UPDATE; the bodies are the condition that makes the
    database refuse.

    `sqlite` is a boolean SQL expression over OLD and NEW; `postgres` the same ("" where that side
    has no such trigger). `statement` makes the PostgreSQL trigger fire once a statement, whatever
    the rows.
    """

    name: str
    table: str
    when: str
    message: str
    sqlite: str = ""
    postgres: str = ""
    statement: bool = False


_guards: dict[str, Guard] = {}


def register(*guards: Guard) -> None:
    _guards.update({guard.name: guard for guard in guards})


def registered() -> tuple[Guard, ...]:
    """Every guard of every app, on whichever of the two databases it stands."""
    return tuple(_guards.values())


def both(name: str, table: str, when: str, message: str, condition: str) -> Guard:
    """A row trigger whose condition reads the same on both databases."""
    return Guard(name, table, when, message, sqlite=condition, postgres=condition)


def differs(*columns: str) -> str:
    """SQL: did one of these columns change? NULL counts as a value; older SQLite knows no IS
    DISTINCT FROM.
    """
    return " OR ".join(f"NOT ({_same(column)})" for column in columns)


def all_but(model: type[models.Model], *names: str) -> tuple[str, ...]:
    """The columns of a model but those of these fields: what is kept of a row where only these may
    change, and so of every column that is added later.
    """
    fields = model._meta.concrete_fields
    if unknown := set(names) - {field.name for field in fields}:
        raise ValueError(f"{model._meta.label} has no field {', '.join(sorted(unknown))}.")
    return tuple(field.column for field in fields if field.column and field.name not in names)


def _same(column: str) -> str:
    # never NULL itself: a condition that is NULL lets through what it should refuse
    old, new = f'OLD."{column}"', f'NEW."{column}"'  # quoted: one of them is called "end"
    return f"COALESCE({old} = {new}, FALSE) OR ({old} IS NULL AND {new} IS NULL)"


def append_only(table: str, *, unique: tuple[str, ...] = ("id",)) -> tuple[Guard, ...]:
    """Rows of `table` are added and never changed. `unique` names the columns INSERT OR REPLACE
    could walk over.
    """
    refuse = f"Rows of {table} are only ever added."
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {column} = NEW.{column})" for column in unique
    )
    return (
        Guard(
            f"{table}_no_update",
            table,
            "BEFORE UPDATE",
            refuse,
            sqlite="1",
            postgres="TRUE",
            statement=True,
        ),
        Guard(
            f"{table}_no_delete",
            table,
            "BEFORE DELETE",
            refuse,
            sqlite="1",
            postgres="TRUE",
            statement=True,
        ),
        Guard(
            f"{table}_no_truncate",
            table,
            "BEFORE TRUNCATE",
            refuse,
            postgres="TRUE",
            statement=True,
        ),
        Guard(f"{table}_no_replace", table, "BEFORE INSERT", refuse, sqlite=taken),
    )


def no_delete(table: str, *, unique: tuple[str, ...] = ("id",)) -> tuple[Guard, ...]:
    """Rows of `table` may change by the rules, but none is ever deleted or replaced."""
    return tuple(
        guard
        for guard in append_only(table, unique=unique)
        if not guard.name.endswith("_no_update")
    )


def audit_head() -> tuple[Guard, ...]:
    """The head moves one entry at a time and only to an entry that stands in the chain."""
    table = "ledger_audithead"
    astray = (
        "NEW.seq <> OLD.seq + 1 OR NOT EXISTS "
        "(SELECT 1 FROM ledger_auditentry WHERE seq = NEW.seq AND hash = NEW.hash)"
    )
    message = "The audit head moves only to the next entry of the chain."
    return (
        *no_delete(table),
        Guard(f"{table}_forward", table, "BEFORE UPDATE", message, sqlite=astray, postgres=astray),
    )


def install(using: str) -> None:
    """Put every registered trigger on its table where it is missing or says something else; tables
    that do not exist yet are passed over.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == SQLITE and (changed := _changed(cursor)):
            with transaction.atomic(using=using):  # nobody writes to a table between the two
                for guard in changed:
                    cursor.execute(f"DROP TRIGGER {guard.name}")
                    for statement in _sqlite(guard):
                        cursor.execute(statement)
        for guard in _guards.values():
            if guard.table in tables:
                for statement in statements(guard, connection.vendor):
                    cursor.execute(statement)


def _changed(cursor: CursorWrapper) -> list[Guard]:
    """Guards whose trigger stands with another text than theirs: SQLite cannot replace one, and
    CREATE … IF NOT EXISTS would leave yesterday's rule where it is.
    """
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    standing = {name: sql.removeprefix("CREATE TRIGGER ") for name, sql in cursor.fetchall()}
    return [
        guard
        for guard in _guards.values()
        if guard.name in standing
        and not any(text.endswith(f" {standing[guard.name]}") for text in _sqlite(guard))
    ]


def missing(using: str) -> list[str]:
    """Names of the triggers that should stand in this database and do not."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == POSTGRES
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [
        guard.name
        for guard in _guards.values()
        if statements(guard, connection.vendor) and guard.name not in present
    ]


def statements(guard: Guard, vendor: str) -> tuple[str, ...]:
    """The SQL that installs one trigger; safe to run again."""
    if vendor == POSTGRES:
        return _postgres(guard) if guard.postgres else ()
    return _sqlite(guard) if guard.sqlite else ()


def remove(using: str) -> None:
    """Take every trigger away: before SQLite rebuilds tables in a migration, and around a test's
    flush.
    """
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in _guards.values():
            if guard.table in present and statements(guard, connection.vendor):
                on_table = f" ON {guard.table}" if connection.vendor == POSTGRES else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on_table}")


def _sqlite(guard: Guard) -> tuple[str, ...]:
    return (
        (
            f"CREATE TRIGGER IF NOT EXISTS {guard.name} {guard.when} ON {guard.table} WHEN"
            f" {guard.sqlite} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        ),
    )


def _postgres(guard: Guard) -> tuple[str, ...]:
    level = "STATEMENT" if guard.statement else "ROW"
    passed = "OLD" if "DELETE" in guard.when else "NEW"
    body = (
        f"BEGIN IF {guard.postgres} THEN RAISE EXCEPTION '{guard.message}' USING ERRCODE ="
        " 'integrity_constraint_violation'; END IF; RETURN"
        f" {'NULL' if guard.statement else passed}; END"
    )
    return (
        (
            f"CREATE OR REPLACE FUNCTION {guard.name}_check() RETURNS trigger LANGUAGE plpgsql AS"
            f" $guard$ {body} $guard$"
        ),
        (
            f"CREATE OR REPLACE TRIGGER {guard.name} {guard.when} ON {guard.table} "
            f"FOR EACH {level} EXECUTE FUNCTION {guard.name}_check()"
        ),
    )
