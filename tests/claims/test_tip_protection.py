"""Canaries in a reader tip: whoever should not read them meets them in no
answer, log or message.

The pages of everybody, at every address, are opened by
tests/project/test_every_address.py.
"""

import json
import logging
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.intake.tips import TipDetails, add_tip
from claims.models import Claim, ReaderTip
from claims.workflow import apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests.project.api import Api, is_problem
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
NAME, CONTACT, MESSAGE = "Canarius Quill", "canary@feather.example", "the canary saw the bridge"
CANARIES = (NAME, CONTACT, MESSAGE)
ADD = reverse("admin:claims_claim_add")


def _clean(text: str) -> bool:
    return not any(canary.lower() in text.lower() for canary in CANARIES)


@shared
def claim(checker: User, editor: User, submitted: Claim) -> Claim:
    """Published, so that public pages show all there is to show."""
    add_tip(submitted, by=checker, details=TipDetails(NAME, CONTACT, MESSAGE))
    apply(submitted, Action.APPROVE_AND_PUBLISH, by=editor)
    return submitted


@pytest.mark.parametrize("who", ["reporter", "auditor", "admin_person", "superuser", "outsider"])
def test_no_answer_of_the_api_to_anybody_else_holds_them(
    request: pytest.FixtureRequest, claim: Claim, who: str
) -> None:
    api = Api(request.getfixturevalue(who))
    for path in (
        "claims/",
        f"claims/{claim.public_id}/",
        "claims/?q=canary",
        "verdicts/",
        "suggestions/",
        "topics/",
        f"claims/{claim.public_id}/transitions/",
    ):
        assert _clean(api.get(path).content.decode())
    response = api.get(f"claims/{claim.public_id}/tip/")
    # A superuser without a role has no token that works.
    status = {"auditor": 403, "superuser": 401}.get(who, 404)
    assert is_problem(response, status) and _clean(response.content.decode())


def test_who_works_on_the_claim_reads_them_in_one_place(
    client: Client, checker: User, editor: User, claim: Claim
) -> None:
    workbench = reverse("admin:claims_claim_change", args=[claim.pk])
    for who in (checker, editor):
        client.force_login(who)
        page = client.get(workbench).text
        assert MESSAGE in page and NAME not in page and CONTACT not in page
        sender = client.post(reverse("admin:claims_claim_tip_sender", args=[claim.pk])).text
        assert NAME in sender and CONTACT in sender
        assert Api(who).get(f"claims/{claim.public_id}/tip/").json()["contact"] == CONTACT
        assert is_problem(Api(who, "read").get(f"claims/{claim.public_id}/tip/"), 403)
        for listed in ("claims/", f"claims/{claim.public_id}/"):
            assert _clean(Api(who).get(listed).content.decode())
        assert _clean(
            client.get(reverse("admin:claims_claim_changelist"), {"q": "canary"}).text.replace(
                'value="canary"', ""
            )
        )
    opened = AuditEntry.objects.filter(action="tip.read").order_by("seq")
    readers = [(entry.actor, entry.changes) for entry in opened]
    assert readers == [("checker", {}), ("checker", {}), ("editor", {}), ("editor", {})]


def test_nobody_else_opens_the_sender_and_an_erased_one_leaves_no_entry(
    client: Client, auditor: User, outsider: User, editor: User, claim: Claim
) -> None:
    door = reverse("admin:claims_claim_tip_sender", args=[claim.pk])
    for who in (auditor, outsider):
        client.force_login(who)
        assert client.post(door).status_code == 404
    client.force_login(editor)
    assert client.get(door).status_code == 302, "a link opens nothing"
    client.post(reverse("admin:claims_claim_erase_tip", args=[claim.pk]))
    assert "No name or contact details are stored." in client.post(door).text
    assert not AuditEntry.objects.filter(action="tip.read").exists()


def test_nothing_of_them_is_signed_recorded_logged_or_sent(
    client: Client,
    checker: User,
    editor: User,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(current_app, "send_task", lambda *args, **more: sent.append((args, more)))
    caplog.set_level(logging.DEBUG)
    client.force_login(checker)
    typed = {
        "text": "The bridge carries 20,000 cars a day.",
        "desk": checker.memberships.get().desk_id,
        "language": "en",
        "tip_name": NAME,
        "tip_contact": CONTACT,
        "tip_message": MESSAGE,
    }
    wrong = client.post(ADD, {**typed, "desk": 0})
    assert (wrong.status_code, wrong.text.count(NAME)) == (
        400,
        1,
    )  # typed words are kept, for who typed them
    assert client.post(ADD, typed).status_code == 302
    claim = Claim.objects.get()
    assert is_problem(
        Api(checker).post(
            "claims/", {"text": "Another.", "reader_tip": {"name": NAME, "contact": "x" * 301}}
        ),
        400,
    )
    client.force_login(editor)
    assert client.post(reverse("admin:claims_claim_erase_tip", args=[claim.pk])).status_code == 302
    told = json.dumps(list(AuditEntry.objects.values_list("action", "changes")))
    assert '"tip.add"' in told and '"tip.erase"' in told and _clean(told)
    logged = [
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith("django.db.backends")
    ]
    assert _clean("\n".join(logged)) and _clean(repr(sent))
    assert _clean(repr(list(Claim.objects.values())))


def test_after_erasing_no_table_holds_them(checker: User, editor: User, claim: Claim) -> None:
    assert Api(editor).client.delete(f"/api/v1/claims/{claim.public_id}/tip/").json()["name"] == ""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {table}")
            assert _clean(repr(cursor.fetchall())), table
    assert ReaderTip.objects.get().erased_at is not None


def test_a_client_of_the_api_sends_them_in_and_only_an_editor_erases(
    checker: User, editor: User, outsider: User
) -> None:
    api = Api(checker)
    body = {
        "text": "The bridge carries 20,000 cars a day.",
        "reader_tip": {"name": NAME, "message": MESSAGE},
    }
    first, again = api.post("claims/", body), api.post("claims/", body)
    assert (
        (first.status_code, again.status_code) == (201, 200)
        and first.json()["from_reader"]
        and _clean(first.content.decode())
    )
    assert is_problem(api.post("claims/", {**body, "reader_tip": {"name": "Another"}}), 409)
    assert is_problem(api.post("claims/", {"text": "Other.", "reader_tip": {}}), 400)
    path = f"/api/v1/claims/{first.json()['id']}/tip/"
    assert is_problem(api.client.delete(path), 403)
    assert is_problem(Api(outsider).client.delete(path), 404)
    assert {Api(editor).client.delete(path).status_code for _ in range(2)} == {200}
    assert ReaderTip.objects.get().message == ""
    assert Claim.objects.count() == 1


def test_on_the_workbench_only_an_editor_erases(
    client: Client, checker: User, editor: User, auditor: User, outsider: User, claim: Claim
) -> None:
    page, erase = (
        reverse("admin:claims_claim_change", args=[claim.pk]),
        reverse("admin:claims_claim_erase_tip", args=[claim.pk]),
    )
    for who, status in ((checker, 403), (auditor, 403), (outsider, 404)):
        client.force_login(who)
        assert client.post(erase).status_code == status
        assert "Erase now" not in client.get(page).text
    client.force_login(editor)
    assert "Erase now" in client.get(page).text
    assert {client.post(erase).status_code for _ in range(2)} == {302}
    shown = client.get(page).text
    assert "Details erased" in shown and NAME not in shown and "Erase now" not in shown
