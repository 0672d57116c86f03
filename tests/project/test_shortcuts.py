"""Keys lead where the person may go, and each person switches their own."""

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User

HOME = reverse("admin:index")
PAGE = reverse("shortcuts")


def _offered(client: Client) -> set[str]:
    return {one.pressed for one in client.get(HOME).context["shortcuts"]}


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        ("checker", {"g h", "g q", "g t", "n"}),
        ("editor", {"g h", "g q", "g t", "n"}),
        ("reporter", {"g h"}),
        ("auditor", {"g h"}),
    ],
)
def test_keys_lead_only_where_the_role_may_go(
    client: Client, request: pytest.FixtureRequest, role: str, keys: set[str]
) -> None:
    client.force_login(request.getfixturevalue(role))
    assert _offered(client) == keys
    for one in client.get(HOME).context["shortcuts"]:
        assert client.get(one.url).status_code == 200


def test_each_person_switches_their_own(client: Client, checker: User, editor: User) -> None:
    client.force_login(checker)
    before = AuditEntry.objects.count()
    assert "data-no-shortcuts" not in client.get(HOME).content.decode()
    for _twice in range(2):
        client.post(PAGE, {})
        assert "data-no-shortcuts" in client.get(HOME).content.decode()
    assert AuditEntry.objects.count() == before
    editor.refresh_from_db()
    assert editor.shortcuts
    client.post(PAGE, {"shortcuts": "on"})
    assert "data-no-shortcuts" not in client.get(HOME).content.decode()


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {}).headers["Location"].startswith(reverse("admin:login"))
