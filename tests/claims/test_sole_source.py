"""One authoritative source suffices when both signers say so, and readers are told."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.choices import Action
from claims.models import Claim
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import GateError, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page

pytestmark = pytest.mark.django_db


def _write_verdict(claim: Claim, by: User, *, sole: bool = True) -> None:
    details = VerdictDetails(
        factories.rating(), short_answer="No.", explanation="The office says so.", sole_source=sole
    )
    write_verdict(claim, by=by, details=details)


def _on(items: int, by: User) -> Claim:
    claim = factories.claim(by)
    apply(claim, Action.TAKE, by=by)
    for _ in range(items):
        factories.evidence(claim, by)
    _write_verdict(claim, by)
    return claim


def test_one_source_that_both_sign_for_is_published_and_printed(
    client: Client, checker: User, editor: User
) -> None:
    claim = _on(1, checker)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    verdict = claim.verdicts.get()
    assert json.loads(verdict.content)["sole_source"] is True
    assert verdict.author_hash == verdict.approver_hash == verdict.content_hash
    assert "rests on a single authoritative source" in client.get(page(claim)).text


@pytest.mark.parametrize("items", [0, 2])
def test_it_is_said_only_of_exactly_one_source(checker: User, items: int) -> None:
    with pytest.raises(GateError) as refused:
        apply(_on(items, checker), Action.SUBMIT, by=checker)
    assert "sole_source" in {gap.code for gap in refused.value.missing}


def test_who_says_it_after_the_first_signature_has_that_given_again(
    editor: User, submitted: Claim
) -> None:
    submitted.evidence.filter(number=2).get()
    _write_verdict(submitted, editor)
    with pytest.raises(GateError) as refused:
        apply(submitted, Action.APPROVE, by=editor)
    assert {gap.code for gap in refused.value.missing} >= {"sole_source", "signature"}


def test_saying_it_twice_is_one_revision_and_taking_it_back_is_another(checker: User) -> None:
    claim = _on(1, checker)
    _write_verdict(claim, checker)
    assert claim.verdicts.get().revisions.count() == 1
    _write_verdict(claim, checker, sole=False)
    assert [row.sole_source for row in claim.verdicts.get().revisions.order_by("number")] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    "change",
    ["independent_sources = 0", "independent_sources = 2", "sole_source = NOT sole_source"],
)
def test_no_sql_stretches_it(checker: User, editor: User, change: str) -> None:
    claim = _on(1, checker)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE claims_verdict SET {change}")
