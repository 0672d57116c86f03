"""Forged keys in the forms and addresses of the admin: a page that says what to do, and
never a 500.
"""

import io
import itertools
import json
import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from factcheck.ledger.logs import JsonFormatter
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories

pytestmark = pytest.mark.rules  # PostgreSQL refuses more kinds of keys than SQLite

FINE = {200, 302, 400, 403, 404, 405}
KEYS = [
    "",
    "²",
    "{x}",
    "%ZZ",
    str(2**63),
    "9" * 5000,
    "-1",
    "1.5",
    "1e3",
    "\0",
    "٣",
    " 1 ",
    "None",
    "'",
]
PARAMETERS = [
    "_popup",
    "_changelist_filters",
    "o",
    "p",
    "q",
    "_to_field",
    "all",
    "e",
    "select_across",
]


@pytest.fixture
def everybody(client: Client, desk: Desk, checker: User) -> Client:
    for role in ("editor", "auditor", "admin", "legal", "reporter"):
        Membership.objects.create(user=checker, desk=desk, role=role)
    client.force_login(checker)
    return client


def lists() -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]


def actions_of(client: Client, address: str) -> list[str]:
    form = client.get(address).context.get("action_form")
    return [name for name, _ in form.fields["action"].choices if name] if form else []


def test_a_forged_key_selects_nothing_in_any_list(everybody: Client, checker: User) -> None:
    factories.claim(checker, factories.desk())
    forged = [*({"_selected_action": key} for key in KEYS), {"_selected_action": "²", "index": "²"}]
    for address in lists():
        actions = actions_of(everybody, address)
        # Each key with one of them in turn: what a key selects is asked before.
        turns = itertools.cycle([*actions[:2], "no_such_action"])
        for action, keys in zip(turns, forged, strict=False):
            sent = {"action": action, **keys}
            if not actions:
                sent["select_across"] = keys["_selected_action"]
            assert everybody.post(address, sent).status_code in FINE, (address, sent)


def test_of_forged_and_real_keys_the_real_ones_count(everybody: Client, checker: User) -> None:
    claim = factories.claim(checker, factories.desk())
    sent = {"action": "decline", "_selected_action": ["²", str(claim.pk), str(2**63)]}
    actions = actions_of(everybody, "/admin/claims/claim/")
    answer = everybody.post("/admin/claims/claim/", sent | {"action": actions[0]})
    assert answer.status_code == 200 and claim.text in answer.text
    none = everybody.post("/admin/claims/claim/", sent | {"_selected_action": "²"}, follow=True)
    assert "Items must be selected" in none.text
    assert Claim.objects.get().moves == claim.moves


@pytest.mark.parametrize("key", KEYS)
def test_a_forged_key_in_any_field_or_address_of_a_claim_is_answered(
    everybody: Client, checker: User, key: str
) -> None:
    claim = factories.claim(checker, factories.desk())
    page = f"/admin/claims/claim/{claim.pk}/"
    names = ["seen", "version", "content_hash", "into", "evidence", "assignee", "claimant", "topic", "desk", "opened_values"]  # fmt: skip
    for address in (f"{page}change/", "/admin/claims/claim/add/", "/admin/sources/article/add/"):
        assert everybody.post(address, dict.fromkeys(names, key)).status_code in FINE
    every = "&".join(f"{name}={quote(key)}" for name in PARAMETERS)
    for address in (f"{page}change/", "/admin/claims/claim/add/"):
        assert everybody.get(f"{address}?{every}").status_code in FINE, address
    for name in PARAMETERS:  # a list stops at the first that it does not understand
        answer = everybody.get(f"/admin/claims/claim/?{name}={quote(key)}")
        assert answer.status_code in FINE, name


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the configured handler writes."""
    handler = next(one for one in logging.getLogger().handlers if isinstance(one.formatter, JsonFormatter))  # fmt: skip
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.parametrize(
    ("path", "host"),
    [
        ("/admin/newsroom/user/?password__startswith=a", "testserver"),
        ("/admin/claims/claim/?desk__memberships__user__password=a", "testserver"),
        ("/admin/newsroom/apitoken/?digest__startswith=a", "testserver"),
        ("/admin/newsroom/membership/?user__password__startswith=a", "testserver"),
        ("/admin/claims/claim/?public_id__startswith=a", "testserver"),
        ("/admin/claims/claim/?_to_field=text", "testserver"),
        ("/verdicts/", "evil.example"),
        ("/api/v1/claims/", "evil.example:99999"),
    ],
)
def test_what_anybody_can_send_is_a_warning_without_a_traceback(
    everybody: Client, log: io.StringIO, path: str, host: str
) -> None:
    answer = everybody.get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json") == path.startswith("/api/")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert lines and {line["level"] for line in lines} == {"warning"}
    assert not [line for line in lines if "exception" in line]


def test_a_bug_keeps_its_traceback(
    everybody: Client, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.public_site.lists._place", lambda *_: 1 / 0)
    everybody.raise_request_exception = False
    assert everybody.get("/corrections/").status_code == 500
    (line,) = [json.loads(one) for one in log.getvalue().splitlines()]
    assert line["level"] == "error" and "ZeroDivisionError" in line["exception"]
