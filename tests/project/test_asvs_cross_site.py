"""Another site cannot act in the name of somebody who is signed in here: forms need
their token, the API needs its header, and what only reads changes nothing.
"""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client

from claims.models import Claim
from factcheck.newsroom import tokens
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api
from tests.shared_rows import shared


@shared
def claim(checker: User) -> Claim:
    factories.scale()
    return Claim.objects.get(pk=factories.ready(checker).pk)


@pytest.fixture
def strict(checker: User) -> Client:
    """A browser, which sends its cookies along whoever wrote the form."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(checker)
    return browser


@pytest.mark.parametrize(
    "path",
    [
        "/admin/logout/",
        "/admin/claims/claim/add/",
        "/admin/claims/claim/{pk}/move/submit/",
        "/admin/claims/claim/{pk}/details/",
        "/admin/sources/article/add/",
        "/admin/newsroom/apitoken/add/",
        "{login}",
    ],
)
def test_a_form_without_its_token_does_nothing(strict: Client, claim: Claim, path: str) -> None:
    there = path.format(pk=claim.pk, login=resolve_url(settings.LOGIN_URL))
    version = claim.version
    answer = strict.post(there, {"version": version, "text": "Written by another site."})
    assert answer.status_code == 403
    claim.refresh_from_db()
    assert (claim.version, claim.transitions.filter(action="submit").count()) == (version, 0)
    assert strict.get("/admin/").status_code == 200


def test_a_token_of_another_browser_does_not_fit(strict: Client, claim: Claim) -> None:
    other = Client(enforce_csrf_checks=True)
    other.get(resolve_url(settings.LOGIN_URL))
    foreign = other.cookies[settings.CSRF_COOKIE_NAME].value
    strict.get("/admin/")
    sent = {"csrfmiddlewaretoken": foreign, "version": claim.version}
    assert strict.post(f"/admin/claims/claim/{claim.pk}/move/submit/", sent).status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_what_a_form_of_another_site_can_send_is_no_request_of_the_api(
    strict: Client, checker: User, kind: str
) -> None:
    body = b'{"text": "The city planted 4,200 trees in 2025."}'
    assert strict.post("/api/v1/claims/", body, content_type=kind).status_code == 401
    # Not even with a token, which would need a preflight that nobody answers.
    assert Api(checker).raw("claims/", body, kind).status_code == 415
    preflight = strict.options(
        "/api/v1/claims/",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    assert not [name for name, _value in preflight.items() if name.startswith("Access-Control-")]
    assert not Claim.objects.exists()


@pytest.mark.parametrize("path", ["move/submit/", "details/", "verdict/"])
def test_a_step_is_not_taken_by_reading(strict: Client, claim: Claim, path: str) -> None:
    version = claim.version
    strict.get(f"/admin/claims/claim/{claim.pk}/{path}", {"version": version, "action": "submit"})
    claim.refresh_from_db()
    assert claim.version == version and not claim.transitions.filter(action="submit").exists()


def test_no_header_or_field_makes_another_method_of_a_post(checker: User, claim: Claim) -> None:
    api, path = Api(checker), f"claims/{claim.public_id}/"
    for headers in ({"X-HTTP-Method-Override": "PATCH"}, {"X-Method-Override": "DELETE"}):
        assert api.post(path, {"_method": "PATCH"}, headers=headers).status_code == 405


def test_a_token_in_an_address_opens_nothing(checker: User) -> None:
    _token, plain = tokens.issue(checker, by=checker, name="test", scopes=["read"])
    for name in ("token", "access_token", "api_key", "key"):
        answer = Client().get("/api/v1/me/", {name: plain})
        assert answer.status_code == 401 and plain not in answer.text
