"""What was written in plain text before is encrypted by the migration, and back again
by its reverse; in a database and processes of its own.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from claims.models import ReaderTip
from factcheck.ledger.encryption import decrypt
from tests.project.test_settings import ROOT

CODE = "0006_encrypt_identities_and_tips"
BEFORE = "0005_encrypted_columns"
ROWS = 501  # more than a batch
TIP = "claim_id, name, contact, message, received_at, erase_date, entered_by_id, entered_at"


def migrate(folder: Path, *target: str) -> None:
    env = os.environ | {"FACTCHECK_ENV": "test", "FACTCHECK_DATA_DIR": str(folder)}
    env.pop("DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0", *target],
        cwd=ROOT,
        env=env,
        check=True,
        capture_output=True,
    )


def tips(database: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute(
            "SELECT name, contact, message FROM claims_readertip ORDER BY id"
        ).fetchall()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Rows as they stood before: in plain text, and one that was erased. They hang on
    no claim; foreign keys are not the matter here.
    """
    migrate(tmp_path, "claims", BEFORE)
    file = tmp_path / "factcheck.sqlite3"
    day = "2026-01-01 10:00:00"
    with closing(sqlite3.connect(file)) as opened, opened:
        guards = opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (guard,) in guards:
            opened.execute(f"DROP TRIGGER {guard}")
        opened.executemany(
            f"INSERT INTO claims_readertip ({TIP}) VALUES (?, ?, '', 'Hm.', ?, '2099-01-01', 1, ?)",
            [(number, f"Reader {number}", day, day) for number in range(1, ROWS + 1)],
        )
        opened.execute(
            f"INSERT INTO claims_readertip ({TIP}, erased_at)"
            " VALUES (9999, '', '', '', ?, '2099-01-01', 1, ?, ?)",
            [day, day, day],
        )
    return file


def test_old_rows_are_encrypted_and_the_way_back_is_there(database: Path) -> None:
    before = tips(database)
    assert len(before) == ROWS + 1
    _run(database.parent, "forward")
    after = tips(database)
    assert after[-1] == ("", "", "") and not any("Reader" in str(row) for row in after)
    assert [tuple(text and decrypt(text) for text in row) for row in after] == before
    assert ReaderTip._meta.get_field("name").from_db_value(after[0][0], None, None) == "Reader 1"
    _run(database.parent, "backward")
    assert tips(database) == before


def _run(folder: Path, way: str) -> None:
    """The step itself: a whole migration would miss the claims that are not there."""
    code = (
        "import django, importlib, types; django.setup()\n"
        "from django.db import connection, transaction\n"
        f"step = importlib.import_module('claims.migrations.{CODE}')\n"
        "editor = types.SimpleNamespace(connection=connection)\n"
        f"with transaction.atomic(): step.{way}(None, editor)\n"
    )
    env = os.environ | {
        "FACTCHECK_ENV": "test",
        "FACTCHECK_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    }
    env.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True)
