"""The database under test. It is migrated once in a run, copied for each worker, and
brought back to that state after a test that commits.
"""

import contextlib
import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from factcheck.ledger import triggers
from factcheck.ledger.models import AuditHead

# Written by migrate and by nothing else; content types are cached by their numbers.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}
PATIENCE = 20  # seconds, as in the settings


@contextlib.contextmanager
def prepared(shared: Path, worker: str) -> Iterator[Callable[[], None]]:
    """The database of this worker ("" for a run without workers), and what brings it
    back to how it was. `shared` is a folder of all workers of this run and of no other
    one.
    """
    with _sqlite(shared, worker) if settings.EMBEDDED else _postgresql(shared, worker) as restore:
        yield restore
        connection.close()


@contextlib.contextmanager
def _sqlite(shared: Path, worker: str) -> Iterator[Callable[[], None]]:
    """A file, not memory: threads and worker processes must see one database."""
    migrated, own = shared / "migrated.sqlite3", shared / f"test{worker}.sqlite3"
    with _alone(shared):
        if not migrated.exists():
            half = shared / "half.sqlite3"
            _migrate(str(half))
            half.rename(migrated)
    shutil.copy(migrated, own)
    _use(str(own))

    def restore() -> None:
        with (
            contextlib.closing(sqlite3.connect(migrated)) as source,
            contextlib.closing(sqlite3.connect(own, PATIENCE, isolation_level=None)) as target,
        ):
            # The copying itself would wait for another writer without an end.
            target.execute("BEGIN IMMEDIATE")
            target.execute("ROLLBACK")
            source.backup(target)

    yield restore
    connection.close()
    for file in shared.glob(f"{own.name}*"):
        file.unlink()


@contextlib.contextmanager
def _postgresql(shared: Path, worker: str) -> Iterator[Callable[[], None]]:
    migrated = f"test_{settings.DATABASES['default']['NAME']}"
    used_by = shared / f"postgresql-{worker}"
    with _alone(shared):
        if not list(shared.glob("postgresql-*")):
            _migrate(migrated)
        used_by.touch()
        _use(migrated)
        if worker:
            connection.creation.clone_test_db(worker, verbosity=0, autoclobber=True)
            _use(connection.creation.get_test_db_clone_settings(worker)["NAME"])
    yield _empty
    with _alone(shared):
        used_by.unlink()
        if worker:
            _drop(connection.settings_dict["NAME"])
        if not list(shared.glob("postgresql-*")):
            _drop(migrated)


def _empty() -> None:
    """Every row goes that a test may have committed. The guards refuse DELETE, so they
    stand aside for it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # The words of search too, which no model has and whose triggers stand aside.
        tables = set(connection.introspection.table_names(cursor)) - KEPT
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        (superuser,) = cursor.fetchone()
        if superuser:
            steps = ["SET LOCAL session_replication_role = replica"]
            steps += [f"DELETE FROM {table}" for table in sorted(tables)]
            steps += ["SET LOCAL session_replication_role = origin"]
        else:
            steps = _past_each_table(cursor, tables)
        cursor.execute("; ".join(steps))
        AuditHead.objects.get_or_create(pk=1)
    if triggers.missing("default"):
        triggers.install("default")


def _past_each_table(cursor: CursorWrapper, tables: set[str]) -> list[str]:
    """What a role must do that may not set the guards aside at once: on the tables that
    hold something, which are few, because the guards and statements of an altered table
    are planned anew.
    """
    cursor.execute(
        " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in sorted(tables)
        )
    )
    filled = [row[0] for row in cursor.fetchall()]
    return [
        *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in filled),
        *(f"DELETE FROM {table}" for table in filled),
        "SET CONSTRAINTS ALL IMMEDIATE",
        *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in filled),
    ]


@contextlib.contextmanager
def another(folder: Path) -> Iterator[None]:
    """An empty database in the place of the worker's own, for tests of migrations."""
    own = connection.settings_dict["NAME"]
    name = str(folder / "another.sqlite3") if settings.EMBEDDED else f"{own}_another"
    _drop_if_there(name)
    if not settings.EMBEDDED:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    _use(name)
    try:
        yield
    finally:
        _use(own)
        _drop_if_there(name)


def _drop_if_there(name: str) -> None:
    if settings.EMBEDDED:
        Path(name).unlink(missing_ok=True)
    else:
        _drop(name)


def _migrate(name: str) -> None:
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _drop(name: str) -> None:
    """By way of the database that was there before the tests."""
    connection.close()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


@contextlib.contextmanager
def _alone(shared: Path) -> Iterator[None]:
    """The other workers wait until this one is through."""
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
