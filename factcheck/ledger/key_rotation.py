"""Encrypt everything anew with the first key, so that an old one can be
dropped.

In batches, while people work: a row is written only if its ciphertext
is still the one that was read. What has the first key already is passed
over, so a run that was stopped goes on where it was, and a second one
changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.encryption import (
    DecryptionError,
    EncryptedTextField,
    is_current,
    reencrypt,
)
from factcheck.ledger.models import KeyRotation

BATCH_SIZE = 500


@dataclass(slots=True)
class Count:
    reencrypted: int = 0
    unchanged: int = 0
    failed: int = 0

    def add(self, other: "Count") -> None:
        self.reencrypted += other.reencrypted
        self.unchanged += other.unchanged
        self.failed += other.failed


# Re-encrypts a store from its first row to its last, a batch at a time, and yields what
# each batch came to; given False, what it would come to.
Store = Callable[[bool], Iterator[Count]]
_stores: dict[str, Store] = {}


def register(name: str, store: Store) -> None:
    """For ciphertext that is not in an EncryptedTextField, such as a JSON column."""
    _stores[name] = store


def rotate() -> Iterator[tuple[str, Count]]:
    """Yields the name of each store with its count, when it is done.

    The rotation stays open if this is stopped, and the next run goes on
    with it.
    """
    with transaction.atomic():
        rotation, new = KeyRotation.objects.get_or_create(
            open=True, defaults={"started_at": clock.now()}
        )
        if new:
            log_change("keys.rotate", rotation, by=None, changes={"state": ["", "started"]})
    for name, store in _all_stores():
        total = Count()
        for batch in store(True):
            total.add(batch)
            _add(rotation, batch)
        yield name, total
    _finish(rotation)


def inspect() -> Iterator[tuple[str, Count]]:
    """What `rotate` would come to now; writes nothing."""
    for name, store in _all_stores():
        total = Count()
        for batch in store(False):
            total.add(batch)
        yield name, total


def _all_stores() -> Iterable[tuple[str, Store]]:
    return (_fields() | _stores).items()


def _add(rotation: KeyRotation, batch: Count) -> None:
    KeyRotation.objects.filter(pk=rotation.pk).update(
        reencrypted=models.F("reencrypted") + batch.reencrypted,
        failed=models.F("failed") + batch.failed,
    )


def _finish(rotation: KeyRotation) -> None:
    with transaction.atomic():
        # Two runs at once share one rotation: whoever comes second finds it finished.
        if KeyRotation.objects.filter(pk=rotation.pk, open=True).update(
            open=False, finished_at=clock.now()
        ):
            rotation.refresh_from_db()
            changes = {
                "state": ["started", "finished"],
                "reencrypted": [0, rotation.reencrypted],
                "failed": [0, rotation.failed],
            }
            log_change("keys.rotate", rotation, by=None, changes=changes)


def _fields() -> dict[str, Store]:
    """Every encrypted field of the project, found in the models."""
    return {
        f"{model._meta.label_lower}.{field.name}": of_column(model, str(field.column))
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    }


def of_column(model: type[models.Model], name: str) -> Store:
    # The ciphertext itself is needed, which a field would decrypt: so SQL.
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(name)
    key = quote(str(model._meta.pk.column if model._meta.pk else "id"))

    def store(write: bool) -> Iterator[Count]:
        last: Any = None
        while rows := _read(
            f"SELECT {key}, {column} FROM {table} WHERE {column} <> ''"
            f" {'' if last is None else f'AND {key} > %s'} ORDER BY {key} LIMIT {BATCH_SIZE}",
            [] if last is None else [last],
        ):
            last = rows[-1][0]
            statement = f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s"
            yield _batch(rows, statement if write else "")

    return store


def _read(query: str, values: list[Any]) -> list[tuple[Any, str]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _batch(rows: list[tuple[Any, str]], statement: str) -> Count:
    """Without a statement nothing is written."""
    count = Count()
    with transaction.atomic(), connection.cursor() as cursor:
        for key, token in rows:
            if is_current(token):
                count.unchanged += 1
                continue
            try:
                anew = reencrypt(token)
            except DecryptionError:
                count.failed += 1
                continue
            if statement:
                cursor.execute(statement, [anew, key, token])
            # No row: it was erased or encrypted anew since it was read.
            count.reencrypted += cursor.rowcount if statement else 1
    return count
