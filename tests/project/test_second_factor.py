"""Signing and publishing need a second factor, shown within the last hours."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from claims.choices import Action, Status
from claims.models import Claim, Interview
from claims.workflow import MOVES, apply
from factcheck.ledger import clock
from factcheck.newsroom.choices import PERSONAL_SCOPES, Scope
from factcheck.newsroom.models import ApiToken, User
from factcheck.newsroom.second_factor import PROVEN_ACTIONS
from tests import factories
from tests.project import second_factor
from tests.project.api import Api

CONFIRM = second_factor.CONFIRM


@pytest.fixture(autouse=True)
def _required(settings: Any) -> Iterator[None]:
    settings.REQUIRE_MFA = True
    settings.CACHES = {
        **settings.CACHES,
        "sign_ins": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "second-factor",
        },
    }
    second_factor.forget_codes()
    with second_factor.signed_before():
        yield


def _press(client: Client, claim: Claim, action: Action, **typed: str) -> Any:
    """The button, with what its form on the workbench holds."""
    page = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text
    shown = re.search(r'name="content_hash" value="(\w*)"', page)
    claim.refresh_from_db()
    sent = {"version": claim.version, "content_hash": shown[1] if shown else ""} | typed
    return client.post(reverse("admin:claims_claim_move", args=[claim.pk, action]), sent)


def _status(claim: Claim) -> str:
    claim.refresh_from_db()
    return claim.status


def test_every_move_that_signs_or_goes_public_is_among_them() -> None:
    personal = {action for action, move in MOVES.items() if PERSONAL_SCOPES & set(move.scopes)}
    assert {f"claim.{action}" for action in personal} <= PROVEN_ACTIONS


def test_nobody_signs_without_a_second_factor(client: Client, checker: User, ready: Claim) -> None:
    client.force_login(checker)
    answer = _press(client, ready, Action.SUBMIT)
    assert answer.status_code == 403 and "Add a second factor" in answer.text
    assert reverse("mfa_index") in answer.text and _status(ready) == Status.IN_PROGRESS


def test_what_was_shown_at_the_sign_in_is_enough(
    client: Client, checker: User, ready: Claim
) -> None:
    assert second_factor.sign_in(client, second_factor.with_app(checker))["Location"] == "/admin/"
    assert _press(client, ready, Action.SUBMIT).status_code == 302
    assert _status(ready) == Status.IN_REVIEW


def test_after_some_hours_it_is_asked_for_and_the_move_goes_on_as_typed(
    client: Client, checker: User, editor: User, settings: Any
) -> None:
    claim = factories.published(checker, editor)
    second_factor.sign_in(client, second_factor.with_app(editor))
    settings.MFA_HOURS = 0
    asked = _press(client, claim, Action.RETRACT, note="The register was misread.")
    assert asked.status_code == 302 and asked["Location"].startswith(CONFIRM)
    assert _status(claim) == Status.PUBLISHED
    second_factor.forget_codes()
    wrong = client.post(asked["Location"], {"code": "000000"})
    assert wrong.status_code == 200 and _status(claim) == Status.PUBLISHED
    settings.MFA_HOURS = 12
    address = re.sub(r".*next=", "", asked["Location"]).replace("%2F", "/")
    done = client.post(CONFIRM, {"code": second_factor.code(), "next": address})
    assert done.status_code == 302, done.text
    assert _status(claim) == Status.RETRACTED
    last = claim.transitions.order_by("-number")[0]
    assert (last.note, last.entry_point) == ("The register was misread.", "admin")


def test_a_password_alone_is_no_proof(client: Client, checker: User) -> None:
    second_factor.with_app(checker)
    client.force_login(checker)
    claim = factories.ready(checker)
    assert _press(client, claim, Action.SUBMIT)["Location"].startswith(CONFIRM)
    password = client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    assert password.status_code == 302 and password["Location"].startswith(CONFIRM)
    assert _status(claim) == Status.IN_PROGRESS


def test_an_approval_a_sign_off_and_the_methodology_ask_as_well(
    client: Client, editor: User, admin_person: User, submitted: Claim
) -> None:
    for person in (editor, admin_person):
        second_factor.with_app(person)
    client.force_login(editor)
    for action in (Action.APPROVE, Action.APPROVE_AND_PUBLISH):
        assert _press(client, submitted, action)["Location"].startswith(CONFIRM)
    client.force_login(admin_person)
    sent = {"text": "How we work, in a sentence.", "in_force_from": ""}
    answer = client.post(reverse("admin:claims_methodology_add"), sent)
    assert answer.status_code == 302 and answer["Location"].startswith(CONFIRM)
    assert _status(submitted) == Status.IN_REVIEW


def test_a_note_is_signed_with_it_and_no_name_waits_in_a_session(
    client: Client, checker: User, ready: Claim
) -> None:
    held_at = (clock.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    sent = {"person": "a person known to the desk", "channel": "phone", "held_at": held_at}
    sent |= {"text": "They planted fewer.", "stance": "refutes", "quote": "planted fewer"}
    sent |= {"confidential": "on", "real_name": "Quaggaworth", "contact": "4711"}
    address = reverse("admin:claims_claim_note", args=[ready.pk])
    client.force_login(checker)
    without = client.post(address, sent)
    assert without.status_code == 403 and reverse("mfa_index") in without.text
    second_factor.with_app(checker)
    asked = client.post(address, sent)
    assert asked.status_code == 403 and f'href="{CONFIRM}"' in asked.text
    assert "They planted fewer." in asked.text and not Interview.objects.exists()
    sessions = Session.objects.values_list("session_data", flat=True)
    assert not any("Quaggaworth" in str(Session(session_data=x).get_decoded()) for x in sessions)
    assert client.post(CONFIRM, {"code": second_factor.code()}).status_code == 302
    assert client.post(address, sent).status_code == 302
    assert Interview.objects.get().by == checker


def test_a_token_that_signs_is_made_with_a_fresh_proof(client: Client, checker: User) -> None:
    add = reverse("admin:newsroom_apitoken_add")
    sent = {"owner": checker.pk, "name": "Desk tool", "scopes": [Scope.VERDICTS_WRITE]}
    client.force_login(checker)
    refused = client.post(add, sent)
    assert refused.status_code == 400 and "need a second factor" in refused.text
    second_factor.with_app(checker)
    assert client.post(add, sent)["Location"].startswith(CONFIRM)
    assert not ApiToken.objects.exists()
    assert client.post(add, sent | {"scopes": [Scope.READ]}).status_code == 200
    second_factor.sign_in(client, checker)
    client.logout()
    second_factor.sign_in(client, checker)
    assert client.post(add, sent).status_code == 200 and ApiToken.objects.count() == 2


def test_a_token_signs_while_its_owner_has_a_second_factor(checker: User, ready: Claim) -> None:
    api = Api(checker)
    sent = {"action": Action.SUBMIT.value}
    refused = api.post(f"claims/{ready.public_id}/transitions/", sent)
    assert refused.status_code == 403 and "second factor" in refused.json()["detail"]
    second_factor.with_app(checker)
    assert api.post(f"claims/{ready.public_id}/transitions/", sent).status_code == 201


def test_with_the_setting_off_nobody_is_asked(client: Client, checker: User, settings: Any) -> None:
    settings.REQUIRE_MFA = False
    claim = factories.ready(checker)
    client.force_login(checker)
    assert _press(client, claim, Action.SUBMIT).status_code == 302
    assert apply(claim, Action.SUBMIT, by=checker).to_status == Status.IN_REVIEW
