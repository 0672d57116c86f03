"""A person sets up their second factors, signs in with each of them, and comes back to
what they were about to sign.
"""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from claims.choices import Status
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    log_out,
    no_serious_barriers,
    person_menu,
    sign_in,
)
from tests.project import second_factor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _required(settings: Any) -> Iterator[None]:
    settings.REQUIRE_MFA = True
    second_factor.forget_codes()
    with second_factor.signed_before():
        yield


def _seen(page: Page, name: str) -> None:
    no_serious_barriers(page)
    if shots := os.environ.get("SHOTS"):
        width = (page.viewport_size or {"width": 0})["width"]
        page.screenshot(path=f"{shots}/{name}-{width}.png", full_page=True)


def _with_key(page: Page) -> Page:
    """Chromium's own authenticator, which answers as if a finger was laid on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def _confirm_password(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="Confirm").click()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_an_app_is_added_and_a_recovery_code_stands_in_for_it(
    checker: User, open_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    page = open_page("", size)
    errors = list[str]()
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.goto("/accounts/login/")
    _seen(page, "login")
    page.get_by_label("Password", exact=True).fill("seen by me")
    page.get_by_role("button", name="Show password").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    sign_in(page, "checker")
    person_menu(page).click()
    page.get_by_role("link", name="My account").click()
    _seen(page, "factors-none")
    page.get_by_role("link", name="Add app").click()
    _seen(page, "confirm-password")
    _confirm_password(page)
    secret = page.get_by_label("Or type this secret").input_value()
    _seen(page, "app-add")
    page.get_by_label("Code").fill(second_factor.code(secret))
    page.get_by_role("button", name="Add app").click()
    codes = page.get_by_label("Unused codes").input_value().split()
    assert len(codes) == 10
    _seen(page, "recovery-codes")
    page.goto("/accounts/2fa/")
    _seen(page, "factors")
    page.goto("/accounts/sessions/")
    _seen(page, "sessions")
    page.goto("/accounts/password/change/")
    _seen(page, "password")
    page.goto("/admin/")
    log_out(page)
    # The telephone is lost.
    sign_in(page, "checker")
    _seen(page, "code")
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(person_menu(page)).to_be_visible()
    page.goto("/accounts/2fa/totp/deactivate/")
    page.get_by_label("Code").fill(codes[1])
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Remove app").click()
    expect(page.get_by_text("An app on your phone shows a code for each sign-in.")).to_be_visible()
    assert errors == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_passkey_signs_in_and_confirms_a_signature(
    checker: User, open_page: Callable[..., Page], size: tuple[int, int], settings: Any
) -> None:
    page = _with_key(open_page("", size))
    sign_in(page, "checker")
    page.goto("/accounts/2fa/webauthn/add/")
    _confirm_password(page)
    page.get_by_label("Sign in with this key alone").check()
    _seen(page, "key-add")
    page.get_by_role("button", name="Add key").click()
    expect(page.get_by_label("Unused codes")).to_be_visible()
    page.goto("/accounts/2fa/webauthn/")
    _seen(page, "keys")
    page.goto("/admin/")
    log_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(person_menu(page)).to_be_visible()
    # What was shown at the sign-in is too old for a signature.
    claim = factories.ready(checker)
    settings.MFA_HOURS = 0
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.get_by_role("button", name="Submit").first.click()
    key = page.get_by_role("button", name="Use a security key")
    expect(key).to_be_visible()
    _seen(page, "confirm-key")
    settings.MFA_HOURS = 12
    key.click()
    expect(page).to_have_url(re.compile(rf"/admin/claims/claim/{claim.pk}/change/"))
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW
    page.goto("about:blank")


def test_a_key_is_the_second_step_after_the_password(
    checker: User, open_page: Callable[..., Page]
) -> None:
    page = _with_key(open_page())
    sign_in(page, "checker")
    page.goto("/accounts/2fa/webauthn/add/")
    _confirm_password(page)
    page.get_by_role("button", name="Add key").click()
    expect(page.get_by_label("Unused codes")).to_be_visible()
    page.goto("/admin/")
    log_out(page)
    sign_in(page, "checker")
    _seen(page, "code-or-key")
    page.get_by_role("button", name="Use a security key").click()
    expect(person_menu(page)).to_be_visible()


def test_without_an_answer_from_a_key_the_page_says_so(
    checker: User, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('no'))")
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("no answer from the key")


def test_reset_pages(checker: User, open_page: Callable[..., Page]) -> None:
    page = open_page("", PHONE)
    page.goto("/accounts/password/reset/")
    _seen(page, "reset")
    page.get_by_label("Email").fill("nobody@news.example")
    page.get_by_role("button", name="Send link").click()
    _seen(page, "reset-sent")
    page.goto("/accounts/password/reset/key/1-wrong/")
    _seen(page, "reset-bad-link")


BAD = (
    "",
    "1",
    "[]",
    "null",
    "{}",
    '{"x": 1}',
    "{",
    '"',
    "[" * 3000,
    '{"response": {"clientDataJSON": "é"}}',
)


@pytest.mark.parametrize("credential", BAD, ids=range(len(BAD)))
def test_a_broken_answer_of_a_key_is_an_error_of_the_form(
    client: Client, checker: User, credential: str
) -> None:
    assert (
        client.post("/accounts/2fa/webauthn/login/", {"credential": credential}).status_code < 500
    )
    second_factor.with_app(checker)
    second_factor.sign_in(client, checker)
    for path in ("webauthn/add/", "webauthn/reauthenticate/", "reauthenticate/", "authenticate/"):
        answer = client.post(
            f"/accounts/2fa/{path}", {"credential": credential, "code": credential}
        )
        assert answer.status_code < 500
