"""A note of a conversation as evidence: signed once by who held it, and silent about
who must not be named.
"""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.choices import Action, Channel, QuoteState
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note, signed_form
from claims.models import Claim, ConfidentialIdentity, Evidence, Interview
from claims.rules.content import active_evidence
from claims.rules.independence import independent
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import sha256
from factcheck.newsroom.models import User
from sources.models import Capture, Link
from sources.plaintext import TextError
from tests import factories
from tests.claims.public_pages import page

pytestmark = pytest.mark.django_db
SAYS = EvidenceDetails(url="", stance="refutes", quote="We planted 2,100 and not one more.")
TEXT = "I asked for the figure of last year. She said: “We planted 2,100 and not one more.”"


def note(**more: object) -> Note:
    fields = {
        "person": "Jana Brook",
        "role": "park office",
        "channel": Channel.PHONE,
        "held_at": clock.now() - timedelta(hours=1),
        "text": TEXT,
    }
    return Note(**{**fields, **more})


def secret(**more: object) -> Note:
    hidden = {
        "person": "a person in the ministry known to the desk",
        "role": "",
        "confidential": True,
        "real_name": "Zelda Quince-Marrow",
    }
    return note(**{**hidden, "contact": "+00 700 zebra", **more})


def _taken(by: User) -> Claim:
    claim = factories.claim(by)
    apply(claim, Action.TAKE, by=by)
    return claim


def test_it_is_signed_by_who_held_it(checker: User) -> None:
    item = attach_note(_taken(checker), by=checker, note=note(), item=SAYS)
    interview = Interview.objects.get()
    assert (
        interview.by,
        interview.person,
        interview.role,
        interview.channel,
        interview.confidential,
    ) == (
        checker,
        "Jana Brook",
        "park office",
        "phone",
        False,
    )
    assert (
        interview.sha256
        == sha256(signed_form(Interview.objects.select_related("capture").get()))
        == item.capture.body_sha256
    )
    assert (
        item.quote_state == QuoteState.FOUND
        and item.link.publisher.name == "Jana Brook"
        and item.link.next_attempt_at is None
    )


def test_the_same_note_again_is_the_first(checker: User, editor: User) -> None:
    claim, interview_note = _taken(checker), note()
    assert attach_note(claim, by=checker, note=interview_note, item=SAYS) == attach_note(
        claim, by=checker, note=interview_note, item=SAYS
    )
    assert Interview.objects.count() == Capture.objects.count() == Link.objects.count() == 1
    attach_note(
        claim, by=editor, note=interview_note, item=SAYS
    )  # somebody else's signature is another note
    assert Interview.objects.count() == 2


def test_it_counts_as_a_source_of_whose_voice_it_is(checker: User) -> None:
    claim = _taken(checker)
    attach_note(claim, by=checker, note=note(), item=SAYS)
    attach_note(claim, by=checker, note=note(text=TEXT + " Twice."), item=SAYS)
    assert independent(active_evidence(claim)) == 1
    attach_note(
        claim, by=checker, note=note(person="Tom Reed", speaks_for="gazette.example"), item=SAYS
    )
    factories.evidence(claim, checker, "gazette.example")
    assert independent(active_evidence(claim)) == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"person": " "}, "person"),
        ({"channel": "telepathy"}, "channel"),
        ({"real_name": "Zelda"}, "confidential"),
        ({"confidential": True}, "real_name"),
        ({"confidential": True, "real_name": "Jana Brook"}, "person"),
        ({"confidential": True, "real_name": "She said"}, "text"),
    ],
)
def test_bad_input_is_refused_by_field(checker: User, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        attach_note(_taken(checker), by=checker, note=note(**wrong), item=SAYS)
    assert field in str(refused.value.message_dict)
    assert not (Interview.objects.exists() or Evidence.objects.exists())


def test_a_conversation_to_come_is_not_signed(checker: User) -> None:
    with pytest.raises(ValidationError, match="future"):
        attach_note(
            _taken(checker),
            by=checker,
            note=note(held_at=clock.now() + timedelta(hours=1)),
            item=SAYS,
        )


def test_an_empty_note_is_refused(checker: User) -> None:
    with pytest.raises(TextError):
        attach_note(_taken(checker), by=checker, note=note(text="  "), item=SAYS)


def test_only_the_assignee_and_editors_attach_one(
    checker: User, second_checker: User, outsider: User
) -> None:
    claim = _taken(checker)
    with pytest.raises(PermissionDenied):
        attach_note(claim, by=second_checker, note=note(), item=SAYS)
    with pytest.raises(Claim.DoesNotExist):
        attach_note(claim, by=outsider, note=note(), item=SAYS)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims_interview SET person = 'Other'",
        "UPDATE claims_interview SET sha256 = 'x'",
        "DELETE FROM claims_interview",
        "UPDATE sources_capture SET text = 'She said nothing.'",
        "UPDATE claims_confidentialidentity SET name = 'Other'",
        "DELETE FROM claims_confidentialidentity",
    ],
)
def test_no_sql_rewrites_a_signed_note(checker: User, statement: str) -> None:
    attach_note(_taken(checker), by=checker, note=secret(), item=SAYS)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_unsigned_note_counts_and_no_open_source_has_a_hidden_name(checker: User) -> None:
    claim = _taken(checker)
    item = attach_note(claim, by=checker, note=note(), item=SAYS)
    url = "urn:sha256:" + "0" * 64
    forged = Capture.objects.create(
        desk=claim.desk,
        kind="note",
        url=url,
        text="Made up.",
        text_sha256="x",
        body_sha256="x",
        captured_at=clock.now(),
    )
    link = Link.objects.create(
        desk=claim.desk, url=url, publisher=item.link.publisher, latest_capture=forged
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.create(
            claim=claim,
            number=9,
            link=link,
            origin=link.publisher,
            stance="refutes",
            finding="So.",
            quote_state="no_quote",
            capture=forged,
            added_by=checker,
            added_at=clock.now(),
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        ConfidentialIdentity.objects.create(
            interview=Interview.objects.get(), name="Zelda", by=checker, at=clock.now()
        )


def test_that_there_is_a_name_is_known_to_its_writer_and_the_editors_of_the_desk(
    checker: User,
    second_checker: User,
    editor: User,
    auditor: User,
    reporter: User,
    admin_person: User,
    outsider: User,
    superuser: User,
) -> None:
    attach_note(_taken(checker), by=checker, note=secret(), item=SAYS)
    for reader in (checker, editor):
        known = ConfidentialIdentity.objects.visible_to(reader).get()
        assert {"name", "contact"} <= known.get_deferred_fields()
    for nobody in (second_checker, auditor, reporter, admin_person, outsider, superuser):
        assert not ConfidentialIdentity.objects.visible_to(nobody).exists()


def test_readers_learn_with_whom_when_and_who_signed(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    attach_note(ready, by=checker, note=note(), item=SAYS)
    attach_note(
        ready,
        by=checker,
        note=secret(),
        item=EvidenceDetails(url="", stance="context", finding="It fits."),
    )
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE_AND_PUBLISH, by=editor)
    signed = [item["capture"] for item in json.loads(ready.verdicts.get().content)["evidence"][2:]]
    open_recheck, hidden = Interview.objects.order_by("pk")
    assert [one["note"]["sha256"] for one in signed] == [open_recheck.sha256, hidden.sha256]
    assert [one["note"]["signed_by"] for one in signed] == ["checker", "checker"]
    shown = client.get(page(ready)).text
    for words in (
        "Jana Brook",
        "park office",
        "a person in the ministry known to the desk",
        "asked not to be named",
        hidden.sha256,
    ):
        assert words in shown
    for never in ("Quince", "zebra", "I asked for the figure", "urn:"):
        assert never not in shown and never not in ready.verdicts.get().content
    assert client.get(page(ready, "evidence/3/")).status_code == 404
