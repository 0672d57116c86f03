"""A session row that an operator inserts: with FACTCHECK_SECRET_KEY and
FACTCHECK_ENCRYPTION_KEYS it opens an account, and what is signed with it stands in the
audit log after no sign-in; with one of them it opens nothing.
"""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims.choices import Action, Status
from claims.models import Claim
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.accounts.sessions import SIGNED_IN_AT, USED_AT
from factcheck.newsroom.accounts.stored_sessions import SessionStore, cookie_value
from factcheck.newsroom.models import User
from tests import factories
from tests.project.test_settings import OTHER_KEY

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FORGED = "forgedbyanoperatorwithsqlalone00"


def _forged(user: User, **changed: Any) -> Client:
    """A browser with the key of a row that was inserted by SQL."""
    held = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: project.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        SIGNED_IN_AT: time.time(),
        USED_AT: time.time(),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date)"
            " VALUES (%s, %s, %s)",
            [
                FORGED,
                SessionStore(FORGED).encode(held | changed),
                clock.now() + timedelta(days=1),
            ],
        )
    client = Client()
    client.cookies[project.SESSION_COOKIE_NAME] = cookie_value(FORGED)
    return client


def _submit(client: Client, claim: Claim) -> int:
    page = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
    shown = re.search(r'name="content_hash" value="(\w*)"', page)
    claim.refresh_from_db()
    sent = {"version": claim.version, "content_hash": shown[1] if shown else ""}
    return client.post(
        reverse("admin:claims_claim_move", args=[claim.pk, Action.SUBMIT]), sent
    ).status_code


def test_with_the_keys_it_signs_and_no_sign_in_stands_before_it(
    checker: User, ready: Claim
) -> None:
    assert _submit(_forged(checker), ready) == 302
    ready.refresh_from_db()
    assert ready.status == Status.IN_REVIEW
    signed = AuditEntry.objects.get(action="claim.submit")
    assert (signed.actor, signed.entry_point) == ("checker", "admin")
    assert not AuditEntry.objects.filter(action="user.login", actor="checker").exists()


def test_a_sign_in_does_stand_there(checker: User) -> None:
    client, claim = Client(), factories.ready(checker)
    client.post("/accounts/login/", {"login": "checker", "password": factories.PASSWORD})
    assert _submit(client, claim) == 302
    entry = AuditEntry.objects.get(action="user.login", actor="checker")
    assert entry.seq < AuditEntry.objects.get(action="claim.submit").seq


@pytest.mark.parametrize(
    ("setting", "guessed"),
    [
        ("SECRET_KEY", "guessed by somebody who has the database alone"),
        ("ENCRYPTION_KEYS", [OTHER_KEY]),
    ],
)
def test_without_one_of_the_keys_it_opens_nothing(
    checker: User, settings: Any, setting: str, guessed: Any
) -> None:
    ours = getattr(settings, setting)
    setattr(settings, setting, guessed)
    client = _forged(checker)
    setattr(settings, setting, ours)
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_one_without_its_time_or_of_an_old_password_opens_nothing(checker: User) -> None:
    assert _forged(checker, **{SIGNED_IN_AT: 0}).get("/admin/").status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    client = _forged(checker)
    assert client.get("/admin/").status_code == 200
    checker.set_password("another long sentence")
    checker.save()
    assert client.get("/admin/").status_code == 302


def test_it_shows_no_second_factor(checker: User, settings: Any) -> None:
    claim = factories.ready(checker)
    settings.REQUIRE_MFA = True
    assert _submit(_forged(checker), claim) == 403
    claim.refresh_from_db()
    assert claim.status == Status.IN_PROGRESS
