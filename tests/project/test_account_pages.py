"""The pages of accounts are ours, in the admin's look: allauth brings pages of its own,
which nobody here has seen, for whatever has no template of the project.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings as project
from django.test import Client

from factcheck.newsroom.models import User
from tests import factories
from tests.project import second_factor
from tests.project.every_url import addresses, filled

pytestmark = pytest.mark.django_db
TEMPLATES = project.BASE_DIR / "templates"
FOLDERS = ("account", "allauth", "mfa", "socialaccount", "usersessions")
# Opened by a letter, by the admin for who has no role, and after a single sign-on.
ELSEWHERE = {"account/choose_password.html", "account/no_role.html", "account/password_set.html"}
# What the admin's pages have and allauth's own have not.
LOOK = ('id="header"', "desk.css", "account.css", "<main")
PROVIDER = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "newsroom",
                "name": "House",
                "client_id": "x",
                "secret": "y",
                "settings": {"server_url": "http://127.0.0.1:9"},
            }
        ]
    }
}


@pytest.fixture(autouse=True)
def _shared(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # A key of bytes needs a browser: see tests/browser/test_second_factor.py.
    monkeypatch.setattr(webauthn, "get_credentials", lambda user: [])
    settings.CACHES = {
        **settings.CACHES,
        "sign_ins": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "account-pages",
        },
    }
    settings.OIDC_ISSUER, settings.SOCIALACCOUNT_PROVIDERS = "http://127.0.0.1:9", PROVIDER
    second_factor.forget_codes()


def _with_every_factor(user: User) -> User:
    key = {"name": "Key on my ring", "passwordless": True, "credential": {}}
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=key)
    return second_factor.with_app(user)


def _browsers(plain: User, equipped: User, invited: User) -> Iterator[Client]:
    """Nobody, half signed in, and people signed in with and without factors, lately and
    long ago.
    """
    yield Client()
    halfway = Client()
    halfway.post(second_factor.LOGIN, {"login": equipped.username, "password": factories.PASSWORD})
    yield halfway
    for person in (plain, equipped, invited):
        client = Client()
        client.force_login(person)
        yield client
    lately = Client()
    lately.force_login(plain)
    lately.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    yield lately
    lately = Client()
    lately.force_login(equipped)
    second_factor.forget_codes()
    lately.post(second_factor.CONFIRM, {"code": second_factor.code()})
    yield lately


def _pages(checker: User, editor: User, reporter: User) -> Iterator[tuple[str, Any]]:
    reporter.set_unusable_password()
    reporter.save()
    _with_every_factor(editor)
    paths = [
        path for one in addresses() if one.route.startswith("accounts/") for path in filled(one)
    ]
    paths = [*paths, "/accounts/oidc/newsroom/login/", "/accounts/oidc/newsroom/login/callback/"]
    for client in _browsers(checker, editor, reporter):
        for path in sorted(paths, key=lambda one: "logout" in one):
            page = client.get(path)
            if page["Content-Type"].startswith("text/html") and page.content:
                yield path, page


def test_every_page_is_ours_and_looks_like_the_admin(
    checker: User, editor: User, reporter: User
) -> None:
    rendered = set()
    for path, page in _pages(checker, editor, reporter):
        marks = [mark for mark in LOOK if mark not in page.text]
        # The pages of errors are the site's own, which readers see, too.
        assert not marks or page.status_code >= 400, (path, page.status_code, marks)
        assert Path(page.templates[0].origin.name).is_relative_to(TEMPLATES), path
        for template in page.templates:
            if "/elements/" in template.name:
                assert Path(template.origin.name).is_relative_to(TEMPLATES), template.name
            rendered.add(template.name)
    ours = {
        str(path.relative_to(TEMPLATES))
        for folder in FOLDERS
        for path in (TEMPLATES / folder).rglob("*.html")
    }
    assert ours - rendered == ELSEWHERE, "a template that no page uses"
