"""Neither a mailed link nor an open session is enough to get around a second factor or
to change one.
"""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from factcheck.newsroom.models import User
from tests import factories
from tests.letters import arrived, choose, link_in, with_address
from tests.project import second_factor

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
NEW = "an entirely new sentence"


@pytest.fixture(autouse=True)
def _counted_here(settings: Any) -> None:
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "asvs"}
    settings.CACHES = {**settings.CACHES, "sign_ins": local}
    second_factor.forget_codes()


def test_a_new_password_by_mail_goes_around_no_factor(checker: User) -> None:
    with_address(checker)
    second_factor.with_app(checker)
    client = Client()
    client.post(RESET, {"email": checker.email})
    (letter,) = arrived(checker.email)
    assert choose(client, link_in(letter), NEW) == 302
    assert client.get("/admin/").status_code == 302, "The link alone signs nobody in."
    for browser in (client, Client()):
        answer = browser.post(LOGIN, {"login": "checker", "password": NEW})
        assert answer["Location"].startswith("/accounts/2fa/authenticate/")
        assert browser.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/webauthn/add/",
    ],
)
def test_a_factor_is_not_changed_without_proof(checker: User, page: str) -> None:
    second_factor.with_app(checker)
    client = Client()
    client.force_login(checker)  # a session that somebody found open: it has shown nothing
    before = list(Authenticator.objects.values_list("pk", "type"))
    for answer in (client.get(page), client.post(page, {})):
        assert answer.status_code == 302 and "/reauthenticate/" in answer["Location"]
    assert list(Authenticator.objects.values_list("pk", "type")) == before


def test_a_first_factor_is_not_added_without_the_password(checker: User) -> None:
    client = Client()
    client.force_login(checker)
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer.status_code == 302 and "/reauthenticate/" in answer["Location"]
    client.post("/accounts/reauthenticate/", {"password": "not the present one"})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 302
    client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
