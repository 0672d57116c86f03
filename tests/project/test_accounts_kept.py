"""An admin looks after accounts without ever holding one: locks, signs out, sends a
reset link. There is no password on any page of people.
"""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import tokens
from factcheck.newsroom.models import AccessGrant, Membership, User
from tests import factories
from tests.letters import CHOSEN, arrived, choose, link_in, with_address

PEOPLE = "/admin/newsroom/user/"


def press(client: Client, by: User, of: User, button: str) -> Any:
    client.force_login(by)
    return client.post(f"{PEOPLE}{of.pk}/account/{button}/", follow=True)


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    assert browser.get("/admin/").status_code == 200
    return browser


def test_no_page_of_people_takes_a_password(
    client: Client, admin_person: User, superuser: User, checker: User
) -> None:
    before = get_user_model().objects.get(pk=checker.pk).password
    sent = {"username": "checker", "email": "checker@news.example", "password": CHOSEN}
    sent |= {"password1": CHOSEN, "password2": CHOSEN, "usable_password": "true"}
    for by in (admin_person, superuser):
        client.force_login(by)
        for page in (f"{PEOPLE}add/", f"{PEOPLE}{checker.pk}/change/"):
            assert 'type="password"' not in client.get(page).text
        assert client.post(f"{PEOPLE}{checker.pk}/password/", sent).status_code in {302, 404}
        assert client.post(f"{PEOPLE}{checker.pk}/change/", sent).status_code == 302
    assert User.objects.get(pk=checker.pk).password == before


def test_a_reset_link_lets_the_person_choose_and_ends_sessions_and_tokens(
    client: Client, admin_person: User, checker: User
) -> None:
    with_address(checker)
    browser = signed_in(checker)
    _, plain = tokens.issue(checker, by=checker, name="Mine", scopes=["read"])
    press(client, admin_person, checker, "reset-link")
    assert tokens.find(plain), "asking for a link changes nothing yet"
    letter = next(one for one in arrived("checker@news.example") if "new password" in one.subject)
    assert choose(Client(), link_in(letter)) == 302
    assert tokens.find(plain) is None
    assert browser.get("/admin/").status_code == 302
    assert AccessGrant.objects.get(user=checker, what="link").by == admin_person
    assert "was changed" in arrived("checker@news.example")[-1].subject


def test_a_locked_account_is_out_at_once_until_it_is_unlocked(
    client: Client, admin_person: User, checker: User
) -> None:
    with_address(checker)
    browser = signed_in(checker)
    _, plain = tokens.issue(checker, by=checker, name="Mine", scopes=["read"])
    for _ in range(2):
        assert "Locked" in press(client, admin_person, checker, "lock").text
    assert browser.get("/admin/").status_code == 302
    assert tokens.find(plain) is None
    assert not Client().login(username="checker", password=factories.PASSWORD)
    assert "is locked" in press(client, admin_person, checker, "reset-link").text
    press(client, admin_person, checker, "unlock")
    assert Client().login(username="checker", password=factories.PASSWORD)
    assert browser.get("/admin/").status_code == 302, "the old session stays ended"
    assert AccessGrant.objects.get(user=checker, what="reactivation").by == admin_person
    assert "a locked account back" in str(arrived("checker@news.example")[-1].body)


def test_a_lost_second_factor_is_reset_and_everybody_hears_of_it(
    client: Client, admin_person: User, checker: User, editor: User
) -> None:
    with_address(editor)
    with_address(checker)
    browser = signed_in(checker)
    Authenticator.objects.create(user=checker, type=Authenticator.Type.TOTP, data={})
    for _ in range(2):
        press(client, admin_person, checker, "reset-factor")
    assert not Authenticator.objects.filter(user=checker).exists()
    assert browser.get("/admin/").status_code == 302
    assert AccessGrant.objects.get(user=checker, what="factor").by == admin_person
    assert AuditEntry.objects.filter(action="user.factor_reset").count() == 1
    for address in ("checker", "editor"):
        letters = arrived(f"{address}@news.example")
        assert any("a reset of the second factor" in str(one.body) for one in letters)
    Authenticator.objects.create(user=admin_person, type=Authenticator.Type.TOTP, data={})
    assert "Ask another admin" in press(client, admin_person, admin_person, "reset-factor").text


def test_ending_sessions_signs_out_everywhere(
    client: Client, admin_person: User, checker: User
) -> None:
    browser, other = signed_in(checker), signed_in(checker)
    press(client, admin_person, checker, "end-sessions")
    assert browser.get("/admin/").status_code == other.get("/admin/").status_code == 302
    checker.refresh_from_db()
    assert signed_in(checker)
    assert AuditEntry.objects.get(action="user.end_sessions").actor == "admin_person"


def test_a_new_address_is_told_to_the_old_one_and_the_editors(
    client: Client, admin_person: User, checker: User, editor: User
) -> None:
    with_address(editor)
    with_address(checker)
    client.force_login(admin_person)
    sent = {"username": "checker", "email": "mine@evil.example"}
    assert client.post(f"{PEOPLE}{checker.pk}/change/", sent).status_code == 302
    assert AccessGrant.objects.filter(user=checker, what="address", by=admin_person).exists()
    assert "admin_person changed the e-mail address" in str(
        arrived("checker@news.example")[-1].body
    )
    assert "an e-mail address to checker" in str(arrived("editor@news.example")[-1].body)
    assert "evil" not in str(AuditEntry.objects.values_list("changes", flat=True))


def test_nobody_locks_themselves_or_other_desks(
    client: Client, admin_person: User, outsider: User, superuser: User, checker: User
) -> None:
    assert "cannot lock your own" in press(client, admin_person, admin_person, "lock").text
    for other in (outsider, superuser):
        assert press(client, admin_person, other, "lock").status_code == 404
    assert press(client, checker, admin_person, "lock").status_code == 403
    assert press(client, admin_person, checker, "explode").status_code == 404
    client.force_login(admin_person)
    assert client.get(f"{PEOPLE}{checker.pk}/account/lock/").status_code == 405
    assert not User.objects.filter(is_active=False).exists()


@pytest.mark.parametrize("scope", ["claims:write", "evidence:write", "verdicts:sign"])
def test_a_token_for_somebody_else_reads_and_sends_articles_only(
    client: Client, admin_person: User, checker: User, scope: str
) -> None:
    client.force_login(admin_person)
    asked = {"owner": checker.pk, "name": "System", "scopes": [scope], "expires_at": ""}
    assert client.post("/admin/newsroom/apitoken/add/", asked).status_code == 400
    asked["scopes"] = ["read", "articles:write"]
    assert client.post("/admin/newsroom/apitoken/add/", asked).status_code == 200


def test_a_token_ends_with_the_last_role_for_good(checker: User) -> None:
    _, plain = tokens.issue(checker, by=checker, name="Mine", scopes=["read"])
    role = Membership.objects.get(user=checker)
    role.end_date = "2020-01-01"
    role.full_clean()
    role.save()
    assert tokens.find(plain) is None
    role.end_date = None
    role.save()
    assert tokens.find(plain) is None
    assert AuditEntry.objects.filter(action="apitoken.revoke").count() == 1
