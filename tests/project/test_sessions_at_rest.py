"""What a copy of the table of sessions says, and what it opens: nothing."""

import base64
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims.choices import Action, Status
from claims.models import Claim
from factcheck.ledger import clock
from factcheck.newsroom.accounts import sessions
from factcheck.newsroom.models import User
from factcheck.newsroom.tasks import clear_sessions
from tests import factories
from tests.letters import arrived, link_in, with_address
from tests.project import second_factor
from tests.project.test_settings import KEY, OTHER_KEY

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CANARY = "Quaggaworth"
RESET = "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def _required(settings: Any) -> Iterator[None]:
    settings.REQUIRE_MFA = True
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "at-rest"}
    settings.CACHES = {**settings.CACHES, "sign_ins": local}
    second_factor.forget_codes()
    with second_factor.signed_before():
        yield


def _stored() -> str:
    """All sessions as a thief of the database reads them, who has no key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        return "\n".join(_unpacked(data) for (data,) in cursor.fetchall())


def _unpacked(data: str) -> str:
    packed = data.strip(".").partition(":")[0]
    read = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    with suppress(zlib.error):
        read = zlib.decompress(read)
    return data + read.decode("latin-1")


def _waiting(client: Client, editor: User, checker: User) -> str:
    """A retraction that waits for the factor; the address where it is shown."""
    claim = factories.published(checker, editor)
    second_factor.with_app(editor)
    client.force_login(editor)
    page = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text
    shown = re.search(r'name="content_hash" value="(\w*)"', page)
    claim.refresh_from_db()
    sent = {"version": claim.version, "content_hash": shown[1] if shown else ""}
    door = reverse("admin:claims_claim_move", args=[claim.pk, Action.RETRACT])
    asked = client.post(door, sent | {"note": f"{CANARY} told us it was misread."})
    assert asked.status_code == 302 and asked["Location"].startswith(second_factor.CONFIRM)
    return door


def _confirm(client: Client, door: str) -> Any:
    second_factor.forget_codes()
    sent = {"code": second_factor.code(), "next": door}
    return client.post(second_factor.CONFIRM, sent, follow=True)


def test_a_note_that_waits_for_the_factor_is_not_readable(
    client: Client, checker: User, editor: User
) -> None:
    door = _waiting(client, editor, checker)
    assert CANARY not in _stored()
    _confirm(client, door)
    claim = Claim.objects.get()
    assert claim.status == Status.RETRACTED
    assert CANARY in claim.transitions.order_by("-number")[0].note


def test_the_secret_of_an_app_that_is_being_added_is_not_readable(
    client: Client, checker: User
) -> None:
    client.post("/accounts/login/", {"login": "checker", "password": factories.PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").text
    secret = client.session["mfa.totp.secret"]
    assert secret in page and secret not in _stored()


def test_the_token_of_a_reset_link_is_not_readable(checker: User) -> None:
    with_address(checker)
    client = Client()
    client.post(RESET, {"email": checker.email})
    link = link_in(arrived(checker.email)[0])
    client.get(link, follow=True)
    token = link.rstrip("/").split("/")[-1]
    assert token in str(dict(client.session.items())) and token not in _stored()


def test_a_name_in_a_message_is_not_readable(client: Client, checker: User) -> None:
    client.force_login(checker)
    session = client.session
    session["_messages"] = f'[["__json_message",0,25,"{CANARY} was saved."]]'
    session.save()
    assert client.session["_messages"] and CANARY not in _stored()


def test_the_key_of_a_live_session_in_a_dump_opens_nothing(client: Client, checker: User) -> None:
    client.force_login(checker)
    assert client.get("/admin/").status_code == 200
    thief = Client()
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key FROM django_session")
        (key,) = cursor.fetchone()
    for cookie in (key, f"{key}:", f"{key}:{'x' * 43}", f'"{key}"', f"{key}:é"):
        thief.cookies["sessionid"] = cookie
        assert thief.get("/admin/").status_code == 302, cookie


def test_the_data_of_a_session_opens_nothing_under_another_key(
    client: Client, checker: User, admin_person: User
) -> None:
    client.force_login(checker)
    own = Client()
    own.force_login(admin_person)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE django_session SET session_data = (SELECT session_data FROM django_session"
            " WHERE session_key = %s) WHERE session_key = %s",
            [client.session.session_key, own.session.session_key],
        )
    assert own.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_session_goes_on_under_a_new_key_alone(
    client: Client, checker: User, settings: Any
) -> None:
    settings.ENCRYPTION_KEYS = [OTHER_KEY]
    client.force_login(checker)
    settings.ENCRYPTION_KEYS = [KEY, OTHER_KEY]
    call_command("rotate_encryption_keys")
    settings.ENCRYPTION_KEYS = [KEY]
    assert client.get("/admin/").status_code == 200
    settings.ENCRYPTION_KEYS = [OTHER_KEY]
    assert client.get("/admin/").status_code == 302


def test_what_waited_too_long_is_not_done(
    client: Client, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = _waiting(client, editor, checker)
    client.get(second_factor.CONFIRM)
    monkeypatch.setattr(sessions, "WAITING_SECONDS", -1)
    answer = _confirm(client, door)
    assert Claim.objects.get().status == Status.PUBLISHED
    assert answer.status_code == 200 and "waited too long for your proof" in answer.text
    assert CANARY not in str(dict(client.session.items()))


def test_sessions_that_ended_are_deleted(client: Client, checker: User, editor: User) -> None:
    client.force_login(checker)
    live = client.session.session_key
    Session.objects.create(
        session_key="ended", session_data="gAAAAx", expire_date=clock.now() - timedelta(minutes=1)
    )
    in_a_day = clock.now() + timedelta(days=1)
    Session.objects.create(session_key="plain", session_data="eyJ4IjoxfQ:x", expire_date=in_a_day)
    clear_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == [live]
    clear_sessions()
    assert client.get("/admin/").status_code == 200
