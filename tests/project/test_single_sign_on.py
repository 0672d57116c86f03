"""Single sign-on lets in invited people by the address that the provider has verified;
it creates nobody, and trusts no token that is wrong in any point.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from factcheck.newsroom.models import User
from tests import identity_provider
from tests.identity_provider import CLIENT_ID, SECRET, Provider
from tests.project import second_factor

START = "/accounts/oidc/newsroom/login/"
WRONG: list[dict[str, Any]] = [
    {"iss": "https://evil.example"},
    {"aud": "somebody-else"},
    {"aud": [CLIENT_ID, "somebody-else"], "azp": "somebody-else"},
    {"exp": 1_000_000_000},
    {"nonce": "of another sign-in"},
    {"nonce": None},
    {"exp": None},
    {"configured_issuer": "https://evil.example"},
]


@pytest.fixture
def provider(settings: Any, checker: User) -> Iterator[Provider]:
    checker.email = "checker@news.example"
    checker.save()
    with identity_provider.running() as running:
        settings.OIDC_ISSUER = running.issuer
        app = {
            "provider_id": "newsroom",
            "name": "House account",
            "client_id": CLIENT_ID,
            "secret": SECRET,
            "settings": {"server_url": running.issuer, "oauth_pkce_enabled": True},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield running


def _come_back(client: Client, provider: Provider, next_page: str = "") -> Any:
    """To the provider and back, as a browser does it."""
    start = client.get(START, {"next": next_page} if next_page else {})
    asked = parse_qs(urlsplit(start["Location"]).query)
    assert start["Location"].startswith(f"{provider.issuer}/authorize?")
    assert asked["code_challenge_method"] == ["S256"] and "openid" in asked["scope"][0]
    provider.nonce = asked["nonce"][0]
    return client.get(f"{START}callback/", {"code": "once", "state": asked["state"][0]})


def _is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_an_invited_person_is_let_in_and_comes_to_where_they_wanted(
    client: Client, provider: Provider
) -> None:
    assert "House account" in client.get("/accounts/login/").text
    answer = _come_back(client, provider, "/admin/claims/claim/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/claims/claim/")
    assert _is_in(client) and provider.asked[0]["code_verifier"]
    # The identity stays theirs when the address of the account changes.
    User.objects.filter(username="checker").update(email="new@news.example")
    again = Client()
    assert _come_back(again, provider)["Location"] == "/admin/" and _is_in(again)


@pytest.mark.parametrize(
    ("email", "more"),
    [
        ("stranger@news.example", {}),
        ("checker@news.example", {"email_verified": False}),
        ("checker@news.example", {"email_verified": None}),
        ("", {}),
    ],
)
def test_nobody_else_is_let_in_or_created(
    client: Client, provider: Provider, email: str, more: dict[str, Any]
) -> None:
    provider.email, provider.wrong = email, more
    before = User.objects.count()
    answer = _come_back(client, provider)
    assert answer.status_code == 403 and "invited" in answer.text
    assert not _is_in(client) and User.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    WRONG,
    ids=["-".join(wrong) for wrong in WRONG],
)
def test_a_token_wrong_in_one_point_lets_nobody_in(
    client: Client, provider: Provider, wrong: dict[str, Any]
) -> None:
    client.get(START)
    provider.wrong = wrong
    if "configured_issuer" in wrong:
        assert client.get(START).status_code == 502
        return
    assert _come_back(client, provider).status_code in {401, 403} and not _is_in(client)


@pytest.mark.parametrize("algorithm", ["RS256", "none", "HS256"])
def test_a_token_not_signed_by_the_provider_lets_nobody_in(
    client: Client, provider: Provider, algorithm: str
) -> None:
    provider.sign_with_another_key()
    provider.algorithm = algorithm
    if algorithm == "HS256":
        provider.key = "a key that the attacker has chosen for this"
    assert _come_back(client, provider).status_code == 401 and not _is_in(client)


def test_an_answer_that_nobody_asked_for_lets_nobody_in(client: Client, provider: Provider) -> None:
    for sent in ({}, {"code": "once"}, {"code": "once", "state": "guessed"}, {"error": "denied"}):
        assert client.get(f"{START}callback/", sent).status_code in {401, 403}
    assert not _is_in(client) and not provider.asked


def test_a_locked_account_stays_locked(client: Client, provider: Provider, checker: User) -> None:
    checker.is_active = False
    checker.save()
    assert _come_back(client, provider).status_code == 403 and not _is_in(client)


def test_the_second_factor_is_still_asked_for(
    client: Client, provider: Provider, checker: User
) -> None:
    second_factor.with_app(checker)
    assert _come_back(client, provider)["Location"].startswith("/accounts/2fa/authenticate/")
    assert not _is_in(client)


def test_without_the_setting_there_is_no_such_door(client: Client, db: None) -> None:
    assert client.get(START).status_code == client.get(f"{START}callback/").status_code == 404
    assert "oidc" not in client.get("/accounts/login/").text
