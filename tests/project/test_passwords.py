"""Passwords: long ones, any characters, and none that breaches have made common."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from factcheck.newsroom.models import User
from tests import factories

CHANGE = "/accounts/password/change/"
LIST = Path(settings.BASE_DIR, "factcheck/newsroom/accounts/common-passwords.txt.gz")
LONG = "één zin die niemand raadt, ook niet met een lijst \N{SNOWMAN} "


def _change(client: Client, password: str) -> int:
    sent = {"oldpassword": factories.PASSWORD, "password1": password, "password2": password}
    return client.post(CHANGE, sent).status_code


def test_the_list_holds_the_3000_commonest_of_the_length_that_is_asked_for() -> None:
    words = gzip.decompress(LIST.read_bytes()).decode().splitlines()
    assert len(words) == len(set(words)) >= 3000
    assert all(len(word) >= 12 and word == word.lower().strip() for word in words)


@pytest.mark.parametrize(
    "password",
    ["1q2w3e4r5t6y", "QwertyQwerty", "leavemealone", "short", "x" * 129],
)
def test_a_common_short_or_endless_one_is_refused(
    client: Client, checker: User, password: str
) -> None:
    client.force_login(checker)
    assert _change(client, password) == 200
    checker.refresh_from_db()
    assert checker.check_password(factories.PASSWORD)


@pytest.mark.parametrize("password", [LONG[:12], LONG + "x" * (64 - len(LONG)), LONG * 2])
def test_any_characters_up_to_128_are_taken_as_they_are(
    client: Client, checker: User, password: str
) -> None:
    assert len(password) in {12, 64, 2 * len(LONG)} and len(password) <= 128
    client.force_login(checker)
    assert _change(client, password.strip() + "!") == 302
    checker.refresh_from_db()
    assert checker.check_password(password.strip() + "!")
    sent = {"login": "checker", "password": password.strip() + "!"}
    assert Client().post("/accounts/login/", sent).status_code == 302


def test_no_mixture_of_characters_is_asked_for() -> None:
    validate_password("zonder een enkele rare letter")
    with pytest.raises(ValidationError):
        validate_password("motherfucker")


def test_fields_can_be_pasted_into_and_shown(client: Client, checker: User) -> None:
    client.force_login(checker)
    page = client.get(CHANGE).text
    assert page.count("data-shows=") == 3 and "onpaste" not in page
    passwords = re.findall(r'<input[^>]* type="password"[^>]*>', page)
    assert len(passwords) == 3 and not any("maxlength" in field for field in passwords)
    assert 'autocomplete="new-password"' in "".join(passwords)
