"""Everybody who saves waits for the head of the audit chain: a move asks for it when
little is left to do.
"""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.models import Claim, Recheck
from claims.workflow import MoveData, apply
from factcheck.newsroom.choices import PEOPLE_ROLES
from factcheck.newsroom.models import User
from tests import factories
from tests.claims import test_transition_table as table

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HEAD = 'FROM "ledger_audithead"'
# The head, each entry and its new head, and what is settled: a handful for each entry.
MOST = 15


def _under_the_head(claim: Claim, action: Action, by: User, data: MoveData) -> list[str]:
    """The statements from the lock of the head on; afterwards nobody has moved."""
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        apply(Claim(pk=claim.pk), action, by=by, data=data)
        transaction.set_rollback(True)
    statements = [one["sql"] for one in asked]
    first = next(place for place, sql in enumerate(statements) if HEAD in sql)
    return statements[first:]


@pytest.mark.parametrize("state", table.STATES)
def test_few_statements_are_left_when_a_move_takes_the_head(state: str) -> None:
    cast = table.Cast("N")
    claim = cast.claim_in(state)
    for action in Action:
        roles = [
            role
            for role in map(str, PEOPLE_ROLES)
            if table._expected(state, action.value, role, "N") == 200
        ]
        if roles:
            by, data = cast.in_role(roles[0]), table._move_data(cast, action)
            asked = _under_the_head(claim, action, by, data)
            assert len(asked) <= MOST, (action, asked)


def test_what_a_correction_reaches_is_counted_and_not_what_else_is_there(
    checker: User, editor: User, published: Claim
) -> None:
    note = MoveData(note="Misread.", category="correction")
    alone = len(_under_the_head(published, Action.RETRACT, editor, note))
    for _ in range(3):
        factories.published(checker, editor)
    assert len(_under_the_head(published, Action.RETRACT, editor, note)) == alone
    assert not Recheck.objects.exists()
