"""A session is a random name that only the server can read, and worth nothing once it
has ended.
"""

import time

import pytest
from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.test import Client, RequestFactory

from factcheck.newsroom import sign_in_limits
from factcheck.newsroom.models import User

COOKIE = settings.SESSION_COOKIE_NAME
A_YEAR = 366 * 24 * 3600


def _signed_in(user: User) -> tuple[Client, str]:
    client = Client()
    client.force_login(user)
    return client, client.cookies[COOKIE].value


def _opens(key: str) -> bool:
    stolen = Client()
    stolen.cookies[COOKIE] = key
    return stolen.get("/admin/").status_code == 200


def test_its_name_is_random_and_says_nothing(checker: User) -> None:
    keys = {_signed_in(checker)[1] for _ in range(20)}
    assert len(keys) == 20
    for cookie in keys:
        key, signature = cookie.split(":")
        assert len(signature) == 43 and not _opens(key), "The database holds no signature."
        # 32 of 36 letters and digits: 165 bits.
        assert len(key) == 32 and key.isalnum() and key == key.lower()
        assert "checker" not in key


def test_a_made_up_name_opens_nothing(checker: User) -> None:
    _client, key = _signed_in(checker)
    assert _opens(key)
    name, signature = key.split(":")
    others = (f"{name}:", f"{name[::-1]}:{signature}", f"{'a' * 32}:{signature}", name)
    for forged in (key[:-1], key[::-1], key.upper(), "a" * 32, "", "' OR 1=1 --", *others):
        assert not _opens(forged), forged


def test_after_signing_out_its_name_opens_nothing(checker: User) -> None:
    client, key = _signed_in(checker)
    other = _signed_in(checker)[1]
    assert client.get("/admin/logout/").status_code == 405, "Another site could link to it."
    assert _opens(key)
    client.post("/admin/logout/")
    assert not _opens(key) and _opens(other)


def test_a_deactivated_person_is_out_everywhere(checker: User) -> None:
    keys = [_signed_in(checker)[1] for _ in range(2)]
    checker.is_active = False
    checker.save()
    assert not any(map(_opens, keys))


@pytest.mark.parametrize("what", ["as it is", "another name", "another letter", "old"])
def test_the_mark_of_a_browser_is_signed_for_its_name_and_its_time(
    rf: RequestFactory, checker: User, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    response = HttpResponse()
    if what == "old":
        then = time.time() - A_YEAR
        with monkeypatch.context() as patched:
            patched.setattr(signing.time, "time", lambda: then)
            sign_in_limits.remember_browser(rf.get("/"), response, "checker")
    else:
        sign_in_limits.remember_browser(rf.get("/"), response, "checker")
    mark = response.cookies[sign_in_limits.BROWSER_COOKIE].value
    request = rf.get("/")
    request.COOKIES[sign_in_limits.BROWSER_COOKIE] = (
        f"x{mark}" if what == "another letter" else mark
    )
    name = "editor" if what == "another name" else "checker"
    assert bool(sign_in_limits._browser(request, name)) == (what == "as it is")


def test_a_new_database_has_nobody_in_it(db: None) -> None:
    assert not User.objects.exists()
