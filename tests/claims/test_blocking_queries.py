"""An open query that blocks stops submit, approve and publish until its author or an
editor resolves it.
"""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from claims.choices import Action, Status
from claims.desk.queries import Question, open_query, post, resolve
from claims.models import Claim, Query, QueryMessage, Transition
from claims.workflow import GateError, WorkflowError, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db
BLOCKS = Question(text="Where does the second figure come from?", blocking=True)


def _refused(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _blocked(claim: Claim, action: Action, by: User) -> None:
    before = claim.status
    with pytest.raises(GateError, match="is blocking this claim") as refused:
        apply(claim, action, by=by)
    claim.refresh_from_db()
    assert (claim.status, {gap.code for gap in refused.value.missing}) == (before, {"query"})


def test_it_stops_submit_until_it_is_resolved(
    checker: User, second_checker: User, ready: Claim
) -> None:
    query = open_query(ready, by=second_checker, question=BLOCKS)
    _blocked(ready, Action.SUBMIT, checker)
    post(query, by=checker, text="From table 4, @second_checker.")
    _blocked(ready, Action.SUBMIT, checker)
    resolve(query, by=second_checker)
    apply(ready, Action.SUBMIT, by=checker)


def test_it_stops_approve_and_publish(second_checker: User, editor: User, submitted: Claim) -> None:
    query = open_query(submitted, by=second_checker, question=BLOCKS)
    for action in (Action.APPROVE, Action.APPROVE_AND_PUBLISH):
        _blocked(submitted, action, editor)
    resolve(query, by=editor)
    apply(submitted, Action.APPROVE, by=editor)
    open_query(submitted, by=second_checker, question=BLOCKS)
    _blocked(submitted, Action.PUBLISH, editor)


def test_one_that_does_not_block_stops_nothing(
    checker: User, second_checker: User, ready: Claim
) -> None:
    open_query(ready, by=second_checker, question=Question(text="Nice.", blocking=False))
    apply(ready, Action.SUBMIT, by=checker)


def test_only_its_author_or_an_editor_resolves_it(
    checker: User, second_checker: User, auditor: User, outsider: User, editor: User
) -> None:
    query = open_query(factories.ready(checker), by=second_checker, question=BLOCKS)
    for colleague in (checker, auditor):
        with pytest.raises(PermissionDenied, match="Only the person who opened the query"):
            resolve(query, by=colleague)
    with pytest.raises(Claim.DoesNotExist):
        resolve(query, by=outsider)
    assert resolve(query, by=editor).resolved_by == editor


def test_no_sql_moves_a_blocked_claim(second_checker: User, editor: User, approved: Claim) -> None:
    open_query(approved, by=second_checker, question=BLOCKS)
    with pytest.raises(DatabaseError), transaction.atomic():
        Transition.objects.create(
            claim=approved,
            number=approved.moves + 1,
            action=Action.PUBLISH,
            from_status=Status.APPROVED,
            to_status=Status.PUBLISHED,
            by=editor,
            at=clock.now(),
            entry_point="command",
        )
    _refused(
        "UPDATE claims_verdict SET state = 'published', published_at = approver_signed_at,"
        " published_by_id = approver_id"
    )


def test_no_sql_changes_a_query_or_what_was_said(checker: User, second_checker: User) -> None:
    query = open_query(factories.ready(checker), by=second_checker, question=BLOCKS)
    for change in (
        "blocking = NOT blocking",
        "privileged = NOT privileged",
        f"opened_by_id = {checker.pk}",
    ):
        _refused(f"UPDATE claims_query SET {change}")
    _refused("DELETE FROM claims_query")
    _refused("UPDATE claims_querymessage SET text = 'Never mind.'")
    resolve(query, by=second_checker)
    _refused("UPDATE claims_query SET resolved_at = NULL, resolved_by_id = NULL")


def test_asking_answering_and_resolving_twice_is_once(
    checker: User, second_checker: User, ready: Claim
) -> None:
    query = open_query(ready, by=second_checker, question=BLOCKS)
    assert open_query(ready, by=second_checker, question=BLOCKS) == query
    assert post(query, by=checker, text="Table 4.") == post(query, by=checker, text="Table 4.")
    assert (
        resolve(query, by=second_checker).resolved_at
        == resolve(query, by=second_checker).resolved_at
    )
    assert (Query.objects.count(), QueryMessage.objects.count()) == (1, 2)
    with pytest.raises(WorkflowError, match="is resolved"):
        post(query, by=checker, text="One more thing.")


def test_a_query_is_about_words_that_stand_there_or_evidence_of_the_claim(
    checker: User, second_checker: User, ready: Claim
) -> None:
    claim, other = ready, factories.ready(checker)
    about = open_query(
        claim, by=second_checker, question=Question(text="Fewer?", passage="planted fewer")
    )
    assert about.passage == "planted fewer"
    item = claim.evidence.get(number=1)
    assert (
        open_query(
            claim, by=second_checker, question=Question(text="Which table?", evidence=item)
        ).evidence
        == item
    )
    for wrong in (
        Question(text="?", passage="words that are not there"),
        Question(text="?", evidence=other.evidence.get(number=1)),
    ):
        with pytest.raises(ValidationError):
            open_query(claim, by=second_checker, question=wrong)


def test_a_mention_names_a_colleague_who_may_read_it(
    checker: User, second_checker: User, editor: User, outsider: User, ready: Claim
) -> None:
    asked = Question(text="@checker, see editor@paper.example. And @editor: may we?")
    query = open_query(ready, by=second_checker, question=asked)
    assert set(query.messages.get().mentioned.all()) == {checker, editor}
    with pytest.raises(ValidationError, match="@outsider"):
        post(query, by=checker, text="@outsider knows.")


def test_the_wrong_person_asks_nothing(auditor: User, outsider: User, ready: Claim) -> None:
    with pytest.raises(PermissionDenied):
        open_query(ready, by=auditor, question=BLOCKS)
    with pytest.raises(Claim.DoesNotExist):
        open_query(ready, by=outsider, question=BLOCKS)
    assert not Query.objects.exists()


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_query_says_something(checker: User, text: str) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        open_query(factories.ready(checker), by=checker, question=Question(text=text))
    assert not Query.objects.exists()
