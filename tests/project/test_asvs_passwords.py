"""Passwords are taken exactly as people type them, and their fields let a password
manager work.
"""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.shortcuts import resolve_url
from django.test import Client, override_settings
from lxml import html

from factcheck.newsroom.models import User
from tests import factories

CHANGE = "/admin/password_change/"


def _form(client: Client, path: str) -> tuple[str, Any, list[Any]]:
    """(address, form, its password fields) of the page that this path leads to."""
    answer = client.get(path, follow=True)
    there = answer.redirect_chain[-1][0] if answer.redirect_chain else path
    page = html.fromstring(answer.content)
    (form,) = [one for one in page.forms if one.xpath(".//input[@type='password']")]
    return there, form, form.xpath(".//input[@type='password']")


def _sign_in(name: str, password: str) -> bool:
    client = Client()
    there, form, (field,) = _form(client, resolve_url(settings.LOGIN_URL))
    (person,) = form.xpath(".//input[@type='text' or @type='email']")
    client.post(there, {person.name: name, field.name: password})
    return "_auth_user_id" in client.session


def _change(user: User, current: str, new: str) -> Client:
    client = Client()
    client.force_login(user)
    there, _form_of_it, (old, first, second) = _form(client, CHANGE)
    client.post(there, {old.name: current, first.name: new, second.name: new})
    return client


@pytest.mark.parametrize(
    "password",
    [
        "  blanks at both ends  ",
        "mountainriverlantern",
        "4815162342 2718281845",
        "Пароль из слов 🌳 と 言葉",
        "correct horse " * 9,
    ],
    ids=["blanks", "letters", "digits", "scripts", "long"],
)
def test_it_is_taken_as_it_was_typed(checker: User, password: str) -> None:
    _change(checker, factories.PASSWORD, password)
    assert _sign_in("checker", password)
    for other in (
        password.strip() if password != password.strip() else password[:-1],
        password.swapcase() + "." if password == password.swapcase() else password.swapcase(),
        password[:64] if len(password) > 64 else f"{password} ",
    ):
        assert not _sign_in("checker", other), other


@pytest.mark.parametrize("password", ["elevenchars", "password1234", "checker", ""])
def test_a_short_or_common_one_is_refused(checker: User, password: str) -> None:
    _change(checker, factories.PASSWORD, password)
    checker.refresh_from_db()
    assert checker.check_password(factories.PASSWORD)


def test_the_present_one_is_asked_for(checker: User) -> None:
    _change(checker, "not the present one", "mountain river lantern")
    checker.refresh_from_db()
    assert checker.check_password(factories.PASSWORD)


def test_its_fields_are_masked_and_open_to_password_managers(checker: User) -> None:
    client = Client()
    client.force_login(checker)
    fields = [*_form(Client(), resolve_url(settings.LOGIN_URL))[2], *_form(client, CHANGE)[2]]
    assert [field.get("autocomplete") for field in fields] == [
        "current-password",
        "current-password",
        "new-password",
        "new-password",
    ]
    for field in fields:
        assert not [name for name in field.attrib if name.startswith("on")]
        assert "maxlength" not in field.attrib or int(field.attrib["maxlength"]) >= 64


def test_it_is_stored_by_argon2id(checker: User) -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        checker.set_password("mountain river lantern")
        kept = identify_hasher(checker.password).decode(checker.password)
    assert kept["variety"] == "argon2id"
    assert (kept["memory_cost"] >= 19_456, kept["time_cost"] >= 2) == (True, True)
