"""Who a confidential source is: read with a reason and on record, by the writer or with
a grant that an editor gave.
"""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from claims.choices import Channel
from claims.evidence import source_access
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note
from claims.models import ConfidentialIdentity, Evidence, SourceGrant, SourceRead
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import AccessGrant, Desk, User
from tests import factories
from tests.project.api import Api
from tests.shared_rows import shared

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NAME = "Zelda Quince-Marrow"
WHY = {"reason": "The ministry asks who said it."}


@pytest.fixture
def second_editor(desk: Desk) -> User:
    return factories.person("second_editor", desk, "editor")


@shared
def item(checker: User) -> Evidence:
    note = Note(
        person="a person known to the desk",
        channel=Channel.PHONE,
        held_at=clock.now() - timedelta(hours=1),
        text="The figure was known in March.",
        confidential=True,
        real_name=NAME,
        contact="zelda@mail.example",
    )
    details = EvidenceDetails(url="", stance="refutes", quote="known in March")
    return attach_note(factories.ready(checker), by=checker, note=note, item=details)


def soon(**delta: float) -> str:
    return (clock.now() + timedelta(**(delta or {"days": 3}))).isoformat()


def read(reader: User, item: Evidence, **body: str) -> tuple[int, str]:
    answer = Api(reader).post(f"evidence/{item.public_id}/identity/read/", body or WHY)
    return answer.status_code, answer.text


def give(editor: User, item: Evidence, to: User, **changes: str) -> SourceGrant:
    body = {"person": to.username, "ends_at": soon(), "reason": "She calls back."} | changes
    answer = Api(editor).post(f"evidence/{item.public_id}/identity/grants/", body)
    assert answer.status_code == 201, answer.text
    return SourceGrant.objects.get(public_id=answer.json()["id"])


def test_the_writer_reads_it_for_a_reason_that_is_on_record(checker: User, item: Evidence) -> None:
    status, said = read(checker, item)
    assert status == 200 and NAME in said
    entry = AuditEntry.objects.get(action="identity.read")
    assert (entry.actor, entry.changes) == ("checker", {"reason": ["", WHY["reason"]]})
    assert entry.object_id == str(item.capture.interview.public_id)
    listed = Api(checker).get(f"evidence/{item.public_id}/identity/")
    assert listed.json()["reads"][0]["reason"] == WHY["reason"] and NAME not in listed.text


@pytest.mark.parametrize("reason", ["", "   ", f"Is it {NAME}?", "x" * 501])
def test_no_reading_without_a_reason_that_may_be_kept(
    checker: User, item: Evidence, reason: str
) -> None:
    status, said = read(checker, item, reason=reason)
    assert status == 400 and "Zelda" not in said.replace(reason, "")
    assert not SourceRead.objects.exists()
    assert not AuditEntry.objects.filter(action="identity.read").exists()


def test_an_editor_reads_nothing_without_a_grant_and_gives_none_to_themselves(
    editor: User, second_editor: User, second_checker: User, outsider: User, item: Evidence
) -> None:
    assert read(editor, item)[0] == 403
    assert read(second_checker, item)[0] == read(outsider, item)[0] == 404
    path = f"evidence/{item.public_id}/identity/grants/"
    body = {"person": "editor", "ends_at": soon(), "reason": "Mine."}
    assert Api(editor).post(path, body).status_code == 400
    assert Api(second_checker).post(path, body).status_code == 404
    grant = give(second_editor, item, editor)
    assert NAME in read(editor, item)[1]
    api = Api(item.added_by)
    for _ in range(2):  # the writer protects their source; again changes nothing
        assert api.post(f"source-grants/{grant.public_id}/revoke/", {}).status_code == 200
    assert AuditEntry.objects.filter(action="identity.revoke").count() == 1
    assert read(editor, item)[0] == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("person", "nobody_we_know"),
        ("person", "outsider"),
        ("person", "checker"),
        ("ends_at", "2001-01-01T00:00:00Z"),
        ("ends_at", "2999-01-01T00:00:00Z"),
        ("reason", ""),
        ("reason", f"For {NAME}."),
    ],
)
def test_a_bad_grant_is_refused_by_its_field(
    editor: User, outsider: User, item: Evidence, field: str, value: str
) -> None:
    body = {"person": "editor", "ends_at": soon(), "reason": "She calls back.", field: value}
    answer = Api(editor).post(f"evidence/{item.public_id}/identity/grants/", body)
    assert answer.status_code == 400 and not SourceGrant.objects.exists()
    assert any(fault.get("field") == field for fault in answer.json()["errors"]) or (
        field != "person"
    )


def test_an_editor_gives_no_access_to_an_account_that_they_lately_opened(
    editor: User, second_editor: User, second_checker: User, item: Evidence
) -> None:
    now = clock.now()
    AccessGrant.objects.create(
        user=second_checker, by=editor, what="password", at=now, blocks_until=now + timedelta(1)
    )
    path = f"evidence/{item.public_id}/identity/grants/"
    body = {"person": "second_checker", "ends_at": soon(), "reason": "She calls back."}
    refused = Api(editor).post(path, body)
    assert refused.status_code == 400 and "Ask another editor" in refused.text
    give(second_editor, item, second_checker)


def test_a_grant_ends_by_itself(
    editor: User, second_checker: User, item: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(editor, item, second_checker)
    assert read(second_checker, item)[0] == 200
    later = clock.now() + timedelta(days=4)
    monkeypatch.setattr(clock, "now", lambda: later)
    identity = ConfidentialIdentity.objects.get()
    assert not ConfidentialIdentity.objects.visible_to(second_checker).exists()
    with pytest.raises(source_access.PermissionDenied):
        source_access.read_identity(identity, by=second_checker, reason="Still curious.")


def test_two_people_open_it_together(
    checker: User, editor: User, second_checker: User, item: Evidence
) -> None:
    api = Api(checker)
    assert api.post(f"evidence/{item.public_id}/identity/two-people/", {}).json()["two_people"]
    status, said = read(checker, item)
    assert status == 202 and NAME not in said
    request = api.get(f"evidence/{item.public_id}/identity/").json()["requests"][0]["id"]
    path = f"source-read-requests/{request}/confirm/"
    assert api.post(path, {}).status_code == 403, "not the same person"
    assert Api(editor).post(path, {}).status_code == 403, "not without a grant"
    give(editor, item, second_checker)
    for _ in range(2):
        assert Api(second_checker).post(path, {}).status_code == 200
    assert NAME in read(checker, item, reason="Another reason.")[1]
    entry = AuditEntry.objects.get(action="identity.read")
    assert entry.changes == {"reason": ["", WHY["reason"]], "confirmed_by": ["", "second_checker"]}
    assert read(checker, item)[0] == 202, "once"


def test_a_request_expires_after_an_hour(
    checker: User, editor: User, second_checker: User, item: Evidence,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    identity = ConfidentialIdentity.objects.get()
    source_access.require_two_people(identity, by=checker)
    asked = source_access.read_identity(identity, by=checker, reason="Why not.")
    give(editor, item, second_checker)
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(source_access.WorkflowError, match="expired"):
        source_access.confirm_read(asked, by=second_checker)


def test_sql_reads_nothing_without_a_grant_and_rewrites_no_reading(
    checker: User, editor: User, item: Evidence
) -> None:
    read(checker, item)
    identity = ConfidentialIdentity.objects.get()
    grant = f"({identity.pk}, 'x', {editor.pk}, '{soon(minutes=0)}', NULL)"
    insert = "INSERT INTO claims_sourceread (identity_id, reason, by_id, at, request_id) VALUES"
    for statement in (
        f"{insert} {grant}",
        "UPDATE claims_sourceread SET reason = 'Another.'",
        "DELETE FROM claims_sourceread",
        f"UPDATE claims_confidentialidentity SET by_id = {editor.pk}",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_on_the_screen_the_name_is_on_the_answer_to_the_reason_alone(
    client: Client, checker: User, editor: User, item: Evidence
) -> None:
    page = reverse("admin:claims_claim_identity", args=[item.claim_id, item.number])
    client.force_login(editor)
    assert "Only checker, who wrote the note" in client.get(page).text
    assert client.post(page, WHY).status_code == 403
    client.force_login(checker)
    assert NAME not in client.get(page).text
    assert client.post(page, {"reason": ""}).status_code == 400
    told = client.post(page, WHY)
    assert NAME in told.text and "no-store" in told["Cache-Control"]
    listed = client.get(page).text
    assert WHY["reason"] in listed and NAME not in listed
    assert not any(NAME in str(value) for value in client.session.values())
    grant = reverse("admin:claims_claim_identity_grant", args=[item.claim_id, item.number])
    assert client.post(grant, {}).status_code == 403
    client.force_login(editor)
    ends = f"{datetime.fromisoformat(soon()):%Y-%m-%dT%H:%M}"
    other = factories.person("other", item.claim.desk, "checker")
    said = client.post(grant, {"person": other.pk, "reason": "Calls.", "ends_at": ends})
    assert said.status_code == 302 and SourceGrant.objects.get().person == other
    assert client.post(grant, {"person": "²", "reason": "", "ends_at": "x"}).status_code == 400
    revoke = reverse(
        "admin:claims_claim_identity_revoke", args=[item.claim_id, item.number, uuid4()]
    )
    assert client.post(revoke).status_code == 404
