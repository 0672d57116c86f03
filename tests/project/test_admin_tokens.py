"""API tokens: made by an admin, shown once, kept as a fingerprint, revoked for good."""

import re
from typing import Any

from django.test import Client

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import tokens
from factcheck.newsroom.models import ApiToken, User

ADD = "/admin/newsroom/apitoken/add/"


def make(client: Client, by: User, owner: User, **told: Any):
    client.force_login(by)
    return client.post(ADD, {"owner": owner.pk, "name": "Content system", "scopes": ["read"], "expires_at": ""} | told)


def plain_of(html: str) -> str:
    found = re.search(r"fc_[\w-]{43}", html)
    assert found
    return found[0]


def test_the_plain_text_is_shown_once_and_works(client: Client, admin_person: User, checker: User) -> None:
    answer = make(client, admin_person, checker)
    plain = plain_of(answer.content.decode())
    token = ApiToken.objects.get()
    assert tokens.find(plain) == token
    assert "no-store" in answer["Cache-Control"]
    for address in ("/admin/newsroom/apitoken/", f"/admin/newsroom/apitoken/{token.pk}/change/", "/admin/"):
        assert plain not in client.get(address).content.decode()
    assert plain not in str(AuditEntry.objects.get(action="apitoken.add").changes)


def test_bad_input_is_refused(client: Client, admin_person: User, checker: User) -> None:
    for told in ({"scopes": ["everything"]}, {"scopes": []}, {"name": ""}, {"expires_at": "2001-01-01T00:00"}):
        assert make(client, admin_person, checker, **told).status_code == 400
    assert not ApiToken.objects.exists()


def test_a_token_is_made_only_for_people_one_keeps(client: Client, admin_person: User, outsider: User, superuser: User) -> None:
    for owner in (outsider, superuser):
        assert make(client, admin_person, owner).status_code == 400
    assert not ApiToken.objects.exists()


def test_who_may_not_manage_people_makes_none(client: Client, editor: User, superuser: User) -> None:
    for person in (editor, superuser):
        assert make(client, person, editor).status_code == 403
        assert client.get("/admin/newsroom/apitoken/").status_code == 403


def test_revoking_ends_it_and_twice_is_once(client: Client, admin_person: User, checker: User) -> None:
    token, plain = tokens.issue(checker, name="Old", scopes=["read"])
    client.force_login(admin_person)
    for _ in range(2):
        assert client.post(f"/admin/newsroom/apitoken/{token.pk}/revoke/").status_code == 302
    assert tokens.find(plain) is None
    assert AuditEntry.objects.filter(action="apitoken.revoke").count() == 1


def test_others_cannot_revoke(client: Client, outsider: User, admin_person: User, checker: User) -> None:
    token, plain = tokens.issue(outsider, name="Theirs", scopes=["read"])
    client.force_login(admin_person)
    assert client.post(f"/admin/newsroom/apitoken/{token.pk}/revoke/").status_code == 404
    client.force_login(checker)
    assert client.post(f"/admin/newsroom/apitoken/{token.pk}/revoke/").status_code == 403
    assert tokens.find(plain) == token
