"""Sessions are listed and ended by their owner; they end by themselves after a time,
and with a role, a password or a factor.
"""

import time
from typing import Any

import pytest
from django.test import Client

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.accounts.sessions import SIGNED_IN_AT, USED_AT
from factcheck.newsroom.models import Mail, Membership, User
from tests import factories
from tests.project import second_factor

LIST = "/accounts/sessions/"


@pytest.fixture(autouse=True)
def _counted_here(settings: Any) -> None:
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "sessions"}
    settings.CACHES = {**settings.CACHES, "sign_ins": local}
    second_factor.forget_codes()


def _signed_in(user: User, browser: str = "Firefox") -> Client:
    client = Client(headers={"User-Agent": browser})
    told = {"login": user.get_username(), "password": factories.PASSWORD}
    assert client.post("/accounts/login/", told).status_code == 302
    return client


def _is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def _aged(client: Client, key: str, seconds: float) -> None:
    session = client.session
    session[key] = time.time() - seconds
    session.save()


def test_one_sees_ones_own_sessions_and_ends_the_others(checker: User, editor: User) -> None:
    here, there, others = (
        _signed_in(checker),
        _signed_in(checker, "Telephone"),
        _signed_in(editor, "Somebody else"),
    )
    page = here.get(LIST).text
    assert "Telephone" in page and "Somebody else" not in page
    assert here.post(LIST).status_code == 302
    assert [_is_in(client) for client in (here, there, others)] == [True, False, True]


def test_a_browser_left_alone_is_signed_out(checker: User, settings: Any) -> None:
    client = _signed_in(checker)
    _aged(client, USED_AT, settings.SESSION_IDLE_MINUTES * 60 - 5)
    assert _is_in(client) and _is_in(client)
    _aged(client, USED_AT, settings.SESSION_IDLE_MINUTES * 60 + 5)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert "_auth_user_id" not in client.session


def test_a_page_that_renews_itself_does_not_keep_a_session(checker: User) -> None:
    client = _signed_in(checker)
    _aged(client, USED_AT, 600)
    client.get("/admin/", headers={"X-Renews": "1"})
    assert time.time() - client.session[USED_AT] > 500
    client.get("/admin/")
    assert time.time() - client.session[USED_AT] < 100


def test_a_session_ends_after_a_day_of_work_however_busy(checker: User, settings: Any) -> None:
    client = _signed_in(checker)
    _aged(client, SIGNED_IN_AT, settings.SESSION_HOURS * 3600 + 5)
    assert not _is_in(client)


@pytest.mark.parametrize("what", ["ended", "narrowed", "deactivated"])
def test_losing_a_role_ends_all_sessions(checker: User, admin_person: User, what: str) -> None:
    Membership.objects.create(user=checker, desk=factories.desk("Sports"), role="checker")
    client, other = _signed_in(checker), _signed_in(admin_person)
    role = Membership.objects.filter(user=checker).first()
    assert role
    if what == "deactivated":
        checker.is_active = False
        checker.save(update_fields=["is_active"])
    else:
        role.end_date = "2026-01-01" if what == "ended" else None
        role.assigned_only = what == "narrowed"
        role.full_clean()
        role.save()
    assert not _is_in(client) and _is_in(other)


def test_a_new_password_ends_the_other_sessions(checker: User) -> None:
    here, there = _signed_in(checker), _signed_in(checker)
    new = "an entirely new sentence"
    sent = {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", sent).status_code == 302
    assert _is_in(here) and not _is_in(there)


def test_a_new_factor_ends_the_other_sessions_and_is_on_record(
    checker: User, django_capture_on_commit_callbacks: Any
) -> None:
    checker.email = "checker@news.example"
    checker.save()
    here, there = _signed_in(checker), _signed_in(checker)
    here.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    here.get("/accounts/2fa/totp/activate/")
    session = here.session
    session["mfa.totp.secret"] = second_factor.SECRET
    session.save()
    with django_capture_on_commit_callbacks(execute=True):
        answer = here.post("/accounts/2fa/totp/activate/", {"code": second_factor.code()})
    assert answer.status_code == 302, answer.text
    assert _is_in(here) and not _is_in(there)
    assert AuditEntry.objects.filter(action="user.factor_add", actor="checker").exists()
    assert Mail.objects.filter(user=checker, event="account_changed").exists()


def test_a_sign_in_from_a_new_browser_is_told_once(checker: User) -> None:
    checker.email = "checker@news.example"
    checker.save()
    client = _signed_in(checker, "Netscape")
    (letter,) = Mail.objects.filter(user=checker, event="new_browser")
    assert letter.data["browser"] == "Netscape"
    client.post("/accounts/logout/")
    told = {"login": "checker", "password": factories.PASSWORD}
    client.post("/accounts/login/", told)
    assert Mail.objects.filter(user=checker, event="new_browser").count() == 1
