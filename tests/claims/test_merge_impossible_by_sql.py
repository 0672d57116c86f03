"""What plain SQL could do to a duplicate: the database itself refuses it."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from claims.choices import Action, Status
from claims.models import Claim, Transition
from claims.workflow import MoveData, apply
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


def _move(
    claim: Claim, by: User, action: Action, target: str, **changes: object
) -> Callable[[], None]:
    """A legal row of the table, and what somebody writes beside it."""

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
        Claim.objects.filter(pk=claim.pk).update(status=target, moves=claim.moves + 1, **changes)

    return run


def _merge(
    claim: Claim, by: User, into: Claim | None, came_from: str | None = None
) -> Callable[[], None]:
    return _move(
        claim,
        by,
        Action.MERGE,
        Status.MERGED,
        merged_into=into,
        merged_from=came_from or claim.status,
    )


def test_the_same_rows_pass_where_all_is_right(checker: User, editor: User, ready: Claim) -> None:
    claim, other = ready, factories.claim(checker)
    _merge(claim, editor, other)()
    _move(claim, editor, Action.UNMERGE, Status.IN_PROGRESS, merged_into=None, merged_from="")()
    claim.refresh_from_db()
    assert (claim.status, claim.merged_into) == (Status.IN_PROGRESS, None)


def test_nothing_is_merged_without_its_transition(checker: User) -> None:
    claim, other = factories.claim(checker), factories.claim(checker)
    _refused(
        _sql(
            "UPDATE claims_claim SET status = 'merged', merged_into_id = %s, merged_from = 'open'"
            " WHERE id = %s",
            other.pk,
            claim.pk,
        )
    )
    _refused(
        _sql(
            "UPDATE claims_claim SET merged_into_id = %s, merged_from = 'open' WHERE id = %s",
            other.pk,
            claim.pk,
        )
    )


def test_a_merged_claim_says_where_and_whence(checker: User, editor: User, ready: Claim) -> None:
    claim, other = ready, factories.claim(checker)
    for forbidden in (
        _merge(claim, editor, None),
        _merge(claim, editor, claim),
        _merge(claim, editor, other, "open"),
    ):
        _refused(forbidden)


def test_the_target_is_of_the_desk_and_stands(checker: User, editor: User) -> None:
    claim, declined, merged, other = (factories.claim(checker) for _ in range(4))
    apply(declined, Action.DECLINE, by=editor, data=MoveData(reason="trivial"))
    factories.merged(merged, other, editor)
    elsewhere = factories.claim(factories.person("sportsman", factories.desk("Sports"), "checker"))
    for target in (declined, merged, elsewhere):
        _refused(_merge(claim, editor, target))
    _refused(_merge(other, editor, claim))  # something is folded into it


def test_a_duplicate_stays_where_it_was_folded_in(
    checker: User, editor: User, ready: Claim
) -> None:
    claim, other, third = (
        ready,
        factories.claim(checker),
        factories.claim(checker),
    )
    factories.merged(claim, other, editor)
    for change in (
        f"merged_into_id = {third.pk}",
        "merged_from = 'open'",
        "merged_into_id = NULL",
        "text = 'Other words.'",
        "held_from = 'open'",
    ):
        _refused(_sql(f"UPDATE claims_claim SET {change} WHERE id = %s", claim.pk))


def test_it_comes_back_as_it_was_and_nothing_else(
    checker: User, editor: User, ready: Claim
) -> None:
    held, other = ready, factories.claim(checker)
    apply(held, Action.HOLD, by=editor, data=factories.note("It may rain."))
    factories.merged(held, other, editor)
    out = {"merged_into": None, "merged_from": ""}
    _refused(_move(held, editor, Action.UNMERGE, Status.IN_PROGRESS, held_from="", **out))
    _refused(_move(held, editor, Action.UNMERGE, Status.ON_HOLD, **{**out, "held_from": "open"}))
    _refused(
        _move(
            held, editor, Action.UNMERGE, Status.ON_HOLD, merged_into=other, merged_from="on_hold"
        )
    )
    _move(held, editor, Action.UNMERGE, Status.ON_HOLD, **out)()


def test_no_verdict_of_a_duplicate_is_published_and_no_published_one_merged(
    checker: User, editor: User, approved: Claim
) -> None:
    correcting, other = (
        factories.correcting(checker, editor),
        factories.claim(checker),
    )
    factories.merged(approved, other, editor)
    _refused(
        _sql(
            "UPDATE claims_verdict SET state = 'published', published_at = approver_signed_at,"
            " published_by_id = approver_id, first_published_at = approver_signed_at WHERE claim_id"
            " = %s",
            approved.pk,
        )
    )
    _refused(
        _move(
            approved,
            editor,
            Action.PUBLISH,
            Status.PUBLISHED,
            merged_into=None,
            merged_from="",
            slug="x",
        )
    )
    _refused(_merge(correcting, editor, other))
