"""Encrypt the names of confidential sources and what readers sent.

Old copies of the rows stay in the database's files until it reuses them: see
"Encryption keys" in docs/settings.md.
"""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from factcheck.ledger.encryption import decrypt, encrypt

BATCH_SIZE = 500
COLUMNS = {
    "claims_confidentialidentity": ("name", "contact"),
    "claims_readertip": ("name", "contact", "message"),
}


def _convert(schema_editor: Any, change: Callable[[str], str]) -> None:
    postgres = schema_editor.connection.vendor == "postgresql"
    for table, columns in COLUMNS.items():
        # SQLite's guards are away while it migrates. PostgreSQL's refuse new names.
        if postgres:
            schema_editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        _convert_table(schema_editor.connection, table, columns, change)
        if postgres:
            schema_editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _convert_table(
    connection: Any, table: str, columns: tuple[str, ...], change: Callable[[str], str]
) -> None:
    # In SQL: the model's field takes a column for ciphertext before and after.
    read = f"SELECT id, {', '.join(columns)} FROM {table} WHERE id > %s ORDER BY id LIMIT %s"  # noqa: S608
    write = f"UPDATE {table} SET {', '.join(f'{name} = %s' for name in columns)} WHERE id = %s"  # noqa: S608
    last = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(read, [last, BATCH_SIZE])
            rows = cursor.fetchall()
            if not rows:
                return
            for pk, *texts in rows:
                cursor.execute(write, [*(text and change(text) for text in texts), pk])
            last = rows[-1][0]


def forward(apps: Any, schema_editor: Any) -> None:
    _convert(schema_editor, encrypt)


def backward(apps: Any, schema_editor: Any) -> None:
    _convert(schema_editor, decrypt)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0005_encrypted_columns"),
        # The guards of these tables ask it.
        ("ledger", "0002_key_rotation"),
    ]
    operations = [migrations.RunPython(forward, backward)]
