"""A field of a verdict that its author writes is taken, kept, signed, exported and
carried into a correction, and none is forgotten at an entry point.
"""

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from claims.admin.workbench.verdict import VerdictForm
from claims.api.serializers.verdicts import VerdictIn, VerdictOut
from claims.choices import Action
from claims.exchange.export import export
from claims.models import Claim, VerdictRevision
from claims.models.verdict import WRITTEN
from claims.rules.content import working_verdict
from claims.verdicts.validity import Dates
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import MoveData, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories

DATES = Dates(as_of_date=date(2026, 4, 1), recheck_date=date(2030, 4, 1))
PLAIN = {
    "quote_accuracy": "accurate",
    "short_answer": "It planted a tenth fewer.",
    "explanation": "The register of trees shows it.",
    "sole_source": True,
    "as_of_date": "2026-04-01",
    "recheck_date": "2030-04-01",
    "media_kind": "image",
    "authenticity": "DecontextualizedContent",
    "media_context": "A flood of 2019.",
    "media_original": "https://photos.example/1",
}


def _written(checker: User) -> Claim:
    """On one source and somebody named, with something in every field."""
    claim = factories.claim(checker)
    Claim.objects.filter(pk=claim.pk).update(claimant=factories.claimant("Odo Lund"))
    apply(claim, Action.TAKE, by=checker)
    factories.evidence(claim, checker)
    details = VerdictDetails(
        rating=factories.rating(),
        short_answer="It planted a tenth fewer.",
        explanation="The register of trees shows it.",
        sole_source=True,
        dates=DATES,
        quote_accuracy="accurate",
        media_kind="image",
        authenticity="DecontextualizedContent",
        media_context="A flood of 2019.",
        media_original="https://photos.example/1",
    )
    write_verdict(claim, by=checker, details=details)
    return claim


def test_the_domain_takes_each_and_every_revision_keeps_it() -> None:
    taken = {field.name for kind in (VerdictDetails, Dates) for field in fields(kind)} - {"dates"}
    kept = {field.name for field in VerdictRevision._meta.concrete_fields}
    assert taken == set(WRITTEN)
    assert kept == {*WRITTEN, "id", "verdict", "number", "by", "at"}


@pytest.mark.parametrize("name", WRITTEN)
def test_form_and_api_have_it(db: None, name: str) -> None:
    entry_points: tuple[Any, ...] = (VerdictForm(verdict=None), VerdictIn(), VerdictOut())
    missing = [
        type(entry_point).__name__ for entry_point in entry_points if name not in entry_point.fields
    ]
    assert not missing, f"{missing} have no {name}."


def test_each_is_signed_exported_and_in_the_history(checker: User) -> None:
    claim = _written(checker)
    apply(claim, Action.SUBMIT, by=checker)
    signed = json.loads(claim.verdicts.get().content)
    exported = json.loads(export(claim))["verdicts"][0]
    for place in (signed, exported, exported["revisions"][0]):
        assert {name: place.get(name) for name in PLAIN} == PLAIN
        assert place["rating"]["name"] == factories.rating().name
    assert set(AuditEntry.objects.get(action="verdict.write").changes) == set(WRITTEN)


def test_a_correction_starts_from_each(checker: User, editor: User) -> None:
    claim = _written(checker)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    move_data = MoveData(note="A street was counted twice.", category="correction")
    apply(claim, Action.CORRECT, by=editor, data=move_data)
    wrong, verdict = claim.verdicts.published().get(), working_verdict(claim)
    assert [getattr(verdict, name) for name in WRITTEN] == [
        getattr(wrong, name) for name in WRITTEN
    ]
