"""A newsroom that ran the first version keeps what it published when it migrates to the present
one.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.project.old_newsroom import HASH
from tests.project.test_settings import ROOT

SCRATCH = "factcheck_upgrade"
pytestmark = pytest.mark.both


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty database of the kind the tests run on, as the environment that leads to it."""
    where = settings.DATABASES["default"]
    if "postgresql" not in where["ENGINE"]:
        yield {}
        return
    server = {
        "host": where["HOST"],
        "port": where["PORT"],
        "user": where["USER"],
        "password": where["PASSWORD"] or None,
    }
    name = f"{SCRATCH}_{os.getpid()}"
    with psycopg.connect(**server, dbname="template1", autocommit=True) as direct:
        direct.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield {"DATABASE_URL": f"postgres://{where['USER']}@{where['HOST']}:{where['PORT']}/{name}"}
        direct.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_what_the_first_version_published_still_stands(
    tmp_path: Path, database: dict[str, str]
) -> None:
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FACTCHECK_", "DATABASE_", "DJANGO_", "REDIS_"))
    }
    env = (
        plain
        | database
        | {
            "FACTCHECK_ENV": "demo",
            "FACTCHECK_DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        }
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.project.old_newsroom"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert (shown["state"], shown["hash"], shown["first"][:10]) == ("published", HASH, "2026-05-03")
    assert (
        shown["status"] == 200
        and "It is open." in shown["page"]
        and "It carries traffic since April." in shown["page"]
    )
    assert shown["missing_guards"] == []
