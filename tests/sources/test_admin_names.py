"""The names that a text field offers while one types: few, of what the person may
know, and none without a word.
"""

import pytest
from django.test import Client

from factcheck.newsroom.models import Desk, Membership, User
from sources.models import Claimant, Owner, Publisher
from tests import factories

CLAIMANTS, PUBLISHERS = "/admin/sources/claimant/names/", "/admin/sources/publisher/names/"


def _publisher(name: str, domain: str | None, desk: Desk | None = None) -> None:
    owner = Owner.objects.create(name=f"{name} Ltd", desk=desk)
    Publisher.objects.create(name=name, domain=domain, desk=desk, owner=owner, kind="primary")


def _names(client: Client, url: str, **asked: object) -> list[str]:
    names: list[str] = client.get(url, asked).json()["names"]
    return names


def test_few_are_offered_by_any_part_of_a_name(client: Client, checker: User) -> None:
    for number in range(25):
        factories.claimant(f"Harbour master {number}")
    _publisher("The Lantern", "lantern.example")
    client.force_login(checker)
    assert len(_names(client, CLAIMANTS, q="MASTER")) == 20
    assert _names(client, CLAIMANTS, q=" master  24 ") == ["Harbour master 24"]
    for part in ("lanT", "tern.ex"):
        assert _names(client, PUBLISHERS, q=part) == ["The Lantern (lantern.example)"]
    for nothing in ("", "  ", "nobody at all", "\0"):
        assert _names(client, CLAIMANTS, q=nothing) == []
        assert _names(client, PUBLISHERS, q=nothing) == []


@pytest.mark.parametrize("url", [CLAIMANTS, PUBLISHERS])
def test_nobody_learns_of_the_names_of_another_desk(
    client: Client, desk: Desk, checker: User, outsider: User, url: str
) -> None:
    Claimant.objects.create(name="Canary of ours", desk=desk)
    _publisher("Canary of ours", None, desk)
    for person, seen in ((checker, 1), (outsider, 0)):
        client.force_login(person)
        assert len(_names(client, url, q="canary")) == seen
        asked = client.get(url, {"q": "canary", "desk": desk.pk})
        assert len(asked.json()["names"]) == seen


def test_who_only_sees_assigned_work_is_offered_nobody(client: Client, desk: Desk) -> None:
    alone = factories.person("alone", desk)
    Membership.objects.create(user=alone, desk=desk, role="checker", assigned_only=True)
    factories.claimant("Canary of all")
    _publisher("Canary of all", "canary.example")
    client.force_login(alone)
    for url in (CLAIMANTS, PUBLISHERS):
        assert _names(client, url, q="canary") == []


@pytest.mark.parametrize("asked", ["x", "-1", "0", "9" * 30, "٣", "1; drop"])
def test_a_desk_that_is_none_is_not_found(client: Client, checker: User, asked: str) -> None:
    client.force_login(checker)
    assert client.get(CLAIMANTS, {"q": "a", "desk": asked}).status_code == 404
