"""Two different people sign the same content, one of them an editor; an edit makes the
signatures stale.
"""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from claims.choices import Action, Status
from claims.models import Claim, Verdict
from claims.workflow import GateError, WorkflowError, apply
from factcheck.newsroom.models import Membership, User
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_same_person_never_gives_both_signatures(editor: User) -> None:
    claim = factories.submitted(editor)
    for action in (Action.APPROVE, Action.APPROVE_AND_PUBLISH):
        with pytest.raises(GateError, match="someone else"):
            apply(claim, action, by=editor)
    assert claim.status == Status.IN_REVIEW


def test_an_edit_in_review_makes_the_first_signature_stale(
    checker: User, editor: User, submitted: Claim
) -> None:
    factories.written(submitted, editor, answer="It planted far fewer.")
    with pytest.raises(GateError, match="changed after checker signed"):
        apply(submitted, Action.APPROVE, by=editor)


def test_the_other_signs_again_and_then_it_can_be_approved(
    checker: User, editor: User, submitted: Claim
) -> None:
    factories.written(submitted, editor, answer="It planted far fewer.")
    apply(submitted, Action.SIGN, by=checker)
    apply(submitted, Action.APPROVE, by=editor)
    assert submitted.status == Status.APPROVED


def test_evidence_added_in_review_makes_it_stale_too(
    checker: User, editor: User, submitted: Claim
) -> None:
    factories.evidence(submitted, editor)
    with pytest.raises(GateError, match="changed after checker signed"):
        apply(submitted, Action.APPROVE, by=editor)


def test_after_approval_nobody_edits_without_recalling(
    checker: User, editor: User, approved: Claim
) -> None:
    for person in (checker, editor):
        with pytest.raises(WorkflowError, match="Recall"):
            factories.written(approved, person, answer="Another answer.")


def test_recall_takes_both_signatures_away(editor: User, approved: Claim) -> None:
    apply(approved, Action.RECALL, by=editor, data=factories.note("A number is missing."))
    verdict = approved.verdicts.get()
    assert (verdict.author_hash, verdict.approver, verdict.approver_hash) == ("", None, "")
    with pytest.raises(WorkflowError):
        apply(approved, Action.PUBLISH, by=editor)


@pytest.mark.parametrize("role", ["reporter", "checker", "legal", "auditor", "admin"])
def test_no_other_role_approves_or_publishes(checker: User, editor: User, role: str) -> None:
    person = factories.person("other", checker.memberships.get().desk, role)
    for claim, action in (
        (factories.submitted(checker), Action.APPROVE),
        (factories.approved(checker, editor), Action.PUBLISH),
    ):
        with pytest.raises((PermissionDenied, Claim.DoesNotExist)):
            apply(claim, action, by=person)


def test_a_superuser_has_no_editorial_power(superuser: User, approved: Claim) -> None:
    with pytest.raises((PermissionDenied, Claim.DoesNotExist)):
        apply(approved, Action.PUBLISH, by=superuser)


def test_a_membership_that_ended_gives_nothing(editor: User, submitted: Claim) -> None:
    Membership.objects.filter(user=editor).update(end_date="2020-01-01")
    with pytest.raises(Claim.DoesNotExist):
        apply(submitted, Action.APPROVE, by=editor)


@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_approvals_and_publications_give_one(
    editor: User, second_editor: User, submitted: Claim
) -> None:
    refusals: list[Exception] = []

    def approve(by: User) -> None:
        try:
            apply(Claim.objects.get(pk=submitted.pk), Action.APPROVE_AND_PUBLISH, by=by)
        except (WorkflowError, GateError) as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    people = [editor, second_editor] * 10
    threads = [threading.Thread(target=approve, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Verdict.objects.published().count() == 1
    assert submitted.transitions.filter(action=Action.PUBLISH).count() == 1
    assert (
        len(refusals) == 10
    )  # the other editor's; the first one's repeats return the same Transition
