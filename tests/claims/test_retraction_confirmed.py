"""One editor retracts at once; a second one confirms it afterwards."""

import pytest
from django.core.exceptions import PermissionDenied

from claims.choices import Action, Status, VerdictState
from claims.models import Verdict
from claims.workflow import GateError, PossibleActions, WorkflowError, apply, legal_moves
from factcheck.newsroom.models import User
from tests import factories


def test_a_second_editor_confirms_and_it_is_done(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.retracted(checker, editor)
    assert Verdict.objects.unconfirmed().count() == 1
    apply(claim, Action.CONFIRM_RETRACTION, by=second_editor)
    verdict = claim.verdicts.get()
    assert (claim.status, verdict.retracted_by, verdict.retraction_confirmed_by) == (
        Status.RETRACTED,
        editor,
        second_editor,
    )
    assert not Verdict.objects.unconfirmed().exists()


def test_the_same_editor_does_not_confirm(checker: User, editor: User) -> None:
    claim = factories.retracted(checker, editor)
    assert [
        gap.code for gap in PossibleActions(claim, editor).missing(Action.CONFIRM_RETRACTION)
    ] == ["second_person"]
    with pytest.raises(GateError, match="second editor"):
        apply(claim, Action.CONFIRM_RETRACTION, by=editor)


def test_a_checker_does_not_confirm(checker: User, editor: User) -> None:
    with pytest.raises(PermissionDenied):
        apply(factories.retracted(checker, editor), Action.CONFIRM_RETRACTION, by=checker)


def test_confirmed_twice_by_the_same_is_one_and_by_a_third_is_refused(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.retracted(checker, editor)
    first, again = (apply(claim, Action.CONFIRM_RETRACTION, by=second_editor) for _ in range(2))
    assert first == again
    third = factories.person("third_editor", claim.desk, "editor")
    assert Action.CONFIRM_RETRACTION not in legal_moves(claim, third)
    with pytest.raises(WorkflowError, match="until the retraction is confirmed"):
        apply(claim, Action.CONFIRM_RETRACTION, by=third)


def test_a_verdict_is_retracted_while_its_correction_is_open(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    apply(claim, Action.SUBMIT, by=editor)
    apply(claim, Action.RETRACT, by=second_editor, data=factories.note("The register was misread."))
    states = list(claim.verdicts.order_by("number").values_list("state", flat=True))
    assert (claim.status, states) == (
        Status.RETRACTED,
        [VerdictState.RETRACTED, VerdictState.DROPPED],
    )


def test_a_corrected_verdict_is_retracted_too(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    apply(claim, Action.RETRACT, by=editor, data=factories.note("Still wrong."))
    states = list(claim.verdicts.order_by("number").values_list("state", flat=True))
    assert states == [VerdictState.SUPERSEDED, VerdictState.RETRACTED]
