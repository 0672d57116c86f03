"""Guards: rules as database triggers, so that plain SQL and forgotten
code are refused too.

They are installed after every migrate and not by migrations: SQLite
drops a table's triggers when a migration rebuilds the table, and a
changed rule needs no migration this way. `missing()` tells the
readiness check when one is not there. Whoever owns the database can
drop a trigger: the hash chain and the signatures, not the guards, prove
that nobody did.
"""

from dataclasses import dataclass

from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper

POSTGRES, SQLITE = "postgresql", "sqlite"


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger that refuses what its condition describes, with
    `message` as the error.

    `when` is for example BEFORE UPDATE. `sqlite` and `postgres` are
    boolean SQL expressions over OLD and NEW, "" where that database has
    no such trigger. A condition that is NULL refuses nothing.
    `statement`: on PostgreSQL fire once per statement, also for one
    that touches no row. The message is part of the SQL text, so it must
    not contain an apostrophe.
    """

    name: str
    table: str
    when: str
    message: str
    sqlite: str = ""
    postgres: str = ""
    statement: bool = False


@dataclass(frozen=True, slots=True)
class Upkeep:
    """One trigger that keeps the rows of another table, `keeps`, as
    `table` has them. It refuses nothing, and is installed, dropped and
    missed together with the guards.

    `sqlite` and `postgres` are the statements to do after each row.
    """

    name: str
    table: str
    keeps: str
    when: str
    sqlite: str = ""
    postgres: str = ""


Trigger = Guard | Upkeep
_triggers: dict[str, Trigger] = {}


def register(*triggers: Trigger) -> None:
    _triggers.update({trigger.name: trigger for trigger in triggers})


def registered() -> tuple[Guard, ...]:
    """All guards of all apps, also those of the other database."""
    return tuple(one for one in _triggers.values() if isinstance(one, Guard))


def both(name: str, table: str, when: str, message: str, condition: str) -> Guard:
    """A row trigger whose condition reads the same on both databases."""
    return Guard(name, table, when, message, sqlite=condition, postgres=condition)


def differs(*columns: str) -> str:
    """SQL: did one of these columns change? NULL counts as a value.
    Written out, because SQLite before 3.39 has no IS DISTINCT FROM.
    """
    return " OR ".join(f"NOT ({_same(column)})" for column in columns)


def all_but(model: type[models.Model], *names: str) -> tuple[str, ...]:
    """The columns of a model except those of the named fields: for rows
    of which only these may change. A column that is added later is then
    frozen until somebody decides otherwise.

    Raises ValueError for a name that the model does not have: a renamed
    field must not silently thaw or freeze a column.
    """
    fields = model._meta.concrete_fields
    if unknown := set(names) - {field.name for field in fields}:
        raise ValueError(f"{model._meta.label} has no field {', '.join(sorted(unknown))}.")
    return tuple(field.column for field in fields if field.column and field.name not in names)


def _same(column: str) -> str:
    # COALESCE, because the comparison is NULL where one side is, and a NULL condition
    # would let the change through. Quoted, because one column is called "end".
    old, new = f'OLD."{column}"', f'NEW."{column}"'
    return f"COALESCE({old} = {new}, FALSE) OR ({old} IS NULL AND {new} IS NULL)"


def append_only(table: str, *, unique: tuple[str, ...] = ("id",)) -> tuple[Guard, ...]:
    """Rows of `table` are added and never changed or deleted.

    `unique` names all unique columns, those that are unique together
    as "one, other". SQLite's INSERT OR REPLACE deletes the row that a
    new one conflicts with and, unless recursive_triggers is on, fires
    no DELETE trigger: so an insert over an existing row must be refused
    by itself. PostgreSQL's ON CONFLICT fires the UPDATE trigger.
    """
    refuse = f"Rows of {table} can only be added."
    row_exists = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {_equal(columns)})" for columns in unique
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
        # TRUNCATE fires no row or DELETE trigger. SQLite does not have it.
        Guard(
            f"{table}_no_truncate",
            table,
            "BEFORE TRUNCATE",
            refuse,
            postgres="TRUE",
            statement=True,
        ),
        Guard(f"{table}_no_replace", table, "BEFORE INSERT", refuse, sqlite=row_exists),
    )


def _equal(columns: str) -> str:
    return " AND ".join(f"{column} = NEW.{column}" for column in columns.split(", "))


def no_delete(table: str, *, unique: tuple[str, ...] = ("id",)) -> tuple[Guard, ...]:
    """Rows of `table` may change by other guards' rules, but are never
    deleted or replaced.
    """
    return tuple(
        guard
        for guard in append_only(table, unique=unique)
        if not guard.name.endswith("_no_update")
    )


def audit_head() -> tuple[Guard, ...]:
    """The head moves forward, and only to an entry of the chain: nobody
    can set it back to hide entries, or past a gap.
    """
    table = "ledger_audithead"
    # Each seq is there once, so as many entries as there are numbers leave no gap.
    breaks_chain = (
        "NEW.seq <= OLD.seq OR NOT EXISTS "
        "(SELECT 1 FROM ledger_auditentry WHERE seq = NEW.seq AND hash = NEW.hash) OR "
        "NEW.seq - OLD.seq <> "
        "(SELECT COUNT(*) FROM ledger_auditentry WHERE seq > OLD.seq AND seq <= NEW.seq)"
    )
    message = "The audit head can move only along the entries of the chain."
    return (
        *no_delete(table),
        Guard(
            f"{table}_forward",
            table,
            "BEFORE UPDATE",
            message,
            sqlite=breaks_chain,
            postgres=breaks_chain,
        ),
    )


def key_rotations() -> tuple[Guard, ...]:
    """A rotation begins open and ends once; it is never deleted."""
    table = "ledger_keyrotation"
    return (
        *no_delete(table),
        both(
            f"{table}_begins",
            table,
            "BEFORE INSERT",
            "A key rotation begins open, with nothing done.",
            "NOT NEW.open OR NEW.reencrypted <> 0 OR NEW.failed <> 0",
        ),
        both(
            f"{table}_ends",
            table,
            "BEFORE UPDATE",
            "A finished key rotation is never changed.",
            f"NOT OLD.open OR {differs('id', 'started_at')}"
            " OR NEW.reencrypted < OLD.reencrypted OR NEW.failed < OLD.failed",
        ),
    )


def install(using: str) -> None:
    """Create every registered trigger that is missing or has another
    text. Tables that do not exist yet are skipped: an app may be
    migrated before another one.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == SQLITE and (changed := _changed(cursor)):
            # In one transaction, so that nobody writes to a table between DROP and
            # CREATE.
            with transaction.atomic(using=using):
                for guard in changed:
                    cursor.execute(f"DROP TRIGGER {guard.name}")
                    for statement in _sqlite(guard):
                        cursor.execute(statement)
        for guard in _triggers.values():
            if guard.table in tables and getattr(guard, "keeps", guard.table) in tables:
                for statement in statements(guard, connection.vendor):
                    cursor.execute(statement)


def _changed(cursor: CursorWrapper) -> list[Trigger]:
    """Guards whose trigger exists with an old text. SQLite has no
    CREATE OR REPLACE TRIGGER, and CREATE … IF NOT EXISTS would keep the
    old rule.
    """
    # sqlite_master stores the statement as written, but without IF NOT EXISTS: so only
    # the part after that is compared.
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    existing = {name: sql.removeprefix("CREATE TRIGGER ") for name, sql in cursor.fetchall()}
    return [
        guard
        for guard in _triggers.values()
        if guard.name in existing
        and not any(text.endswith(f" {existing[guard.name]}") for text in _sqlite(guard))
    ]


def missing(using: str) -> list[str]:
    """Names of the triggers that this database should have and does
    not, or has disabled.
    """
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
        for guard in _triggers.values()
        if statements(guard, connection.vendor) and guard.name not in present
    ]


def statements(guard: Trigger, vendor: str) -> tuple[str, ...]:
    """The SQL that installs one trigger; safe to run again."""
    if vendor == POSTGRES:
        return _postgres(guard) if guard.postgres else ()
    return _sqlite(guard) if guard.sqlite else ()


def remove(using: str) -> None:
    """Drop every trigger: before SQLite rebuilds tables in a migration,
    and around a test's flush.
    """
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in _triggers.values():
            if guard.table in present and statements(guard, connection.vendor):
                on_table = f" ON {guard.table}" if connection.vendor == POSTGRES else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on_table}")


def _sqlite(guard: Trigger) -> tuple[str, ...]:
    if isinstance(guard, Upkeep):
        return (
            f"CREATE TRIGGER IF NOT EXISTS {guard.name} {guard.when} ON {guard.table}"
            f" BEGIN {guard.sqlite} END",
        )
    return (
        (
            f"CREATE TRIGGER IF NOT EXISTS {guard.name} {guard.when} ON {guard.table} WHEN"
            f" {guard.sqlite} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        ),
    )


def _postgres(guard: Trigger) -> tuple[str, ...]:
    if isinstance(guard, Upkeep):
        return _function_and_trigger(guard, f"BEGIN {guard.postgres} RETURN NULL; END", "ROW")
    # A BEFORE row trigger must return the row to go on with: OLD for DELETE, where NEW
    # is NULL and would cancel the delete without an error. Of a statement trigger the
    # value is ignored. ERRCODE makes Django raise IntegrityError, as for a constraint
    # and as on SQLite.
    level = "STATEMENT" if guard.statement else "ROW"
    returned = "OLD" if "DELETE" in guard.when else "NEW"
    body = (
        f"BEGIN IF {guard.postgres} THEN RAISE EXCEPTION '{guard.message}' USING ERRCODE ="
        " 'integrity_constraint_violation'; END IF; RETURN"
        f" {'NULL' if guard.statement else returned}; END"
    )
    return _function_and_trigger(guard, body, level)


def _function_and_trigger(guard: Trigger, body: str, level: str) -> tuple[str, ...]:
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
