"""The audit chain is read by auditors and admins, of their own desk, and by nobody
written.
"""

from django.test import Client

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories

LIST = "/admin/ledger/auditentry/"


def test_an_auditor_reads_entries_with_what_changed(
    client: Client, checker: User, auditor: User
) -> None:
    factories.claim(checker, text="A claim on record")
    client.force_login(auditor)
    assert "claim.create" in client.get(LIST).content.decode()
    entry = AuditEntry.objects.get(action="claim.create")
    html = client.get(f"{LIST}{entry.pk}/change/").content.decode()
    assert "A claim on record" in html
    assert entry.hash in html


def test_entries_of_another_desk_stay_there(client: Client, outsider: User, auditor: User) -> None:
    factories.claim(outsider, text="Theirs")
    entry = AuditEntry.objects.get(action="claim.create")
    client.force_login(auditor)
    assert "claim.create" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{entry.pk}/change/").status_code == 404


def test_the_history_of_an_object_is_its_part_of_the_chain(
    client: Client, checker: User, auditor: User, desk: Desk
) -> None:
    claim, other = factories.claim(checker), factories.claim(checker)
    client.force_login(auditor)
    html = client.get(
        f"{LIST}?object_type=claims.claim&object_id={claim.public_id}"
    ).content.decode()
    assert str(claim.public_id) in html
    assert str(other.public_id) not in html


def test_nobody_writes_in_it(
    client: Client, checker: User, auditor: User, admin_person: User
) -> None:
    factories.claim(checker)
    entry = AuditEntry.objects.latest("seq")
    for person in (auditor, admin_person):
        client.force_login(person)
        assert client.post(f"{LIST}{entry.pk}/change/", {"actor": "somebody"}).status_code == 403
        assert client.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
        assert client.get(f"{LIST}add/").status_code == 403


def test_others_do_not_read_it(
    client: Client, checker: User, editor: User, superuser: User
) -> None:
    for person in (checker, editor, superuser):
        client.force_login(person)
        assert client.get(LIST).status_code == 403


def test_reading_twice_writes_nothing(client: Client, auditor: User) -> None:
    client.force_login(auditor)
    before = AuditEntry.objects.count()
    client.get(LIST)
    client.get(LIST)
    assert AuditEntry.objects.count() == before


def test_an_admin_reads_people_and_settings_and_no_editorial_words(
    client: Client, desk: Desk, checker: User, admin_person: User, auditor: User
) -> None:
    factories.claim(checker, text="A claim on record")
    words = AuditEntry.objects.get(action="claim.create")
    role = AuditEntry.objects.filter(object_type="newsroom.membership").latest("seq")
    client.force_login(admin_person)
    listed = client.get(LIST).content.decode()
    assert "membership.add" in listed and "claim.create" not in listed
    assert client.get(f"{LIST}{role.pk}/change/").status_code == 200
    assert client.get(f"{LIST}{words.pk}/change/").status_code == 404
    client.force_login(auditor)
    for entry in (role, words):
        assert client.get(f"{LIST}{entry.pk}/change/").status_code == 200
