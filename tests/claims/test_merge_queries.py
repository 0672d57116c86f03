"""A query that blocks a duplicate blocks the claim it was merged into as well: no query
slips out by a merge.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from claims.choices import Action, Status
from claims.desk.queries import Question, open_query, post, resolve
from claims.models import Claim, Transition
from claims.workflow import GateError, PossibleActions, WorkflowError, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db
BLOCKS = Question("Who counted?", blocking=True)
SECRET = Question("Could they sue over quince-11?", blocking=True, privileged=True)


def _blocked(claim: Claim, action: Action, by: User, told: str) -> None:
    with pytest.raises(GateError, match=told) as refused:
        apply(claim, action, by=by)
    assert {gap.code for gap in refused.value.missing} == {"query"}


def test_it_blocks_signature_approval_and_publication_and_says_where(
    checker: User, second_checker: User, editor: User, ready: Claim
) -> None:
    survivor, duplicate = (
        ready,
        factories.claim(checker, text="The town planted a wood."),
    )
    query = open_query(duplicate, by=second_checker, question=BLOCKS)
    factories.merged(duplicate, survivor, editor)
    _blocked(survivor, Action.SUBMIT, checker, "on the duplicate “The town planted a wood.”")
    resolve(query, by=second_checker)
    apply(survivor, Action.SUBMIT, by=checker)


def test_a_merge_onto_an_approved_claim_stops_its_publication(
    checker: User, second_checker: User, editor: User, approved: Claim
) -> None:
    survivor, duplicate = approved, factories.claim(checker)
    open_query(duplicate, by=second_checker, question=BLOCKS)
    factories.merged(duplicate, survivor, editor)
    _blocked(survivor, Action.PUBLISH, editor, "on a duplicate")
    apply(duplicate, Action.UNMERGE, by=editor)
    apply(survivor, Action.PUBLISH, by=editor)


def test_of_a_privileged_one_is_told_only_that_it_is_there(
    checker: User, editor: User, ready: Claim
) -> None:
    survivor, duplicate = ready, factories.claim(checker)
    open_query(duplicate, by=editor, question=SECRET)
    factories.merged(duplicate, survivor, editor)
    told = " ".join(gap.text for gap in PossibleActions(survivor, checker).missing(Action.SUBMIT))
    assert "Ask an editor" in told and "quince-11" not in told and "query by" not in told


def test_it_is_answered_and_resolved_where_it_stands(
    checker: User, second_checker: User, editor: User, ready: Claim
) -> None:
    survivor, duplicate = ready, factories.claim(checker)
    query = open_query(duplicate, by=second_checker, question=BLOCKS)
    factories.merged(duplicate, survivor, editor)
    post(query, by=checker, text="The forester did.")
    resolve(query, by=editor)
    with pytest.raises(WorkflowError, match="was merged into"):
        open_query(duplicate, by=second_checker, question=BLOCKS)
    apply(survivor, Action.SUBMIT, by=checker)


def test_no_sql_moves_a_claim_that_its_duplicate_blocks(
    checker: User, second_checker: User, editor: User, approved: Claim
) -> None:
    survivor, duplicate = approved, factories.claim(checker)
    open_query(duplicate, by=second_checker, question=BLOCKS)
    factories.merged(duplicate, survivor, editor)
    with pytest.raises(DatabaseError), transaction.atomic():
        Transition.objects.create(
            claim=survivor,
            number=survivor.moves + 1,
            action=Action.PUBLISH,
            from_status=Status.APPROVED,
            to_status=Status.PUBLISHED,
            by=editor,
            at=clock.now(),
            entry_point="command",
        )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_verdict SET state = 'published', published_at = approver_signed_at,"
            " published_by_id = approver_id"
        )
