"""A new key, everything encrypted anew by the command, the old key dropped."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from claims.choices import Channel
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note
from claims.intake.tips import TipDetails, add_tip, erase
from claims.models import ConfidentialIdentity, ReaderTip
from factcheck.ledger import clock, key_rotation
from factcheck.ledger.encryption import DecryptionError, encrypt, is_current
from factcheck.ledger.models import AuditEntry, KeyRotation
from factcheck.newsroom.models import User
from tests import factories
from tests.project.test_settings import KEY, OTHER_KEY

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def stored(settings: Settings, checker: User, editor: User) -> None:
    """A source, a tip and an erased tip under the old key; then the new one comes."""
    settings.ENCRYPTION_KEYS = [OTHER_KEY]
    note = Note(
        person="a person known to the desk",
        channel=Channel.PHONE,
        held_at=clock.now() - timedelta(hours=1),
        text="The figure was known in March.",
        confidential=True,
        real_name="Zelda Quince-Marrow",
    )
    item = EvidenceDetails(url="", stance="refutes", quote="known in March")
    attach_note(factories.ready(checker), by=checker, note=note, item=item)
    add_tip(
        factories.claim(checker), by=checker, details=TipDetails("Ole", "ole@mail.example", "Hm.")
    )
    gone = factories.claim(checker)
    add_tip(gone, by=checker, details=TipDetails("Runa", "", ""))
    erase(gone, by=editor)
    settings.ENCRYPTION_KEYS = [KEY, OTHER_KEY]


def rotate(capsys: pytest.CaptureFixture[str]) -> str:
    call_command("rotate_encryption_keys")
    return capsys.readouterr().out


def test_after_it_the_old_key_is_needed_no_more(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    said = rotate(capsys)
    assert "claims.confidentialidentity.name: 1 encrypted anew, 0 had the first key" in said
    assert "claims.readertip.message: 1 encrypted anew" in said
    settings.ENCRYPTION_KEYS = [KEY]
    assert ConfidentialIdentity.objects.get().name == "Zelda Quince-Marrow"
    assert sorted(ReaderTip.objects.values_list("name", flat=True)) == ["", "Ole"]
    assert [entry.changes for entry in AuditEntry.objects.filter(action="keys.rotate")] == [
        {"state": ["started", "finished"], "reencrypted": [0, 4], "failed": [0, 0]},
        {"state": ["", "started"]},
    ]


def test_again_it_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    rotate(capsys)
    before = _ciphertext()
    assert "name: 0 encrypted anew, 1 had the first key already" in rotate(capsys)
    assert _ciphertext() == before


def test_one_that_was_stopped_goes_on_where_it_was(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    stopped = key_rotation.rotate()
    next(stopped)
    stopped.close()
    assert KeyRotation.objects.get().open
    rotate(capsys)
    rotation = KeyRotation.objects.get()
    assert (rotation.open, rotation.reencrypted, rotation.failed) == (False, 4, 0)
    settings.ENCRYPTION_KEYS = [KEY]
    assert ReaderTip.objects.get(erased_at=None).contact == "ole@mail.example"


def test_asked_before_and_after_it_says_whether_the_old_key_is_needed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = _ciphertext()
    with pytest.raises(CommandError, match=r"^4 still need another key"):
        call_command("rotate_encryption_keys", "--check")
    assert "claims.readertip.name: 0 with the first key, 1 with another" in capsys.readouterr().out
    assert _ciphertext() == before and not KeyRotation.objects.exists()
    rotate(capsys)
    call_command("rotate_encryption_keys", "--check")
    said = capsys.readouterr().out
    assert "claims.readertip.name: 1 with the first key, 0 with another" in said
    assert "The other keys can be removed" in said


def test_asked_without_the_old_key_it_says_so(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [KEY]
    with pytest.raises(CommandError, match=r"^4 cannot be read"):
        call_command("rotate_encryption_keys", "--check")


def test_what_is_erased_meanwhile_stays_erased(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tip = ReaderTip.objects.get(erased_at=None)
    read = key_rotation._read

    def read_and_erase(query: str, values: list[object]) -> list[tuple[object, str]]:
        rows = read(query, values)
        erase(tip.claim, by=editor)
        return rows

    monkeypatch.setattr(key_rotation, "_read", read_and_erase)
    counts = dict(key_rotation.rotate())
    tip.refresh_from_db()
    assert (tip.name, tip.contact, tip.message) == ("", "", "")
    assert not any(count.failed for count in counts.values())


def test_a_missing_key_is_an_error_that_leaves_the_row_and_names_the_setting(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ENCRYPTION_KEYS = [KEY]
    before = _ciphertext()
    with pytest.raises(CommandError, match=r"4 left as they were.*FACTCHECK_ENCRYPTION_KEYS"):
        rotate(capsys)
    assert _ciphertext() == before
    with pytest.raises(DecryptionError, match="FACTCHECK_ENCRYPTION_KEYS"):
        ConfidentialIdentity.objects.get()


def test_another_store_is_rotated_too(capsys: pytest.CaptureFixture[str]) -> None:
    seen = []

    def store(write: bool) -> object:
        seen.append("asked")
        yield key_rotation.Count(reencrypted=3)

    key_rotation.register("second factors", store)
    try:
        assert "second factors: 3 encrypted anew" in rotate(capsys)
    finally:
        del key_rotation._stores["second factors"]
    assert seen == ["asked"] and KeyRotation.objects.get().reencrypted == 7


@pytest.mark.parametrize(("rotating", "value"), [(False, "cipher"), (True, "plain"), (True, "")])
def test_sql_renames_no_source(rotating: bool, value: str) -> None:
    if rotating:
        KeyRotation.objects.create(started_at=clock.now())
    name = encrypt("Somebody else") if value == "cipher" else value
    with (
        pytest.raises(DatabaseError, match=r"only encrypted anew|identity_has_name"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE claims_confidentialidentity SET name = %s", [name])


def _ciphertext() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM claims_confidentialidentity UNION ALL"
            " SELECT name FROM claims_readertip WHERE name <> ''"
        )
        tokens = [token for (token,) in cursor.fetchall()]
    assert all(token.startswith("gAAAA") for token in tokens) and len(tokens) == 2
    assert {is_current(token) for token in tokens} <= {True, False}
    return tokens
