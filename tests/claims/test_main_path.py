"""From a claim to a published verdict, through the domain."""

import pytest
from django.core.exceptions import PermissionDenied

from claims.choices import Action, Status
from claims.models import Claim, Verdict
from claims.workflow import GateError, MoveData, WorkflowError, apply
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import User
from tests import factories


def test_a_claim_goes_from_open_to_published_with_two_signatures(
    checker: User, editor: User, published: Claim
) -> None:
    verdict = Verdict.objects.published().get()
    assert published.status == Status.PUBLISHED
    assert (verdict.author, verdict.approver) == (checker, editor)
    assert verdict.author_hash == verdict.approver_hash == verdict.content_hash
    assert [t.action for t in published.transitions.order_by("number")] == [
        "take",
        "submit",
        "approve",
        "publish",
    ]
    assert verify().broken_at is None


def test_approve_and_publish_is_one_step_and_safe_twice(editor: User, submitted: Claim) -> None:
    first = apply(submitted, Action.APPROVE_AND_PUBLISH, by=editor)
    again = apply(submitted, Action.APPROVE_AND_PUBLISH, by=editor)
    assert first == again
    assert submitted.transitions.count() == 4


def test_a_refused_submission_lists_everything_that_is_missing(checker: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    with pytest.raises(GateError) as refused:
        apply(claim, Action.SUBMIT, by=checker)
    assert {gap.code for gap in refused.value.missing} == {
        "rating",
        "short_answer",
        "explanation",
        "evidence",
    }


def test_the_author_cannot_approve(editor: User) -> None:
    claim = factories.submitted(editor)
    with pytest.raises(GateError, match="someone else"):
        apply(claim, Action.APPROVE, by=editor)


def test_a_checker_cannot_approve(second_checker: User, submitted: Claim) -> None:
    with pytest.raises(PermissionDenied):
        apply(submitted, Action.APPROVE, by=second_checker)


def test_an_outsider_does_not_see_the_claim(checker: User, outsider: User) -> None:
    with pytest.raises(Claim.DoesNotExist):
        apply(factories.claim(checker), Action.TAKE, by=outsider)


def test_a_move_from_the_wrong_state_is_refused(checker: User, editor: User) -> None:
    with pytest.raises(WorkflowError, match="open"):
        apply(factories.claim(checker), Action.APPROVE, by=editor)


def test_retraction_needs_a_reason_and_leaves_nothing_published(
    editor: User, published: Claim
) -> None:
    with pytest.raises(GateError, match="Give a reason"):
        apply(published, Action.RETRACT, by=editor)
    apply(published, Action.RETRACT, by=editor, data=MoveData(note="The table was misread."))
    assert not Verdict.objects.published().exists()
    assert published.status == Status.RETRACTED
