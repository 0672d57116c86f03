"""An editor waives a gate with a reason, which two people sign and readers read."""

import json
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.choices import Action, Status
from claims.desk.waivers import revoke, waive
from claims.models import Claim, Waiver
from claims.workflow import GateError, MoveData, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page

pytestmark = pytest.mark.django_db
WHY = "The second register is closed to the public."


def _with(by: User, items: int) -> Claim:
    claim = factories.claim(by)
    apply(claim, Action.TAKE, by=by)
    for _ in range(items):
        factories.evidence(claim, by)
    factories.written(claim, by)
    return claim


def _misquoted(by: User) -> Claim:
    claim = factories.ready(by)
    factories.evidence(claim, by, quote="912 trees stand there", text="The list says 812 trees.")
    return claim


def _refused(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_waived_evidence_gate_is_signed_and_printed(
    client: Client, checker: User, editor: User
) -> None:
    claim = _with(checker, 1)
    with pytest.raises(GateError, match="1 of 2 independent"):
        apply(claim, Action.SUBMIT, by=checker)
    waive(claim, by=editor, reason=WHY)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    data = json.loads(claim.verdicts.get().content)["waivers"]
    assert [(one["of"], one["reason"]) for one in data] == [("evidence", WHY)]
    assert WHY in client.get(page(claim)).text
    assert AuditEntry.objects.get(action="gate.waive").changes["waiver"][1]["reason"] == WHY


def test_a_waived_quote_is_signed_and_printed_with_its_number(
    client: Client, checker: User, editor: User
) -> None:
    claim = _misquoted(checker)
    item = claim.evidence.get(number=3)
    with pytest.raises(GateError, match="was not found"):
        apply(claim, Action.SUBMIT, by=checker)
    waive(claim, by=editor, reason=WHY, evidence=item)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    shown = client.get(page(claim)).text
    assert "The quote of source 3 was not found in the archived copy." in shown and WHY in shown


def test_a_waiver_makes_the_signature_under_it_stale(checker: User, editor: User) -> None:
    claim = _misquoted(checker)
    item = claim.evidence.get(number=3)
    given = waive(claim, by=editor, reason=WHY, evidence=item)
    apply(claim, Action.SUBMIT, by=checker)
    revoke(given, by=editor)
    waive(claim, by=editor, reason="The page shows it only as a picture.", evidence=item)
    with pytest.raises(GateError, match="changed after checker signed"):
        apply(claim, Action.APPROVE, by=editor)


def test_where_the_gate_passes_by_itself_no_waiver_is_printed(checker: User, editor: User) -> None:
    claim = _with(checker, 2)
    waive(claim, by=editor, reason=WHY)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    verdict = claim.verdicts.get()
    assert verdict.evidence_waiver is None and json.loads(verdict.content)["waivers"] == []


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_waiver_needs_a_reason(checker: User, editor: User, reason: str) -> None:
    with pytest.raises(ValidationError, match="Give a reason"):
        waive(_with(checker, 1), by=editor, reason=reason)
    assert not Waiver.objects.exists()


def test_only_a_quote_that_was_not_found_is_waived(checker: User, editor: User) -> None:
    claim, other = _with(checker, 1), _misquoted(checker)
    for item in (claim.evidence.get(), other.evidence.get(number=3)):
        with pytest.raises(WorkflowError, match="not found in its capture"):
            waive(claim, by=editor, reason=WHY, evidence=item)


def test_neither_checker_nor_outsider_waives(
    checker: User, outsider: User, superuser: User
) -> None:
    claim = _with(checker, 1)
    with pytest.raises(PermissionDenied):
        waive(claim, by=checker, reason=WHY)
    for stranger in (outsider, superuser):
        with pytest.raises(Claim.DoesNotExist):
            waive(claim, by=stranger, reason=WHY)


def test_waiving_and_revoking_twice_is_once(checker: User, editor: User) -> None:
    claim = _with(checker, 1)
    given = waive(claim, by=editor, reason=WHY)
    assert waive(claim, by=editor, reason=WHY) == given
    assert revoke(given, by=editor).revoked_at == revoke(given, by=editor).revoked_at
    with pytest.raises(GateError):
        apply(claim, Action.SUBMIT, by=checker)


def test_a_waiver_under_an_approval_is_not_revoked_by_anybody(checker: User, editor: User) -> None:
    claim = _with(checker, 1)
    given = waive(claim, by=editor, reason=WHY)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    with pytest.raises(WorkflowError):
        revoke(given, by=editor)
    _refused(f"UPDATE claims_waiver SET revoked_at = at, revoked_by_id = {editor.pk}")
    _refused("UPDATE claims_waiver SET reason = 'Another.'")
    _refused("DELETE FROM claims_waiver")
    assert claim.status == Status.APPROVED


@pytest.mark.parametrize("stage", [factories.approved, factories.published])
def test_no_sql_puts_a_verdict_on_a_waiver_that_is_not_its_own(
    checker: User, editor: User, stage: Callable[..., Claim]
) -> None:
    elsewhere = waive(_with(checker, 1), by=editor, reason=WHY)
    stage(checker, editor)
    _refused(
        f"UPDATE claims_verdict SET independent_sources = 1, evidence_waiver_id = {elsewhere.pk}"
        " WHERE state <> 'working'"
    )
    _refused("UPDATE claims_verdict SET independent_sources = 1 WHERE state <> 'working'")
    _refused("UPDATE claims_verdict SET sole_source = NOT sole_source WHERE state <> 'working'")


def test_a_waived_quote_needs_its_waiver_again_after_a_dropped_correction(
    checker: User, editor: User
) -> None:
    claim = _misquoted(checker)
    item = claim.evidence.get(number=3)
    waive(claim, by=editor, reason=WHY, evidence=item)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    apply(
        claim,
        Action.CORRECT,
        by=editor,
        data=MoveData(category="correction", note="Counted twice."),
    )
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    item.refresh_from_db()
    assert item.quote_state == "not_found" and item.withdrawn_at is None


def test_the_waiver_of_a_published_version_is_revoked_in_its_correction(
    checker: User, editor: User
) -> None:
    claim = _with(checker, 1)
    waiver = waive(claim, by=editor, reason=WHY)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    apply(
        claim,
        Action.CORRECT,
        by=editor,
        data=MoveData(category="correction", note="Counted twice."),
    )
    revoke(waiver, by=editor)
    with pytest.raises(GateError, match="1 of 2 independent"):
        apply(claim, Action.SUBMIT, by=editor)
    apply(claim, Action.RETRACT, by=editor, data=factories.note("It cannot stand."))
    assert claim.status == "retracted"
