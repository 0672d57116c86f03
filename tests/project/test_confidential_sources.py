"""A confidential source: marked words searched for in answers, entries and logs.

The pages of everybody else, at every address, are opened by test_every_address.py.
"""

import json
import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims.choices import Action, Channel
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note
from claims.evidence.source_access import read_identity
from claims.models import Claim, ConfidentialIdentity, Evidence
from claims.workflow import apply
from factcheck.ledger import clock, triggers
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.project.api import Api
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
NAME, CONTACT = "Zelda Quince-Marrow", "+00 700 55321 zebra"
TOLD = "a person in the ministry known to the desk"


@shared
def lawyer(desk: Desk) -> User:
    return factories.person("lawyer", desk, "legal")


@shared
def claim(checker: User, lawyer: User, ready: Claim) -> Claim:
    note = Note(
        person=TOLD,
        channel=Channel.PHONE,
        held_at=clock.now() - timedelta(hours=1),
        text="The figure was known in March.",
        confidential=True,
        real_name=NAME,
        contact=CONTACT,
    )
    attach_note(
        ready,
        by=checker,
        note=note,
        item=EvidenceDetails(url="", stance="refutes", quote="known in March"),
    )
    Claim.objects.filter(pk=ready.pk).update(shared_with_legal=True)
    return ready


def _marked(text: str) -> bool:
    return any(mark in text for mark in ("Quince", "55321", "zebra"))


def _staff_pages(claim: Claim) -> list[str]:
    """Every list and every page of a row the admin has, and what the workbench adds."""
    pages = [reverse("admin:index")]
    for model in apps.get_models():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        try:
            listed = reverse(f"{name}_changelist")
        except Exception:  # noqa: BLE001 (a model without a screen)
            continue
        pages.append(listed)
        pages += [
            reverse(f"{name}_change", args=[pk])
            for pk in model._default_manager.values_list("pk", flat=True)[:40]
        ]
    number = Evidence.objects.get(capture__kind="note").number
    return pages + [
        reverse(f"admin:claims_claim_{entry_point}", args=[claim.pk, number])
        for entry_point in ("capture", "edit_evidence", "evidence_file")
    ]


def test_no_page_shows_it_unasked(
    client: Client, checker: User, editor: User, claim: Claim
) -> None:
    number = Evidence.objects.get(capture__kind="note").number
    own = reverse("admin:claims_claim_identity", args=[claim.pk, number])
    for reader in (checker, editor):
        client.force_login(reader)
        for page in [*_staff_pages(claim), own]:
            answer = client.get(page, follow=True)
            assert not _marked(answer.content.decode(errors="replace")), page
    client.force_login(checker)
    assert _marked(client.post(own, {"reason": "They call back."}).text)


@pytest.mark.parametrize(
    "who", ["checker", "editor", "second_checker", "auditor", "lawyer", "reporter", "outsider"]
)
def test_no_api_list_has_the_name(request: pytest.FixtureRequest, claim: Claim, who: str) -> None:
    api = Api(request.getfixturevalue(who))
    item = Evidence.objects.get(capture__kind="note")
    verdict = claim.verdicts.get()
    for path in (
        "claims/",
        f"claims/{claim.public_id}/",
        f"claims/{claim.public_id}/evidence/",
        f"evidence/{item.public_id}/",
        "verdicts/",
        f"verdicts/{verdict.public_id}/",
        f"claims/{claim.public_id}/transitions/",
        f"claims/{claim.public_id}/queries/",
    ):
        assert not _marked(api.get(path).text), path
    listed = api.get(f"evidence/{item.public_id}/identity/")
    assert listed.status_code == (200 if who in {"checker", "editor"} else 404)
    assert not _marked(listed.text)
    answer = api.post(f"evidence/{item.public_id}/identity/read/", {"reason": "They call back."})
    assert answer.status_code == {"checker": 200, "editor": 403}.get(who, 404)
    assert _marked(answer.text) == (who == "checker")


def test_no_token_that_an_admin_made_reads_the_name_or_signs_a_note(
    editor: User, claim: Claim
) -> None:
    item = Evidence.objects.get(capture__kind="note")
    lent = Api(editor, "read", "articles:write", "claims:write", "evidence:write")
    path = f"evidence/{item.public_id}/identity/"
    assert lent.get(path).status_code == 403
    assert lent.post(f"{path}read/", {"reason": "They call back."}).status_code == 403
    assert lent.post(f"claims/{claim.public_id}/notes/", {}).status_code == 403


def test_neither_chain_nor_content_nor_log_has_it(
    client: Client, caplog: pytest.LogCaptureFixture, checker: User, editor: User, claim: Claim
) -> None:
    caplog.set_level(logging.DEBUG)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    item = Evidence.objects.get(capture__kind="note")
    read_identity(ConfidentialIdentity.objects.get(), by=checker, reason="They call back.")
    client.force_login(editor)
    client.get(reverse("admin:claims_claim_change", args=[claim.pk]))
    client.get(f"/verdicts/{claim.address}/")
    told = json.dumps(list(AuditEntry.objects.values()), default=str)
    assert (
        "interview.sign" in told and "identity.read" in told and TOLD in told and not _marked(told)
    )
    assert TOLD in claim.verdicts.get().content and not _marked(claim.verdicts.get().content)
    assert not _marked(caplog.text) and not _marked(
        f"{item} {item!r} {ConfidentialIdentity.objects.get()!r}"
    )


def test_it_stands_in_no_dump_and_a_dump_loads_back(claim: Claim) -> None:
    for model in apps.get_models():
        rows = serializers.serialize("json", model._default_manager.all())
        assert not _marked(rows), model
    dumped = serializers.serialize("json", ConfidentialIdentity.objects.all())
    with connection.cursor() as cursor:
        triggers.remove("default")
        cursor.execute("DELETE FROM claims_confidentialidentity")
    for row in serializers.deserialize("json", dumped):
        row.save()
    triggers.install("default")
    assert ConfidentialIdentity.objects.get().name == NAME
    assert ConfidentialIdentity.objects.get().contact == CONTACT


def test_a_refused_note_shows_it_to_nobody_but_who_typed_it(
    client: Client, checker: User, claim: Claim
) -> None:
    client.force_login(checker)
    typed = {
        "person": TOLD,
        "channel": "phone",
        "held_at": "2026-01-02T10:00",
        "text": "Words.",
        "confidential": "on",
        "real_name": NAME,
        "contact": CONTACT,
    }
    answer = client.post(
        reverse("admin:claims_claim_note", args=[claim.pk]), {**typed, "stance": "refutes"}
    )
    assert answer.status_code == 400 and NAME in answer.text
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
