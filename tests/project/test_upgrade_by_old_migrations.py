"""The squashed migrations make the database that the ones they replace make, also from
one that stopped between them; and what stood there in plain text is then encrypted.
"""

import datetime
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from pytest_django.plugin import DjangoDbBlocker

from claims.models import Rating, RatingScale, ReaderTip
from factcheck.ledger import triggers
from factcheck.ledger.encryption import decrypt
from factcheck.newsroom.models import ApiToken
from tests import databases

pytestmark = pytest.mark.django_db(transaction=True)

# Of claims and newsroom a part, of sources all, and of the ledger nothing.
BETWEEN = [
    ("claims", "0004_evidence_signed_names_filled"),
    ("newsroom", "0003_ways_into_an_account"),
    ("sources", "0005_link_reading_due_at"),
]
STEP = "claims.migrations.0006_encrypt_identities_and_tips"
TIPS = 501  # more than a batch
ROWS = 2  # a default of a new column is computed once for all rows
RECEIVED = datetime.datetime(2026, 1, 1, 10, tzinfo=datetime.UTC)
ERASED = datetime.datetime(2026, 4, 1, 10, tzinfo=datetime.UTC)
SQLITE = "SELECT type, tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
POSTGRESQL = """
SELECT 'column', table_name::text, column_name::text, concat_ws(' ', data_type,
    character_maximum_length, is_nullable, column_default, identity_generation)
    FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, concat_ws(' ', tgenabled,
    pg_get_triggerdef(pg_trigger.oid), prosrc)
    FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
"""
Schema = set[tuple[Any, ...]]
Texts = list[tuple[str, str, str]]


@dataclass
class Upgraded:
    """What stood in a database that was between them, after `migrate`."""

    before: Texts
    after: Texts
    first: str  # as the model of today reads it
    back: Texts
    public_ids: dict[str, list[Any]]
    recorded: set[tuple[str, str]]
    schema: Schema


@pytest.fixture(scope="module")
def upgraded(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Upgraded]:
    with django_db_blocker.unblock(), databases.another(tmp_path_factory.mktemp("upgraded")):
        _rows_between()
        before = _tips()
        call_command("migrate", verbosity=0)
        after, recorded, schema = _tips(), _recorded(), _schema()
        first = ReaderTip.objects.order_by("pk")[0].name
        public_ids = {
            model.__name__: list(model.objects.values_list("public_id", flat=True))
            for model in (Rating, RatingScale, ApiToken)
        }
        _step_back()
        found = Upgraded(before, after, first, _tips(), public_ids, recorded, schema)
    yield found


def test_it_is_the_database_that_the_squashed_ones_make(upgraded: Upgraded) -> None:
    missing, more = _schema() - upgraded.schema, upgraded.schema - _schema()
    assert (missing, more) == (set(), set())
    assert upgraded.recorded == _recorded()
    assert triggers.missing("default") == []


def test_a_database_that_had_them_all_is_only_recorded(db: None) -> None:
    names = MigrationLoader(None).replacements
    before, applied = _schema(), MigrationRecorder(connection).migration_qs
    for app, name in names:
        applied.filter(app=app, name=name).delete()
    assert not _recorded() & set(names)
    call_command("migrate", verbosity=0)
    assert _recorded() >= set(names) and _schema() == before


def test_old_rows_are_encrypted_and_the_way_back_is_there(upgraded: Upgraded) -> None:
    assert len(upgraded.before) == TIPS + 1
    assert upgraded.after[-1] == ("", "", "")
    assert not any("Reader" in str(row) for row in upgraded.after)
    decrypted = [tuple(text and decrypt(text) for text in row) for row in upgraded.after]
    assert decrypted == upgraded.before == upgraded.back
    assert upgraded.first == upgraded.before[0][0]


def test_each_old_row_has_a_public_id_of_its_own(upgraded: Upgraded) -> None:
    for name, found in upgraded.public_ids.items():
        assert len(set(found)) == len(found) == ROWS and None not in found, name


def _rows_between() -> None:
    """Tips as they stood before: in plain text, and one that was erased. And some of
    what had no public id.
    """
    executor = MigrationExecutor(connection)
    executor.loader.replace_migrations = False
    executor.loader.build_graph()
    executor.migrate(BETWEEN)
    model = executor.loader.project_state(BETWEEN).apps.get_model
    person = model("newsroom", "User").objects.create(username="ana")
    desk = model("newsroom", "Desk").objects.create(name="Metro")
    claims = model("claims", "Claim").objects
    claims.bulk_create(
        claims.model(text="Trees.", desk=desk, created_by=person, created_at=RECEIVED)
        for _ in range(TIPS + 1)
    )
    *rest, last = claims.order_by("pk")
    for number in range(ROWS):
        model("newsroom", "ApiToken").objects.create(owner=person, made_by=person, digest=number)
        scale = model("claims", "RatingScale").objects.create(name=f"Scale {number}")
        values = {"definition": "It is so.", "colour": "#000000", "position": 1}
        model("claims", "Rating").objects.create(scale=scale, name="True", **values)
    tips = model("claims", "ReaderTip").objects
    dates = {"received_at": RECEIVED, "erase_date": ERASED, "entered_at": RECEIVED}
    tips.bulk_create(
        tips.model(
            claim=claim, name=f"Reader {claim.pk}", message="Hm.", entered_by=person, **dates
        )
        for claim in rest
    )
    tips.create(claim=last, entered_by=person, erased_at=ERASED, **dates)


def _step_back() -> None:
    """The step alone: the way back of all migrations would take half a minute."""
    step = importlib.import_module(STEP)
    triggers.remove("default")
    with connection.schema_editor() as editor:
        step.backward(None, editor)


def _recorded() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def _schema() -> Schema:
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == triggers.SQLITE else POSTGRESQL)
        return {(*what, _sorted(sql)) for *what, sql in cursor.fetchall()}


def _sorted(sql: str) -> str:
    """The order of columns and constraints in a table is that of the migrations."""
    if not sql.startswith("CREATE TABLE"):
        return sql
    inside = sql.partition("(")[2].removesuffix(")")
    return ",\n".join(sorted(re.split(r', (?="|CONSTRAINT)', inside)))


def _tips() -> Texts:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact, message FROM claims_readertip ORDER BY id")
        return cursor.fetchall()
