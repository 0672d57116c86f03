"""Ways that plain SQL and the ORM could take round the workflow: the database itself
keeps them shut.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from claims.choices import Action, Status
from claims.models import Claim, Suggestion, Transition, Verdict
from claims.workflow import GateError, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def _sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _refused(forbidden: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        forbidden()


@pytest.mark.parametrize("status", [s for s in Status if s != Status.OPEN])
def test_no_sql_sets_a_status(checker: User, status: str) -> None:
    claim = factories.claim(checker)
    _refused(lambda: _sql("UPDATE claims_claim SET status = %s WHERE id = %s", status, claim.pk))
    _refused(
        lambda: Claim.objects.filter(pk=claim.pk).update(status=status, assignee=checker, slug="x")
    )
    claim.refresh_from_db()
    assert claim.status == Status.OPEN


def test_no_forged_transition_skips_the_review(checker: User, ready: Claim) -> None:
    forged = {
        "claim": ready,
        "number": ready.moves + 1,
        "by": checker,
        "at": clock.now(),
        "entry_point": "command",
    }
    for action, target in (
        ("publish", Status.PUBLISHED),
        ("approve", Status.APPROVED),
        ("take", Status.APPROVED),
    ):
        _refused(
            lambda action=action, target=target: Transition.objects.create(
                action=action, from_status=Status.IN_PROGRESS, to_status=target, **forged
            )
        )


def test_a_forged_approval_without_signatures_is_refused(editor: User, submitted: Claim) -> None:
    Transition.objects.create(
        claim=submitted,
        number=submitted.moves + 1,
        action=Action.APPROVE,
        from_status=Status.IN_REVIEW,
        to_status=Status.APPROVED,
        by=editor,
        at=clock.now(),
        entry_point="command",
    )
    _refused(
        lambda: _sql(
            "UPDATE claims_claim SET status = 'approved', moves = moves + 1 WHERE id = %s",
            submitted.pk,
        )
    )


def test_transitions_are_never_changed_or_deleted(checker: User, editor: User) -> None:
    factories.submitted(checker)
    _refused(lambda: _sql("UPDATE claims_transition SET by_id = %s", editor.pk))
    _refused(lambda: _sql("DELETE FROM claims_transition"))


@pytest.mark.parametrize(
    "change",
    [
        "approver_id = author_id",
        "approver_id = NULL",
        "approver_hash = 'another'",
        "author_hash = ''",
        "content_hash = 'another'",
        "independent_sources = 1",
        "sources_needed = 0",
        "rating_id = NULL",
        "explanation = ''",
    ],
)
@pytest.mark.parametrize("stage", [factories.approved, factories.published])
def test_an_approved_verdict_keeps_two_signatures_and_its_evidence(
    checker: User, editor: User, stage: Callable[..., Claim], change: str
) -> None:
    stage(checker, editor)
    _refused(lambda: _sql(f"UPDATE claims_verdict SET {change}"))


@pytest.mark.parametrize("state", ["approved", "published"])
def test_no_sql_approves_or_publishes_with_one_signature(checker: User, state: str) -> None:
    factories.submitted(checker)
    _refused(
        lambda: _sql(
            "UPDATE claims_verdict SET state = %s, sources_needed = 2, independent_sources = 2,"
            " published_at = %s, published_by_id = %s, approver_id = author_id, approver_hash ="
            " author_hash",
            state,
            clock.now(),
            checker.pk,
        )
    )
    assert not Verdict.objects.published().exists()


@pytest.mark.parametrize("column", ["short_answer", "explanation", "content", "content_hash"])
def test_a_published_verdict_is_never_edited_in_place(
    checker: User, editor: User, column: str
) -> None:
    factories.published(checker, editor)
    _refused(lambda: _sql(f"UPDATE claims_verdict SET {column} = 'another'"))
    _refused(lambda: _sql("DELETE FROM claims_verdict"))


def test_what_sql_changed_after_the_approval_is_not_published(
    editor: User, approved: Claim
) -> None:
    _sql("UPDATE claims_verdict SET explanation = 'It says something else now.'")
    with pytest.raises(GateError, match="changed after the verdict was approved"):
        apply(approved, Action.PUBLISH, by=editor)
    approved.refresh_from_db()
    assert approved.status == Status.APPROVED


def test_a_changed_claim_or_evidence_stops_the_publication_too(checker: User, editor: User) -> None:
    for statement in (
        "UPDATE claims_claim SET text = 'Another claim.'",
        "UPDATE claims_evidence SET finding = 'Another.'",
    ):
        claim = factories.approved(checker, editor)
        _sql(
            f"{statement} WHERE {'id' if 'claims_claim' in statement else 'claim_id'} = %s",
            claim.pk,
        )
        with pytest.raises(GateError, match="changed after the verdict was approved"):
            apply(claim, Action.PUBLISH, by=editor)


def test_a_suggestion_cannot_point_at_other_words(suggestion: Suggestion) -> None:
    _refused(lambda: _sql('UPDATE claims_suggestion SET start = start + 1, "end" = "end" + 1'))
    _refused(lambda: _sql("UPDATE claims_suggestion SET text = 'words that are not there'"))
    _refused(lambda: _sql("UPDATE sources_articleversion SET text = 'another text'"))


def test_a_suggestion_is_not_decided_without_a_person(suggestion: Suggestion) -> None:
    _refused(lambda: _sql("UPDATE claims_suggestion SET state = 'accepted'"))
    _refused(lambda: _sql("UPDATE claims_suggestion SET state = 'declined'"))
    _refused(lambda: _sql("DELETE FROM claims_suggestion"))


def test_a_claim_is_not_born_published_or_without_a_person(
    suggestion: Suggestion, checker: User
) -> None:
    born = {"desk": suggestion.article.desk, "text": "A claim.", "created_at": clock.now()}
    _refused(lambda: Claim.objects.create(suggestion=suggestion, **born))
    _refused(
        lambda: Claim.objects.create(
            created_by=checker, status=Status.PUBLISHED, slug="a-claim", **born
        )
    )
    _refused(
        lambda: Claim.objects.create(
            created_by=checker, status=Status.IN_PROGRESS, assignee=checker, **born
        )
    )
