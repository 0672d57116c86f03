"""People are invited and choose their own passwords: by a link that is theirs alone,
works once, and ends.
"""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.test import Client

from factcheck.ledger import clock, nudge
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.account_states import state_of
from factcheck.newsroom.models import AccessGrant, Desk, Mail, Membership, User
from tests.letters import CHOSEN, arrived, choose, link_in, with_address

PEOPLE = "/admin/newsroom/user/"
ADDRESS = "new@news.example"


def invite(client: Client, by: User, on: Desk, **changed: Any) -> Any:
    client.force_login(by)
    person = {"username": "newcomer", "byline": "", "email": ADDRESS, "desk": on.pk}
    return client.post(f"{PEOPLE}add/", person | {"role": "checker"} | changed)


def press(client: Client, by: User, of: User, button: str) -> Any:
    client.force_login(by)
    return client.post(f"{PEOPLE}{of.pk}/account/{button}/", follow=True)


@pytest.fixture
def newcomer(client: Client, admin_person: User, desk: Desk) -> User:
    assert invite(client, admin_person, desk).status_code == 302
    return User.objects.get(username="newcomer")


def test_an_invited_person_chooses_their_own_password_once(newcomer: User) -> None:
    assert state_of(newcomer).value == "not_sent"
    assert Membership.objects.get(user=newcomer).role == "checker"
    (letter,) = arrived(ADDRESS)
    newcomer.refresh_from_db()
    assert state_of(newcomer).value == "invited"
    assert choose(Client(), link_in(letter)) == 302
    newcomer.refresh_from_db()
    assert newcomer.check_password(CHOSEN) and state_of(newcomer).value == "active"
    entry = AuditEntry.objects.get(action="user.password")
    assert (entry.actor, set(entry.changes)) == ("newcomer", {"seal"})
    assert choose(Client(), link_in(letter), "another long sentence") == 410
    assert not AccessGrant.objects.filter(user=newcomer, what="password").exists()


def test_a_weak_password_is_refused_and_the_link_stays(newcomer: User) -> None:
    link = link_in(arrived(ADDRESS)[0])
    assert choose(Client(), link, "short") == 200
    assert choose(Client(), link) == 302


@pytest.mark.parametrize("cause", ["newer", "address", "time", "lock"])
def test_a_link_ends(client: Client, newcomer: User, admin_person: User, cause: str) -> None:
    link = link_in(arrived(ADDRESS)[0])
    if cause == "newer":
        press(client, admin_person, newcomer, "invite")
    elif cause == "address":
        changed = {"username": "newcomer", "email": "other@news.example"}
        assert client.post(f"{PEOPLE}{newcomer.pk}/change/", changed).status_code == 302
    elif cause == "time":
        newcomer.refresh_from_db()
        newcomer.link_expires_at = clock.now() - timedelta(seconds=1)
        newcomer.save(update_fields=["link_expires_at"])
        assert state_of(newcomer).value == "link_expired"
    else:
        press(client, admin_person, newcomer, "lock")
    assert choose(Client(), link) == 410
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()


def test_the_link_stands_in_the_letter_alone(
    client: Client,
    admin_person: User,
    desk: Desk,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    messages: list[Any] = []
    monkeypatch.setattr(nudge, "send", lambda *args: messages.append(args))
    with caplog.at_level(logging.DEBUG):
        pages = [invite(client, admin_person, desk).content.decode()]
        secret = link_in(arrived(ADDRESS)[0]).split("/")[-2]
        newcomer = User.objects.get(username="newcomer")
        pages += [
            client.get(page).text for page in ("/admin/", PEOPLE, f"{PEOPLE}{newcomer.pk}/change/")
        ]
    rows = [*Mail.objects.values(), *AuditEntry.objects.values(), *User.objects.values()]
    for text in (*pages, str(rows), caplog.text, str(messages)):
        assert secret not in text
    assert "no-store" in Client().get(link_in(django_mail.outbox[0]))["Cache-Control"]


def test_bad_input_is_refused(
    client: Client, admin_person: User, desk: Desk, checker: User
) -> None:
    with_address(checker)
    sports = Desk.objects.create(name="Sports")
    for wrong in (
        {"email": ""},
        {"email": "nobody"},
        {"email": "Checker@News.example"},
        {"desk": sports.pk},
        {"role": "king"},
        {"username": "checker"},
    ):
        assert invite(client, admin_person, desk, **wrong).status_code == 200
    assert not User.objects.filter(username="newcomer").exists() and not Mail.objects.exists()
    for path in ("x", "MQ", "9" * 30):
        assert client.get(f"/accounts/password/choose/{path}/a-b/").status_code in {403, 410}


def test_others_invite_nobody(
    client: Client, checker: User, newcomer: User, outsider: User
) -> None:
    arrived()
    for person in (checker, outsider):
        assert press(client, person, newcomer, "invite").status_code == 403
        assert invite(client, person, newcomer.memberships.get().desk).status_code == 403
    Membership.objects.create(user=outsider, desk=outsider.memberships.get().desk, role="admin")
    assert press(client, outsider, newcomer, "reset-link").status_code == 404
    assert Mail.objects.filter(event="invitation").count() == 1


def test_an_admin_cannot_use_the_link_from_their_own_session(
    client: Client, newcomer: User, admin_person: User, caplog: pytest.LogCaptureFixture
) -> None:
    link = link_in(arrived(ADDRESS)[0])
    client.force_login(admin_person)
    assert choose(client, link) == 403
    assert link not in caplog.text
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()
