"""The audit chain: it holds, it shows every tampering, and the application cannot
tamper.
"""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from factcheck.ledger import change_context, triggers
from factcheck.ledger.audit_log import entries_at_the_end, log_change
from factcheck.ledger.models import AuditEntry, AuditHead
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import Desk, User

pytestmark = pytest.mark.django_db


def _sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _without_guards() -> None:
    """What somebody with the rights of the database's owner can do."""
    triggers.remove("default")


@pytest.fixture
def chain(desk: Desk, editor: User) -> list[AuditEntry]:
    return [
        log_change("desk.change", desk, by=editor, changes={"name": ["a", str(number)]})
        for number in range(4)
    ]


def test_an_entry_says_who_did_what_through_which_entry_point(desk: Desk, editor: User) -> None:
    with change_context.entry_point("api", "request-7"):
        entry = log_change("desk.change", desk, by=editor, changes={"name": ["Metro", "City"]})
    entries = AuditEntry.objects.get(pk=entry.pk)
    assert (entries.actor_id, entries.actor, entries.entry_point, entries.request_id) == (
        editor.pk,
        "editor",
        "api",
        "request-7",
    )
    assert entries.changes == {"name": ["Metro", "City"]}
    assert entries.digest() == entries.hash == AuditHead.objects.get().hash


def test_an_untouched_chain_verifies_and_prints_its_head(chain: list[AuditEntry]) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert json.loads(out.getvalue()) == {
        "ok": True,
        "entries": chain[-1].seq,
        "head_hash": chain[-1].hash,
    }


@pytest.mark.parametrize(
    ("tampering", "first_broken"),
    [
        ("UPDATE ledger_auditentry SET actor = 'nobody' WHERE seq = 2", 2),
        ("DELETE FROM ledger_auditentry WHERE seq = 2", 2),
        ("DELETE FROM ledger_auditentry WHERE seq = 7", 7),
        ("UPDATE ledger_audithead SET seq = 6", 7),
    ],
    ids=["edited", "deleted", "cut tail", "head moved back"],
)
def test_tampering_by_the_owner_of_the_database_is_found(
    chain: list[AuditEntry], tampering: str, first_broken: int
) -> None:
    _without_guards()
    _sql(tampering)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", stdout=out)
    assert ended.value.code == 1
    assert json.loads(out.getvalue())["first_broken_entry"] == first_broken


def test_several_entries_are_appended_at_once(desk: Desk, editor: User) -> None:
    with transaction.atomic(), entries_at_the_end():
        entries = [log_change("desk.change", desk, by=editor) for _ in range(3)]
    first, second, third = entries
    assert [first.hash, second.hash] == [second.previous_hash, third.previous_hash]
    assert AuditHead.objects.get().hash == third.hash and verify().broken_at is None


def test_the_head_moves_past_no_gap(chain: list[AuditEntry]) -> None:
    ahead = AuditEntry.objects.get(seq=chain[-1].seq)
    ahead.pk, ahead.seq, ahead.previous_hash = None, ahead.seq + 2, ahead.hash
    ahead.hash = ahead.digest()
    ahead.save(force_insert=True)
    with pytest.raises(DatabaseError, match="only along"), transaction.atomic():
        _sql("UPDATE ledger_audithead SET seq = %s, hash = %s", ahead.seq, ahead.hash)


def test_one_index_and_no_other_finds_a_hash(db: None) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "ledger_auditentry")
    for name in ("hash", "previous_hash"):
        assert len([one for one in found.values() if one["columns"] == [name]]) == 1, name


def _verified(**options: bool) -> tuple[int, dict[str, Any]]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", stdout=out, stderr=err, **options)
    except SystemExit as ended:
        return int(ended.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_a_checkpoint_stands_in_the_chain_and_the_next_run_starts_there(
    chain: list[AuditEntry], desk: Desk, editor: User
) -> None:
    held = chain[-1].seq
    assert _verified(checkpoint=True)[0] == 0
    said = AuditEntry.objects.get(action="audit.verify")
    assert said.seq == held + 1
    assert said.changes == {"entries": [None, held], "head_hash": ["", chain[-1].hash]}
    log_change("desk.change", desk, by=editor)
    code, found = _verified()
    assert (code, found["entries"], found["verified_before"]) == (0, held + 2, held)
    _without_guards()
    _sql("UPDATE ledger_auditentry SET actor = 'nobody' WHERE seq = 2")
    assert _verified()[0] == 0, "what was verified before is not read again"
    code, found = _verified(whole=True)
    assert (code, found["first_broken_entry"]) == (1, 2)


@pytest.mark.parametrize(
    ("tampering", "first_broken"),
    [
        ("UPDATE ledger_auditentry SET actor = 'nobody' WHERE seq = 9", 9),
        (
            "UPDATE ledger_auditentry SET hash = substr(previous_hash, 1, 63) || 'x' WHERE seq = 7",
            7,
        ),
        ("DELETE FROM ledger_auditentry WHERE seq = 7", 7),
        ("UPDATE ledger_auditentry SET object_id = '2' WHERE action = 'audit.verify'", 8),
        ("DELETE FROM ledger_auditentry WHERE seq > 7", 8),
    ],
    ids=["after it", "its end changed", "its end deleted", "the checkpoint itself", "cut tail"],
)
def test_tampering_after_a_checkpoint_or_with_it_is_found(
    chain: list[AuditEntry], desk: Desk, editor: User, tampering: str, first_broken: int
) -> None:
    assert chain[-1].seq == 7
    _verified(checkpoint=True)
    log_change("desk.change", desk, by=editor)
    _without_guards()
    _sql(tampering)
    code, found = _verified()
    assert (code, found["first_broken_entry"]) == (1, first_broken)


def test_a_chain_that_does_not_hold_gets_no_checkpoint(chain: list[AuditEntry]) -> None:
    _without_guards()
    _sql("UPDATE ledger_auditentry SET actor = 'nobody' WHERE seq = 2")
    assert _verified(checkpoint=True)[0] == 1
    assert not AuditEntry.objects.filter(action="audit.verify").exists()


def test_an_entry_appended_past_the_head_is_found(chain: list[AuditEntry], desk: Desk) -> None:
    forged = AuditEntry.objects.get(seq=chain[-1].seq)
    forged.pk, forged.seq, forged.previous_hash = None, forged.seq + 1, forged.hash
    forged.hash = forged.digest()
    forged.save(force_insert=True)  # the application may add rows; without the head they show
    assert verify().broken_at == chain[-1].seq + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_auditentry SET actor = 'nobody'",
        "DELETE FROM ledger_auditentry",
        "DELETE FROM ledger_audithead",
        "UPDATE ledger_audithead SET seq = 0",
        "UPDATE ledger_audithead SET hash = '00'",
    ],
)
def test_the_application_cannot_rewrite_the_chain(chain: list[AuditEntry], statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        _sql(statement)
    assert verify().broken_at is None


def test_the_application_cannot_empty_or_replace_the_chain(chain: list[AuditEntry]) -> None:
    statement = (
        "TRUNCATE ledger_auditentry"
        if connection.vendor == "postgresql"
        else (
            "INSERT OR REPLACE INTO ledger_auditentry SELECT id, seq, at, actor_id, 'nobody',"
            " entry_point, request_id, action, object_type, object_id, desk_id, changes, previous_hash, hash"
            " FROM ledger_auditentry WHERE seq = 2"
        )
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        _sql(statement)
    assert verify().broken_at is None


def test_the_orm_cannot_rewrite_the_chain(chain: list[AuditEntry]) -> None:
    entry = chain[1]
    entry.actor = "nobody"
    for forbidden in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(actor="nobody"),
        lambda: AuditEntry.objects.bulk_update([entry], ["actor"]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()
    assert verify().broken_at is None


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_a_later_migration_altered_the_table(
    desk: Desk, editor: User, settings: Any
) -> None:
    log_change("desk.change", desk, by=editor)
    settings.MIGRATION_MODULES = {"ledger": "tests.project.later_ledger"}
    try:
        call_command("migrate", "ledger", "0099", verbosity=0)
        assert triggers.missing("default") == []
        with pytest.raises(DatabaseError):
            _sql("UPDATE ledger_auditentry SET actor = 'nobody'")
        assert verify().broken_at is None
    finally:
        call_command("migrate", "ledger", "0004", verbosity=0)
