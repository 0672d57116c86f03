"""How we work: versions that are only added, named by the verdicts that were signed
under them.
"""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.models import Claim, Methodology
from claims.publication.methodology import publish
from claims.workflow import MoveData, WorkflowError, apply
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page
from tests.project.api import Api

pytestmark = pytest.mark.django_db
PAGE = "/methodology/"
ADD = reverse("admin:claims_methodology_add")
TOMORROW = timedelta(days=1)


def test_without_any_the_page_says_so_and_verdicts_name_none(
    client: Client, published: Claim
) -> None:
    assert "methodology" not in json.loads(published.verdicts.get().content)
    shown = client.get(PAGE)
    assert shown.status_code == 200 and "No methodology published yet." in shown.text
    assert client.get(f"{PAGE}1/").status_code == 404
    assert "How we work, version" not in client.get(page(published)).text


def test_a_verdict_names_and_links_the_one_in_force_when_its_author_signed(
    client: Client, checker: User, editor: User, admin_person: User
) -> None:
    first = publish(by=admin_person, text="We count **twice**.")
    claim = factories.submitted(checker)
    publish(by=admin_person, text="We count three times.")
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)  # what came meanwhile does not unsign it
    named = json.loads(claim.verdicts.get().content)["methodology"]
    assert (named["version"], named["text_sha256"]) == (1, sha256(first.text))
    assert 'href="/methodology/1/"' in client.get(page(claim)).text
    present, old = client.get(PAGE).text, client.get(f"{PAGE}1/").text
    assert "three times" in present and 'href="/methodology/1/"' in present
    assert "<strong>twice</strong>" in old and "This is an earlier version." in old


def test_who_signs_again_signs_under_the_present_one(
    checker: User, editor: User, admin_person: User
) -> None:
    publish(by=admin_person, text="We count twice.")
    claim = factories.submitted(checker)
    apply(claim, Action.RECALL, by=checker, data=MoveData(note="A word was missing."))
    assert claim.verdicts.get().methodology is None
    second = publish(by=admin_person, text="We count three times.")
    apply(claim, Action.SUBMIT, by=checker)
    assert claim.verdicts.get().methodology == second


def test_one_to_come_is_neither_shown_nor_signed_before(
    client: Client, checker: User, admin_person: User
) -> None:
    publish(by=admin_person, text="We will count by machine.", in_force_from=clock.now() + TOMORROW)
    claim = factories.submitted(checker)
    assert claim.verdicts.get().methodology is None
    assert "by machine" not in client.get(PAGE).text and client.get(f"{PAGE}1/").status_code == 404
    with pytest.raises(WorkflowError, match="comes into force on"):
        publish(by=admin_person, text="We count once.")


def test_the_same_words_again_are_the_same_version(admin_person: User) -> None:
    first = publish(by=admin_person, text="We count twice.\r\nAnd once more.")
    assert publish(by=admin_person, text="We count twice.\nAnd once more. ") == first
    assert AuditEntry.objects.get(action="methodology.publish").changes["number"] == ["", 1]


def test_no_empty_and_no_backdated_one(admin_person: User) -> None:
    for told in (
        {"text": " \n"},
        {"text": "x" * 100_001},
        {"text": "We count.", "in_force_from": clock.now() - TOMORROW},
    ):
        with pytest.raises(ValidationError):
            publish(by=admin_person, **told)
    assert not Methodology.objects.exists()


def test_only_an_admin_publishes_one(
    client: Client, checker: User, editor: User, auditor: User, superuser: User, admin_person: User
) -> None:
    for who in (checker, editor, auditor, superuser):
        with pytest.raises(PermissionDenied):
            publish(by=who, text="We count as we like.")
        client.force_login(who)
        assert client.post(ADD, {"text": "We count as we like."}).status_code == 403
    client.force_login(admin_person)
    assert client.post(ADD, {"text": "We count twice."}).status_code == 302
    made = Methodology.objects.get()
    assert (
        "We count twice."
        in client.get(reverse("admin:claims_methodology_change", args=[made.pk])).text
    )
    refused = client.post(
        ADD, {"text": "We count four times.", "in_force_from": "2001-01-01T00:00"}
    )
    assert (
        refused.status_code == 400
        and "This time has passed." in refused.text
        and "We count four times." in refused.text
    )
    assert (
        client.post(
            reverse("admin:claims_methodology_change", args=[made.pk]), {"text": "Other."}
        ).status_code
        == 403
    )
    assert (
        client.post(
            reverse("admin:claims_methodology_delete", args=[made.pk]), {"post": "yes"}
        ).status_code
        == 403
    )


def test_no_sql_changes_or_takes_a_version(checker: User, admin_person: User) -> None:
    first = publish(by=admin_person, text="We count twice.")
    claim = factories.submitted(checker)
    for statement in (
        "UPDATE claims_methodology SET text = 'We never count.'",
        "DELETE FROM claims_methodology",
        "UPDATE claims_methodology SET number = 7",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert claim.verdicts.get().methodology == first


def test_clients_of_the_api_read_the_versions(admin_person: User, checker: User) -> None:
    publish(by=admin_person, text="We count twice.")
    publish(by=admin_person, text="We count three times.")
    data = Api(checker).get("methodology/").json()["results"]
    assert [(one["version"], one["text"]) for one in data] == [
        (2, "We count three times."),
        (1, "We count twice."),
    ]


def test_the_page_runs_no_scripts_of_the_text(client: Client, admin_person: User) -> None:
    publish(by=admin_person, text="<script>alert(1)</script> [x](javascript:alert(1))")
    shown = client.get(PAGE)
    assert "<script>alert" not in shown.text and 'href="javascript' not in shown.text
    assert client.post(PAGE).status_code == 405
