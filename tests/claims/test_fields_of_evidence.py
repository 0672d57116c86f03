"""A field of evidence that people type is taken, signed, shown, exported and restored
everywhere, and none is forgotten at an entry point.
"""

import json
from dataclasses import fields
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.admin.workbench.evidence.add import EvidenceForm, FileForm, NoteForm
from claims.admin.workbench.evidence.edit import EditEvidenceForm
from claims.api.serializers.evidence import EvidenceIn, EvidenceOut, EvidencePatch
from claims.api.serializers.files_and_notes import FileIn, NoteIn
from claims.choices import Action, Stance
from claims.evidence.attaching import EvidenceDetails, EvidenceText, attach
from claims.evidence.editing import edit_evidence
from claims.exchange.export import export
from claims.models import Claim, Evidence
from claims.models.evidence import EDITED_FIELDS, TEXTS, WORDS
from claims.workflow import MoveData, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.cited_links import cite
from tests import factories
from tests.claims.public_pages import page

# What the house writes itself, or takes under a name of its own.
BESIDE = {
    "id",
    "public_id",
    "claim",
    "number",
    "link",
    "origin",
    "publisher_name",
    "origin_name",
    "capture",
    "quote_state",
    "nearest",
    "added_by",
    "added_at",
    "version",
    "edited_by",
    "edited_at",
    "withdrawn_by",
    "withdrawn_at",
}
TYPED = {name: f"The {name} of the park office." for name in TEXTS}
_PARTS = ("source", "file", "note")  # of the workbench, each a form
URL = "https://parks.example/register"


def _ready(checker: User) -> tuple[Claim, Evidence]:
    """With an item that says something in every field."""
    claim = factories.ready(checker)
    factories.captured(cite(URL, desk=claim.desk, by=checker), " ".join(TYPED.values()))
    details = EvidenceDetails(stance=Stance.REFUTES, url=URL, **TYPED)
    return claim, attach(claim, by=checker, details=details)


def _published(checker: User, editor: User) -> tuple[Claim, Evidence]:
    claim, item = _ready(checker)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    return claim, item


def test_every_column_is_typed_by_people_or_written_by_the_application() -> None:
    columns = {field.name for field in Evidence._meta.concrete_fields}
    assert columns == BESIDE | set(WORDS), "Name a new column in WORDS, or in the list above."
    assert set(EDITED_FIELDS) <= columns


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("entry_point", [EvidenceForm, FileForm, NoteForm, EditEvidenceForm])
def test_every_form_asks_for_it(entry_point: Any, name: str) -> None:
    assert name in entry_point.base_fields, f"{entry_point.__name__} does not ask for {name}."


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("body", [EvidenceIn, FileIn, NoteIn, EvidencePatch, EvidenceOut])
def test_the_api_takes_and_tells_it(body: Any, name: str) -> None:
    assert name in body().fields, f"{body.__name__} has no {name}."


def test_the_domain_takes_it() -> None:
    assert {field.name for field in fields(EvidenceText)} == {*WORDS, "origin"}


def test_it_is_signed_exported_and_in_the_history(checker: User) -> None:
    claim, item = _ready(checker)
    apply(claim, Action.SUBMIT, by=checker)
    fields = {"stance": "refutes", **TYPED}
    signed = json.loads(claim.verdicts.get().content)["evidence"][-1]
    exported = json.loads(export(claim))["evidence"][-1]
    entry = AuditEntry.objects.filter(action="evidence.attach").latest("seq")
    for place in (signed, exported, entry.changes["evidence"][1], item.words):
        assert {name: place.get(name) for name in WORDS} == fields


def test_each_edit_of_it_is_kept_and_undone_when_a_correction_is_dropped(
    checker: User, editor: User
) -> None:
    claim, item = _published(checker, editor)
    apply(
        claim,
        Action.CORRECT,
        by=editor,
        data=MoveData(note="A street was counted twice.", category="correction"),
    )
    other = {name: f"Another {name}." for name in TEXTS}
    edited = edit_evidence(item, by=editor, words=EvidenceText(Stance.CONTEXT, **other))
    assert edited.words == {"stance": "context", **other}
    entry = AuditEntry.objects.get(action="evidence.edit")
    assert set(WORDS) <= set(entry.changes)
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    item.refresh_from_db()
    assert item.words == {"stance": "refutes", **TYPED}
    logged_changes = AuditEntry.objects.get(action="claim.restore").changes[
        f"evidence {item.number}"
    ]
    assert all(text in logged_changes[0] for text in other.values())
    assert all(text in logged_changes[1] for text in TYPED.values())


def test_readers_are_shown_it(client: Client, checker: User, editor: User) -> None:
    claim, _ = _published(checker, editor)
    shown = client.get(page(claim)).content.decode()
    missing = [name for name, text in TYPED.items() if text not in shown]
    assert not missing, f"The page of the verdict does not show {missing}."


def test_the_workbench_asks_for_it_and_shows_it(client: Client, checker: User) -> None:
    claim, item = _ready(checker)
    client.force_login(checker)
    bench = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
    amend = reverse("admin:claims_claim_edit_evidence", args=[claim.pk, item.number])
    pages = {"amend": client.get(amend).content.decode(), **dict.fromkeys(_PARTS, bench)}
    missing = [
        f"{part}-{name}"
        for part, shown in pages.items()
        for name in WORDS
        if f'id="{part}-{name}' not in shown
    ]
    assert not missing, f"No input for {missing}."
    unseen = [name for name, text in TYPED.items() if text not in bench]
    assert not unseen, f"The list of evidence does not show {unseen}."


def test_whoever_publishes_sees_it_in_the_preview(
    client: Client, checker: User, editor: User
) -> None:
    claim, _ = _ready(checker)
    apply(claim, Action.SUBMIT, by=checker)
    client.force_login(editor)
    confirm = reverse("admin:claims_claim_move", args=[claim.pk, Action.APPROVE_AND_PUBLISH])
    shown = client.get(confirm).content.decode().partition("Preview</h2>")[2]
    unseen = [name for name, text in TYPED.items() if text not in shown]
    assert not unseen, f"The preview does not show {unseen}."


def test_a_conflict_shows_what_the_other_person_saved(
    client: Client, checker: User, editor: User
) -> None:
    claim, item = _ready(checker)
    others = {name: f"Another {name} of the park office." for name in TEXTS}
    edit_evidence(item, by=editor, words=EvidenceText(Stance.CONTEXT, **others))
    client.force_login(checker)
    form = reverse("admin:claims_claim_edit_evidence", args=[claim.pk, item.number])
    typed = {**TYPED, "stance": "refutes", "version": item.version}
    answer = client.post(form, typed)
    assert answer.status_code == 412
    conflict = answer.content.decode().partition('id="conflict"')[2].partition("Your unsaved")[0]
    unseen = [name for name, text in others.items() if text not in conflict]
    assert not unseen, f"The conflict does not show {unseen}."
