"""While an embargo stands nothing is published, at whatever entry point; only an editor
moves it.
"""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from claims.choices import Action, Status
from claims.models import Claim
from claims.publication.embargo import set_embargo
from claims.workflow import (
    GateError,
    MoveData,
    PossibleActions,
    StaleError,
    WorkflowError,
    apply,
    legal_moves,
)
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.times import Clock, times
from tests.shared_rows import shared

__all__ = ["times"]
pytestmark = pytest.mark.django_db
SOON = timedelta(hours=6)


def _codes(refused: pytest.ExceptionInfo[GateError]) -> set[str]:
    return {missing.code for missing in refused.value.missing}


@shared
def claim(editor: User, submitted: Claim) -> Claim:
    return set_embargo(submitted, by=editor, until=clock.now() + SOON)


def test_under_embargo_it_is_approved_and_not_published(claim: Claim, editor: User) -> None:
    with pytest.raises(GateError) as refused:
        apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    assert _codes(refused) == {"embargo"}
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW, "half of the double move must not stay"
    apply(claim, Action.APPROVE, by=editor)
    with pytest.raises(GateError) as refused:
        apply(claim, Action.PUBLISH, by=editor)
    assert _codes(refused) == {"embargo"}
    assert not claim.verdicts.published().exists()


def test_the_refusal_says_until_when_where_the_desk_is_and_what_to_do(
    times: Clock, checker: User, editor: User
) -> None:
    Desk.objects.update(time_zone="Europe/Berlin")
    times.local("2031-06-01 14:00")
    claim = factories.submitted(checker)
    set_embargo(claim, by=editor, until=datetime.fromisoformat("2031-06-02T01:30:00+02:00"))
    with pytest.raises(
        GateError,
        match=r"until 2 June 2031, 01:30 \(Europe/Berlin; 1 June, 23:30 UTC\).*Schedule.*lift",
    ):
        apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)


def test_the_double_button_is_not_offered_and_everything_missing_is_listed(
    claim: Claim, checker: User, editor: User
) -> None:
    offered = legal_moves(claim, editor)
    assert Action.APPROVE in offered and Action.APPROVE_AND_PUBLISH not in offered
    factories.written(claim, editor, "It planted none.")
    with pytest.raises(GateError) as refused:
        apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    assert _codes(refused) == {"signature", "embargo"}
    apply(claim, Action.SIGN, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    assert [missing.code for missing in PossibleActions(claim, editor).missing(Action.PUBLISH)] == [
        "embargo"
    ]
    assert PossibleActions(claim, editor).missing(Action.SCHEDULE) == []


def test_it_ends_to_the_second(times: Clock, checker: User, editor: User) -> None:
    ends = times.local("2031-06-01 06:00")
    times.local("2031-05-31 20:00")
    claim = set_embargo(factories.approved(checker, editor), by=editor, until=ends)
    times.set(ends - timedelta(microseconds=1))
    with pytest.raises(GateError):
        apply(claim, Action.PUBLISH, by=editor)
    times.set(ends)
    apply(claim, Action.PUBLISH, by=editor)
    assert claim.verdicts.published().get().published_at == ends


def test_lifted_it_blocks_no_more_and_both_are_in_the_chain(
    claim: Claim, editor: User, second_editor: User
) -> None:
    set_embargo(claim, by=second_editor, until=None)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    told = [
        entry.changes["embargo_until"]
        for entry in AuditEntry.objects.filter(action="claim.embargo").order_by("seq")
    ]
    assert told[0][0] == told[1][1] == "" and told[0][1] == told[1][0] != ""


def test_the_same_again_changes_nothing(claim: Claim, editor: User) -> None:
    version = claim.version
    assert set_embargo(claim, by=editor, until=claim.embargo_until).version == version
    assert AuditEntry.objects.filter(action="claim.embargo").count() == 1
    with pytest.raises(StaleError):
        set_embargo(claim, by=editor, until=None, expected_version=version - 1)


@pytest.mark.parametrize("wrong", [timedelta(0), -timedelta(days=1), timedelta(days=4000)])
def test_a_time_that_makes_no_sense_is_refused(
    claim: Claim, editor: User, wrong: timedelta
) -> None:
    with pytest.raises(ValidationError, match=r"not in the future|five years"):
        set_embargo(claim, by=editor, until=clock.now() + wrong)
    with pytest.raises(ValidationError, match="UTC offset"):
        set_embargo(claim, by=editor, until=(clock.now() + SOON).replace(tzinfo=None))


def test_neither_checker_nor_outsider_moves_it(
    claim: Claim, checker: User, auditor: User, outsider: User, superuser: User
) -> None:
    for person in (checker, auditor):
        with pytest.raises(PermissionDenied):
            set_embargo(claim, by=person, until=None)
    for stranger in (outsider, superuser):
        with pytest.raises(Claim.DoesNotExist):
            set_embargo(claim, by=stranger, until=None)


def test_what_readers_have_seen_comes_under_no_embargo(checker: User, editor: User) -> None:
    until = clock.now() + SOON
    for claim in (
        factories.published(checker, editor),
        factories.correcting(checker, editor),
        factories.retracted(checker, editor),
    ):
        with pytest.raises(WorkflowError, match="has been published"):
            set_embargo(claim, by=editor, until=until)
        with pytest.raises(DatabaseError), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(embargo_until=until)


def test_it_does_not_reach_past_a_standing_schedule(editor: User, approved: Claim) -> None:
    apply(approved, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + SOON))
    with pytest.raises(WorkflowError, match="Cancel the schedule"):
        set_embargo(approved, by=editor, until=clock.now() + 2 * SOON)
    set_embargo(approved, by=editor, until=clock.now() + SOON / 2)


def test_plain_sql_publishes_nothing_early(editor: User, approved: Claim) -> None:
    Claim.objects.filter(pk=approved.pk).update(embargo_until=clock.now() + SOON)
    with (
        pytest.raises(DatabaseError, match="under embargo"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        now = clock.now()
        cursor.execute(
            "INSERT INTO claims_transition (claim_id, number, action, from_status, to_status,"
            " by_id, at, note, data, content_hash, entry_point) SELECT id, moves + 1, 'publish',"
            " 'approved', 'published', %s, %s, '', '{}', %s, 'command' FROM claims_claim WHERE id"
            " = %s",
            [editor.pk, now, approved.verdicts.get().content_hash, approved.pk],
        )
        cursor.execute(
            "UPDATE claims_verdict SET state = 'published', published_at = %s, published_by_id ="
            " %s, first_published_at = %s",
            [now, editor.pk, now],
        )
