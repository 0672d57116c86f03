"""What plain SQL could do to a corrected verdict: the database itself refuses it."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from claims.choices import Action, Status
from claims.models import Claim, Transition, Verdict
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def _refused(forbidden: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        forbidden()


def _sql(statement: str, *values: object) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def _forge(claim: Claim, by: User, action: Action, target: Status) -> Callable[[], None]:
    """A legal row of the table, written without its effect."""

    def run() -> None:
        claim.refresh_from_db()
        Transition.objects.create(
            claim=claim,
            number=claim.moves + 1,
            action=action,
            from_status=claim.status,
            to_status=target,
            by=by,
            at=clock.now(),
            entry_point="command",
        )
        Claim.objects.filter(pk=claim.pk).update(
            status=target,
            moves=claim.moves + 1,
            held_from=claim.status if target == Status.ON_HOLD else "",
        )

    return run


def test_a_claim_has_one_published_and_one_working_version(checker: User, editor: User) -> None:
    claim = factories.correcting(checker, editor)
    published = claim.verdicts.published().get()
    fields = {
        "claim": claim,
        "corrects": published,
        "category": "typo",
        "what_was_wrong": "A letter.",
        "meanwhile": "unchanged",
    }
    _refused(lambda: Verdict.objects.create(number=3, opened_at=clock.now(), **fields))
    _refused(
        _sql(
            "UPDATE claims_verdict SET state = 'published', published_at = %s WHERE number = 2",
            clock.now(),
        )
    )


def test_a_new_version_beside_a_published_one_is_a_correction_of_it(
    checker: User, editor: User, published: Claim
) -> None:
    claim, other = published, factories.published(checker, editor)
    _refused(lambda: Verdict.objects.create(claim=claim, number=2))
    fields = {
        "category": "typo",
        "what_was_wrong": "A letter.",
        "meanwhile": "unchanged",
        "opened_at": clock.now(),
    }
    _refused(
        lambda: Verdict.objects.create(
            claim=claim, number=2, corrects=other.verdicts.get(), **fields
        )
    )
    _refused(
        lambda: Verdict.objects.create(
            claim=claim, number=2, corrects=claim.verdicts.get(), **{**fields, "what_was_wrong": ""}
        )
    )


def test_nothing_is_superseded_without_an_approved_correction(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    gone = _sql(
        "UPDATE claims_verdict SET state = 'superseded', closed_at = %s WHERE number = 1",
        clock.now(),
    )
    _refused(gone)
    apply(claim, Action.SUBMIT, by=editor)
    _refused(gone)
    apply(claim, Action.APPROVE, by=second_editor)
    with transaction.atomic():
        gone()
        transaction.set_rollback(True)


@pytest.mark.parametrize(("action", "target"), [
    (Action.DECLINE, Status.DECLINED), (Action.HOLD, Status.ON_HOLD), (Action.DROP_CORRECTION, Status.PUBLISHED),
    (Action.RETRACT, Status.RETRACTED),
])  # fmt: skip
def test_a_forged_move_leaves_no_version_behind(
    checker: User, editor: User, action: Action, target: Status
) -> None:
    claim = factories.correcting(checker, editor)
    _refused(_forge(claim, editor, action, target))
    claim.refresh_from_db()
    assert claim.status == Status.IN_PROGRESS


def test_a_claim_never_published_is_not_dropped_to_published(checker: User, editor: User) -> None:
    _refused(_forge(factories.ready(checker), editor, Action.DROP_CORRECTION, Status.PUBLISHED))


@pytest.mark.parametrize("change", [
    "what_was_wrong = 'Nothing.'", "category = 'typo'", "meanwhile = 'unchanged'", (
        "corrects_id ="
        " NULL"
    ), "opened_at = NULL",
])  # fmt: skip
def test_what_a_correction_is_about_does_not_change(
    checker: User, editor: User, second_editor: User, change: str
) -> None:
    for make in (
        factories.correcting(checker, editor),
        factories.corrected(checker, editor, second_editor),
    ):
        _refused(
            _sql(f"UPDATE claims_verdict SET {change} WHERE claim_id = %s AND number = 2", make.pk)
        )


@pytest.mark.parametrize("change", [
    "state = 'published'", "explanation = 'Another.'", "content = '{}'", (
        "closed_at ="
        " NULL"
    ), "published_at = NULL",
])  # fmt: skip
def test_a_superseded_version_stays_as_it_was(
    checker: User, editor: User, second_editor: User, change: str
) -> None:
    factories.corrected(checker, editor, second_editor)
    _refused(_sql(f"UPDATE claims_verdict SET {change} WHERE number = 1"))
    _refused(_sql("DELETE FROM claims_verdict WHERE number = 1"))


def test_nobody_confirms_their_own_retraction(checker: User, editor: User) -> None:
    factories.retracted(checker, editor)
    confirm = (
        "UPDATE claims_verdict SET retraction_confirmed_by_id = retracted_by_id,"
        " retraction_confirmed_at = %s"
    )
    _refused(_sql(confirm, clock.now()))
    _refused(_sql("UPDATE claims_verdict SET retracted_by_id = %s", checker.pk))
