"""Guessing a password is slowed down; the person whose name it is still gets in from
elsewhere.
"""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from factcheck.newsroom import sign_in_limits
from factcheck.newsroom.models import User
from factcheck.newsroom.sign_in_limits import BROWSER_COOKIE, CACHE, MAX_FAILURES
from tests import factories

LOGIN = "/accounts/login/"


def _try(client: Client, password: str, name: str = "checker", **more: str) -> Any:
    return client.post(LOGIN, {"login": name, "password": password}, **more)


@pytest.fixture(autouse=True)
def _counted_here(settings: Any) -> None:
    settings.CACHES = {
        **settings.CACHES,
        CACHE: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "sign-ins"},
    }
    caches[CACHE].clear()


def test_after_some_failures_not_even_the_right_password_is_tried_from_there(
    client: Client, checker: User, editor: User
) -> None:
    for _ in range(MAX_FAILURES):
        assert "Too many failed" not in _try(client, "a wrong password").text
    told = _try(client, factories.PASSWORD, name=" Checker")
    assert (
        told.status_code == 200
        and "Wait 15 minutes" in told.text
        and "_auth_user_id" not in client.session
    )
    assert _try(Client(), factories.PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert _try(Client(), factories.PASSWORD, name="editor").status_code == 302


def test_a_sign_in_forgets_the_failures_before(client: Client, checker: User) -> None:
    for _ in range(MAX_FAILURES - 1):
        _try(client, "a wrong password")
    assert _try(client, factories.PASSWORD).status_code == 302
    assert "Too many failed" not in _try(Client(), "a wrong password").text


def test_behind_the_proxy_it_counts_the_address_that_the_proxy_saw(
    checker: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_limits, "MAX_FAILURES", 2)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for forged in range(2):
        _try(Client(), "a wrong password", HTTP_X_FORWARDED_FOR=f"10.0.0.{forged}, 203.0.113.9")
    assert (
        "Too many failed"
        in _try(Client(), factories.PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.9").text
    )
    assert (
        _try(
            Client(), factories.PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7"
        ).status_code
        == 302
    )
    settings.SECURE_PROXY_SSL_HEADER = None  # nobody but a proxy of ours is believed
    for forged in range(2):
        _try(Client(), "a wrong password", HTTP_X_FORWARDED_FOR=f"10.0.0.{forged}")
    assert (
        "Too many failed"
        in _try(Client(), factories.PASSWORD, HTTP_X_FORWARDED_FOR="10.0.0.99").text
    )


def test_a_browser_used_before_is_not_shut_out_by_others(
    client: Client, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in_limits, "MAX_FAILURES", 2)
    assert BROWSER_COOKIE not in _try(client, "a wrong password").cookies
    mark = _try(client, factories.PASSWORD).cookies[BROWSER_COOKIE]
    assert mark["httponly"] and mark["samesite"] == "Lax" and "checker" not in mark.value
    client.logout()
    client.cookies[BROWSER_COOKIE] = mark.value
    for name in ("checker", "editor"):
        for _ in range(2):
            _try(Client(), "a wrong password", name=name)
    assert (
        "Too many failed" in _try(client, factories.PASSWORD, name="editor").text
    )  # known for one name only
    assert "Too many failed" not in _try(client, "a wrong password").text
    assert _try(client, factories.PASSWORD).status_code == 302
    forged = Client()
    forged.cookies[BROWSER_COOKIE] = f"x{mark.value}"
    assert "Too many failed" in _try(forged, factories.PASSWORD).text
    client.logout()
    client.cookies[BROWSER_COOKIE] = mark.value
    for _ in range(2):
        _try(client, "a wrong password")
    assert (
        "Too many failed" in _try(client, factories.PASSWORD).text
    )  # guessing there waits as well


def test_while_redis_is_away_people_get_in(client: Client, checker: User, settings: Any) -> None:
    settings.CACHES = {
        **settings.CACHES,
        CACHE: {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        },
    }
    assert _try(client, "a wrong password").status_code == 200
    assert _try(client, factories.PASSWORD).status_code == 302
