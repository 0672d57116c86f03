"""Publishers, owners and claimants: kept by checkers and editors, every change in the
audit chain.
"""

import pytest
from django.test import Client

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.models import Claimant, Owner, Publisher


@pytest.fixture
def publisher(db: None) -> Publisher:
    owner = Owner.objects.create(name="gazette.example")
    return Publisher.objects.create(name="gazette.example", domain="gazette.example", owner=owner)


def change(client: Client, by: User, publisher: Publisher, **fields: object) -> int:
    client.force_login(by)
    form = {
        "name": "The Gazette",
        "domain": publisher.domain,
        "owner": publisher.owner_id,
        "kind": "secondary",
    } | fields
    return client.post(f"/admin/sources/publisher/{publisher.pk}/change/", form).status_code


def test_a_checker_names_a_publisher_and_the_change_is_audited(
    client: Client, checker: User, publisher: Publisher
) -> None:
    assert change(client, checker, publisher) == 302
    publisher.refresh_from_db()
    assert publisher.name == "The Gazette"
    entry = AuditEntry.objects.get(action="publisher.change")
    assert (entry.actor, entry.changes) == ("checker", {"name": ["gazette.example", "The Gazette"]})


def test_saving_the_same_again_changes_nothing(
    client: Client, checker: User, publisher: Publisher
) -> None:
    change(client, checker, publisher)
    assert change(client, checker, publisher) == 302
    assert AuditEntry.objects.filter(action="publisher.change").count() == 1


def test_a_person_without_a_domain_is_a_publisher_once(
    client: Client, checker: User, publisher: Publisher
) -> None:
    client.force_login(checker)
    typed = {"name": "Lena Okafor", "domain": "", "owner": publisher.owner_id, "kind": "primary"}
    first, again = (client.post("/admin/sources/publisher/add/", typed) for _ in range(2))
    assert (
        first.status_code == 302
        and again.status_code == 200
        and "There is already a publisher with this name and no domain." in again.text
    )
    assert Publisher.objects.get(name="Lena Okafor").domain is None


def test_a_publisher_keeps_the_domain_it_is_known_by(
    client: Client, checker: User, publisher: Publisher
) -> None:
    assert change(client, checker, publisher, domain="") == 200
    publisher.refresh_from_db()
    assert publisher.domain == "gazette.example"


def test_an_auditor_reads_and_a_reporter_does_not(
    client: Client, auditor: User, reporter: User, publisher: Publisher
) -> None:
    assert change(client, auditor, publisher) == 403
    assert change(client, reporter, publisher) == 403
    client.force_login(auditor)
    assert client.get(f"/admin/sources/publisher/{publisher.pk}/change/").status_code == 200
    client.force_login(reporter)
    assert client.get("/admin/sources/publisher/").status_code == 403


def test_a_claimant_is_added_once(client: Client, editor: User) -> None:
    client.force_login(editor)
    form = {"name": "Port authority", "kind": "Organization", "description": "", "same_as": ""}
    assert client.post("/admin/sources/claimant/add/", form).status_code == 302
    again = client.post("/admin/sources/claimant/add/", form)
    assert "already in the list" in again.content.decode()
    assert Claimant.objects.count() == 1


def test_nobody_deletes(
    client: Client, editor: User, superuser: User, publisher: Publisher
) -> None:
    for person in (editor, superuser):
        client.force_login(person)
        assert (
            client.post(
                f"/admin/sources/publisher/{publisher.pk}/delete/", {"post": "yes"}
            ).status_code
            == 403
        )
    assert Publisher.objects.exists()
