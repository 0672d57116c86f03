"""API tokens: made by an admin, shown once, kept as a fingerprint, revoked for good."""

import re
from typing import Any

import pytest
from django.test import Client

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import tokens
from factcheck.newsroom.models import ApiToken, User

ADD = "/admin/newsroom/apitoken/add/"


def make(client: Client, by: User, owner: User, **fields: Any):
    client.force_login(by)
    return client.post(
        ADD,
        {"owner": owner.pk, "name": "Content system", "scopes": ["read"], "expires_at": ""}
        | fields,
    )


def plain_of(html: str) -> str:
    found = re.search(r"fc_[\w-]{43}", html)
    assert found
    return found[0]


def test_the_plain_text_is_shown_once_and_works(
    client: Client, admin_person: User, checker: User
) -> None:
    answer = make(client, admin_person, checker)
    plain = plain_of(answer.content.decode())
    token = ApiToken.objects.get()
    assert tokens.find(plain) == token
    assert "no-store" in answer["Cache-Control"]
    for address in (
        "/admin/newsroom/apitoken/",
        f"/admin/newsroom/apitoken/{token.pk}/change/",
        "/admin/",
    ):
        assert plain not in client.get(address).content.decode()
    assert plain not in str(AuditEntry.objects.get(action="apitoken.add").changes)


def test_bad_input_is_refused(client: Client, admin_person: User, checker: User) -> None:
    for told in (
        {"scopes": ["everything"]},
        {"scopes": []},
        {"name": ""},
        {"expires_at": "2001-01-01T00:00"},
    ):
        assert make(client, admin_person, checker, **told).status_code == 400
    assert not ApiToken.objects.exists()


def test_a_token_is_made_only_for_people_one_keeps(
    client: Client, admin_person: User, outsider: User, superuser: User
) -> None:
    for owner in (outsider, superuser):
        assert make(client, admin_person, owner).status_code == 400
    assert not ApiToken.objects.exists()


def test_everybody_makes_their_own_and_nobody_elses(
    client: Client, editor: User, checker: User
) -> None:
    assert make(client, editor, checker).status_code == 400
    assert (
        make(client, editor, editor, scopes=["verdicts:sign", "verdicts:publish"]).status_code
        == 200
    )
    assert [token.owner for token in ApiToken.objects.all()] == [editor]


@pytest.mark.parametrize("scope", ["verdicts:write", "verdicts:sign", "verdicts:publish"])
def test_an_admin_makes_no_token_that_signs_in_another_name(
    client: Client, admin_person: User, editor: User, scope: str
) -> None:
    answer = make(client, admin_person, editor, scopes=["read", scope])
    assert (answer.status_code, ApiToken.objects.count()) == (400, 0)
    assert "Only editor can create" in answer.content.decode()


def test_one_sees_ones_own_tokens_only(client: Client, editor: User, checker: User) -> None:
    tokens.issue(checker, by=checker, name="Of the checker", scopes=["read"])
    client.force_login(editor)
    assert "Of the checker" not in client.get("/admin/newsroom/apitoken/").content.decode()


def test_a_superuser_without_a_role_makes_none(client: Client, superuser: User) -> None:
    assert make(client, superuser, superuser).status_code == 403
    assert client.get("/admin/newsroom/apitoken/").status_code == 403


def test_revoking_ends_it_and_twice_is_once(
    client: Client, admin_person: User, checker: User
) -> None:
    token, plain = tokens.issue(checker, by=checker, name="Old", scopes=["read"])
    client.force_login(admin_person)
    for _ in range(2):
        assert client.post(f"/admin/newsroom/apitoken/{token.pk}/revoke/").status_code == 302
    assert tokens.find(plain) is None
    assert AuditEntry.objects.filter(action="apitoken.revoke").count() == 1


def test_others_cannot_revoke(
    client: Client, outsider: User, admin_person: User, checker: User
) -> None:
    token, plain = tokens.issue(outsider, by=outsider, name="Theirs", scopes=["read"])
    for person in (
        admin_person,
        checker,
    ):  # of another desk, or with no say over other people: it is not there for them
        client.force_login(person)
        assert client.post(f"/admin/newsroom/apitoken/{token.pk}/revoke/").status_code == 404
    assert tokens.find(plain) == token
