"""One password on many names, codes, and requests for a new password: slowed down, and
nobody who has signed in before is shut out by it.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from factcheck.newsroom import sign_in_limits
from factcheck.newsroom.models import Mail, User
from factcheck.newsroom.sign_in_limits import BROWSER_COOKIE, CACHE
from tests import factories
from tests.project import second_factor

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
WAIT = "Too many failed sign-ins"


@pytest.fixture(autouse=True)
def _counted_here(settings: Any) -> None:
    settings.CACHES = {
        **settings.CACHES,
        CACHE: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "spraying"},
    }
    caches[CACHE].clear()


def _try(client: Client, name: str, password: str = "Summer2026!Summer", **more: str) -> Any:
    return client.post(LOGIN, {"login": name, "password": password}, **more)


def _known_browser(name: str) -> Client:
    first = Client()
    mark = _try(first, name, factories.PASSWORD).cookies[BROWSER_COOKIE].value
    known = Client()
    known.cookies[BROWSER_COOKIE] = mark
    return known


def test_thirty_names_with_one_password_are_slowed(checker: User, editor: User) -> None:
    known = _known_browser("checker")
    answers = [_try(Client(), f"person{number}").text for number in range(30)]
    waiting = [number for number, text in enumerate(answers) if WAIT in text]
    assert waiting == list(range(sign_in_limits.MAX_OF_ADDRESS, 30))
    # Not even the right password is tried from there …
    assert WAIT in _try(Client(), "editor", factories.PASSWORD).text
    # … but elsewhere, and where the person has signed in before.
    other = _try(Client(), "editor", factories.PASSWORD, REMOTE_ADDR="198.51.100.7")
    assert other.status_code == 302
    assert _try(known, "checker", factories.PASSWORD).status_code == 302


def test_an_own_account_does_not_buy_more_tries(
    checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_limits, "MAX_OF_ADDRESS", 4)
    for number in range(4):
        _try(Client(), f"person{number}")
        if number < 3:
            assert _try(Client(), "checker", factories.PASSWORD).status_code == 302
    assert WAIT in _try(Client(), "editor").text


def test_many_addresses_leave_the_site_to_browsers_that_are_known(
    checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_limits, "MAX_OF_ALL", 10)
    known = _known_browser("checker")
    for number in range(10):
        assert WAIT not in _try(Client(), f"p{number}", REMOTE_ADDR=f"198.51.100.{number}").text
    stranger = _try(Client(), "editor", factories.PASSWORD, REMOTE_ADDR="203.0.113.1")
    assert WAIT in stranger.text
    assert _try(known, "checker", factories.PASSWORD).status_code == 302


def test_one_address_cannot_use_up_the_tries_of_all(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_limits, "MAX_OF_ALL", 30)
    for number in range(100):
        _try(Client(), f"person{number}")
    elsewhere = _try(Client(), "editor", factories.PASSWORD, REMOTE_ADDR="203.0.113.1")
    assert elsewhere.status_code == 302


def test_the_addresses_of_one_ipv6_network_count_together(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(sign_in_limits, "MAX_OF_ADDRESS", 3)
    for number in range(3):
        _try(Client(), f"p{number}", REMOTE_ADDR=f"2001:db8::{number + 1}")
    assert WAIT in _try(Client(), "p9", REMOTE_ADDR="2001:db8::ffff").text
    assert WAIT not in _try(Client(), "p9", REMOTE_ADDR="2001:db8:1::1").text


def test_guesses_at_once_are_no_more_than_guesses_in_a_row(rf: Any) -> None:
    request = rf.post(LOGIN)
    with ThreadPoolExecutor(20) as threads:
        tried = list(threads.map(lambda _: sign_in_limits.may_try(request, "anna"), range(60)))
    assert tried.count(True) == sign_in_limits.MAX_FAILURES


def test_codes_are_counted_and_work_once(checker: User) -> None:
    second_factor.with_app(checker)
    client, right = Client(), second_factor.code()
    _try(client, "checker", factories.PASSWORD)
    for _ in range(sign_in_limits.MAX_CODES):
        assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    late = client.post("/accounts/2fa/authenticate/", {"code": right})
    assert "Too many wrong answers" in late.text
    caches[CACHE].clear()
    assert client.post("/accounts/2fa/authenticate/", {"code": right}).status_code == 302
    caches["default"].clear()  # allauth's own mark, which another process does not see
    again = Client()
    _try(again, "checker", factories.PASSWORD)
    spaced = f"{right[:3]} {right[3:]}"
    assert "used already" in again.post("/accounts/2fa/authenticate/", {"code": spaced}).text


def test_nobody_is_flooded_with_mail(checker: User) -> None:
    checker.email = "checker@news.example"
    checker.save()
    answers = {
        Client().post(RESET, {"email": "checker@news.example"}, follow=True).text for _ in range(10)
    }
    letters = Mail.objects.filter(event="reset_link").count()
    assert letters == sign_in_limits.MAX_RESETS and len(answers) == 1


def test_without_redis_nobody_waits_and_the_log_says_so(
    checker: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CACHES = {
        **settings.CACHES,
        CACHE: {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        },
    }
    with caplog.at_level(logging.WARNING):
        for number in range(25):
            assert WAIT not in _try(Client(), f"person{number}").text
    assert "sign_ins.uncounted" in caplog.text
    assert _try(Client(), "checker", factories.PASSWORD).status_code == 302
