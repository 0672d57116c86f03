"""The site as production starts it: what every answer says, what the cookies are
called, and that nothing lies open which only helps an attacker.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.project.test_deploy import PRODUCTION
from tests.project.test_settings import ROOT

YEAR = 31_536_000
LIVE = "/healthz/live"
# None of these asks the database, so none is needed.
SHOWN = [LIVE, "/api/v1/me/", "/api/v1/schema/", "/static/desk.css"]
HIDDEN = [
    "/.git/config",
    "/.git/HEAD",
    "/.env",
    "/manage.py",
    "/pyproject.toml",
    "/static/",
    "/static/../manage.py",
    "/static/..%2fmanage.py",
    "/static/.git/config",
    "/files/",
    "/var/factcheck.sqlite3",
    "/__debug__/",
    "/api/v1/me/.json",
    "/server-status",
]
PLAIN = ["/", "/admin/", "/accounts/login/", "/static/desk.css"]
# The real settings; style sheets without the hash in their name, which an image is
# built with.
ASKS = """
import json, sys
import django
from django.conf import settings
from django.test import Client, override_settings
django.setup()
from factcheck.newsroom.sign_in_limits import BROWSER_COOKIE
plain = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
asked = json.load(sys.stdin)
with override_settings(STORAGES=plain, WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True):
    client = Client(raise_request_exception=False, headers={"Host": "facts.example.org"})
    answers = []
    for method, path, secure in asked:
        answer = client.generic(method, path, secure=secure, headers={"X-Forwarded-Proto": "https" if secure else "http"})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answers.append([answer.status_code, dict(answer.items()), body.decode(errors="replace")])
names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE",
         "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN", "MESSAGE_STORAGE", "DEBUG", "PASSWORD_HASHERS"]
print(json.dumps({"answers": answers, "settings": {name: getattr(settings, name) for name in names},
                  "browser_cookie": BROWSER_COOKIE}))
"""
ASKED = [
    *(["GET", path, True] for path in [*SHOWN, *HIDDEN]),
    ["TRACE", LIVE, True],
    ["TRACE", "/", True],
    ["GET", LIVE, False],
    *(["GET", path, False] for path in PLAIN),
]


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FACTCHECK_", "DATABASE_", "DJANGO_"))
    }
    chosen = {
        "FACTCHECK_DATA_DIR": str(tmp_path_factory.mktemp("production")),
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "PYTHONWARNINGS": "ignore",
    }
    ran = subprocess.run(
        [sys.executable, "-c", ASKS],
        cwd=ROOT,
        env=kept | PRODUCTION | chosen,
        input=json.dumps(ASKED),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


def _answers(production: dict[str, Any]) -> dict[tuple[str, str, bool], list[Any]]:
    return {
        (method, path, secure): answer
        for (method, path, secure), answer in zip(ASKED, production["answers"], strict=True)
    }


def test_every_secure_answer_asks_for_https_for_a_year(production: dict[str, Any]) -> None:
    for (_method, path, secure), (_status, headers, _body) in _answers(production).items():
        if secure:
            rule = headers.get("Strict-Transport-Security", "")
            assert f"max-age={YEAR}" in rule, path
            assert headers["X-Content-Type-Options"] == "nosniff", path


def test_each_kind_of_answer_names_its_type(production: dict[str, Any]) -> None:
    answers = _answers(production)
    kinds = [answers["GET", path, True][1]["Content-Type"].replace('"', "") for path in SHOWN]
    assert kinds == [
        "application/json",
        "application/problem+json",
        "application/json",
        "text/css; charset=utf-8",
    ]
    for _status, headers, _body in answers.values():
        kind = headers["Content-Type"]
        assert not kind.startswith("text/") or "charset=" in kind


def test_no_other_site_may_read_an_answer(production: dict[str, Any]) -> None:
    for _status, headers, _body in _answers(production).values():
        assert not [name for name in headers if name.startswith("Access-Control-")]


@pytest.mark.parametrize("path", PLAIN)
def test_plain_http_is_led_to_https(production: dict[str, Any], path: str) -> None:
    status, headers, body = _answers(production)["GET", path, False]
    assert (status, headers["Location"]) == (301, f"https://facts.example.org{path}")
    assert not body and "Set-Cookie" not in headers


@pytest.mark.parametrize("path", HIDDEN)
def test_neither_code_nor_files_nor_lists_lie_open(production: dict[str, Any], path: str) -> None:
    status, _headers, body = _answers(production)["GET", path, True]
    assert status == 404
    assert "Traceback" not in body and "DEBUG" not in body and "urlpatterns" not in body


@pytest.mark.parametrize("path", [LIVE, "/"])
def test_a_request_is_not_echoed(production: dict[str, Any], path: str) -> None:
    status, _headers, body = _answers(production)["TRACE", path, True]
    assert status == 405 and "X-Forwarded-Proto" not in body


def test_cookies_belong_to_this_host_and_to_https_alone(production: dict[str, Any]) -> None:
    chosen = production["settings"]
    names = [
        chosen["SESSION_COOKIE_NAME"],
        chosen["CSRF_COOKIE_NAME"],
        production["browser_cookie"],
    ]
    assert all(name.startswith("__Host-") for name in names)
    for kind in ("SESSION", "CSRF"):
        assert chosen[f"{kind}_COOKIE_SECURE"] and chosen[f"{kind}_COOKIE_HTTPONLY"]
        assert chosen[f"{kind}_COOKIE_SAMESITE"] == "Lax" and not chosen[f"{kind}_COOKIE_DOMAIN"]
    # Or a message to a person would travel in a cookie of its own.
    assert chosen["MESSAGE_STORAGE"].endswith("SessionStorage")


def test_nothing_of_development_is_on(production: dict[str, Any]) -> None:
    assert not production["settings"]["DEBUG"]
    (hasher,) = production["settings"]["PASSWORD_HASHERS"]
    assert hasher.endswith("Argon2PasswordHasher")


def test_the_image_holds_what_it_needs_and_no_history() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert lines[0] == "*", "What is not named must stay out of the image."
    let_in = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert not {path for path in let_in if Path(path).name.startswith(".")}
    assert not let_in & {"tests", "demo", "benchmarks", "docs", "quickstart.py"}
