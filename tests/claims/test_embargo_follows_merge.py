"""A duplicate under embargo brings it along: the claim it is folded into waits for the
later of the two.
"""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.choices import Action
from claims.exchange.export import export
from claims.models import Claim
from claims.publication.embargo import set_embargo
from claims.workflow import GateError, WorkflowError, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.times import Clock, times
from tests.shared_rows import shared

__all__ = ["times"]
pytestmark = pytest.mark.django_db


@shared
def pair(checker: User, editor: User, approved: Claim) -> tuple[Claim, Claim]:
    """An approved claim, and a duplicate of it under embargo for six hours more."""
    survivor, duplicate = approved, factories.claim(checker)
    return survivor, set_embargo(duplicate, by=editor, until=clock.now() + timedelta(hours=6))


def test_the_later_of_the_two_holds_until_it_is_over(
    client: Client, times: Clock, editor: User, pair: tuple[Claim, Claim]
) -> None:
    survivor, duplicate = pair
    set_embargo(survivor, by=editor, until=clock.now() + timedelta(hours=1))
    ends = duplicate.embargo_until or clock.now()
    survivor.refresh_from_db()
    before = json.loads(export(survivor))["claim"]
    factories.merged(duplicate, survivor, editor)
    times.set(clock.now() + timedelta(hours=2))
    for action, data in (
        (Action.PUBLISH, None),
        (Action.SCHEDULE, factories.MoveData(at=ends - timedelta(minutes=1))),
    ):
        with pytest.raises(GateError, match="A merged duplicate is under embargo until") as refused:
            apply(survivor, action, by=editor, data=data)
        assert [gap.code for gap in refused.value.missing] == ["embargo"]
    client.force_login(editor)
    assert (
        "embargo of a merged duplicate"
        in client.get(f"/admin/claims/claim/{survivor.pk}/change/").text
    )
    apply(duplicate, Action.UNMERGE, by=editor)
    survivor.refresh_from_db()
    assert json.loads(export(survivor))["claim"] == before
    factories.merged(duplicate, survivor, editor)
    times.set(ends)
    apply(survivor, Action.PUBLISH, by=editor)


def test_an_editor_lifts_it_where_it_stands_and_sets_none_there(
    editor: User, pair: tuple[Claim, Claim]
) -> None:
    survivor, duplicate = pair
    factories.merged(duplicate, survivor, editor)
    with pytest.raises(WorkflowError, match="merged into"):
        set_embargo(duplicate, by=editor, until=clock.now() + timedelta(days=1))
    set_embargo(duplicate, by=editor, until=None)
    apply(survivor, Action.PUBLISH, by=editor)


def test_a_claim_that_is_to_be_published_sooner_takes_no_such_duplicate(
    editor: User, pair: tuple[Claim, Claim]
) -> None:
    survivor, duplicate = pair
    apply(
        survivor,
        Action.SCHEDULE,
        by=editor,
        data=factories.MoveData(at=clock.now() + timedelta(hours=1)),
    )
    with pytest.raises(GateError, match="Cancel that schedule"):
        factories.merged(duplicate, survivor, editor)


def test_no_sql_publishes_before(editor: User, pair: tuple[Claim, Claim]) -> None:
    survivor, duplicate = pair
    factories.merged(duplicate, survivor, editor)
    verdict = survivor.verdicts.get()
    with (
        pytest.raises(DatabaseError, match="under embargo"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO claims_transition (claim_id, number, action, from_status, to_status,"
            " by_id, at, note, data, content_hash, entry_point) VALUES (%s, %s, 'publish', 'approved',"
            " 'published', %s, %s, '', '{}', %s, 'command')",
            [survivor.pk, survivor.moves + 1, editor.pk, clock.now(), verdict.content_hash],
        )
        cursor.execute(
            "UPDATE claims_verdict SET state = 'published', published_at = %s, first_published_at ="
            " %s, published_by_id = %s WHERE id = %s",
            [clock.now(), clock.now(), editor.pk, verdict.pk],
        )
