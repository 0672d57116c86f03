"""A publication is planned by an editor and made by a worker: at its time, once, and
never early.
"""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from claims.choices import Action, Status
from claims.models import Claim, ScheduledPublication
from claims.publication.embargo import set_embargo
from claims.publication.scheduling import publish_scheduled
from claims.workflow import GateError, MoveData, WorkflowError, apply, legal_moves
from factcheck.ledger import clock, due_work
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.times import Clock, times

__all__ = ["times"]
pytestmark = pytest.mark.django_db
SOON = timedelta(hours=6)


def _planned(
    checker: User, editor: User, wait: timedelta = SOON
) -> tuple[Claim, ScheduledPublication]:
    claim = factories.approved(checker, editor)
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + wait))
    return claim, claim.schedules.get(ended_at=None)


def _codes(refused: pytest.ExceptionInfo[GateError]) -> set[str]:
    return {missing.code for missing in refused.value.missing}


def test_it_is_published_at_its_time_and_not_a_moment_before(
    times: Clock, checker: User, editor: User
) -> None:
    claim, plan = _planned(checker, editor)
    times.set(plan.at - timedelta(microseconds=1))
    assert publish_scheduled(plan.pk) is False
    assert due_work.abandoned(ScheduledPublication) == []
    assert not claim.verdicts.published().exists()
    times.set(plan.at)
    assert due_work.abandoned(ScheduledPublication) == [plan.pk], (
        "the sweep finds it without any message"
    )
    assert publish_scheduled(plan.pk) is True
    verdict, last = claim.verdicts.published().get(), claim.transitions.last()
    assert last and (verdict.published_by, verdict.published_at, last.action, last.by) == (
        editor,
        plan.at,
        "publish",
        editor,
    )
    plan.refresh_from_db()
    assert (plan.ended_with, plan.job_state, plan.next_attempt_at) == (
        "publish",
        JobState.DONE,
        None,
    )


def test_the_schedule_is_written_down_with_its_moment_in_utc(checker: User, editor: User) -> None:
    Desk.objects.update(time_zone="Europe/Berlin")
    claim = factories.approved(checker, editor)
    made = apply(
        claim,
        Action.SCHEDULE,
        by=editor,
        data=MoveData(at=datetime.fromisoformat("2029-06-01T06:00:00+02:00")),
    )
    assert (made.from_status, made.to_status, made.data) == (
        "approved",
        "approved",
        {"at": "2029-06-01T04:00:00+00:00"},
    )
    assert claim.schedules.get().zone == "Europe/Berlin"
    assert made.content_hash == claim.verdicts.get().content_hash


@pytest.mark.parametrize("wait", [timedelta(0), -SOON, timedelta(days=4000)])
def test_a_time_that_makes_no_sense_is_refused(
    editor: User, wait: timedelta, approved: Claim
) -> None:
    for data in (
        MoveData(at=clock.now() + wait),
        MoveData(at=datetime(2029, 6, 1)),  # noqa: DTZ001 (a naive time is the point)
        MoveData(),
    ):
        with pytest.raises(GateError) as refused:
            apply(approved, Action.SCHEDULE, by=editor, data=data)
        assert _codes(refused) == {"at"}
    assert not ScheduledPublication.objects.exists()


def test_before_the_embargo_ends_nothing_is_planned(
    times: Clock, checker: User, editor: User
) -> None:
    claim = factories.approved(checker, editor)
    ends = clock.now() + SOON
    set_embargo(claim, by=editor, until=ends)
    with pytest.raises(GateError) as refused:
        apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=ends - timedelta(seconds=1)))
    assert _codes(refused) == {"embargo"}
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=ends))
    times.set(ends)
    assert publish_scheduled(claim.schedules.get().pk) is True


def test_only_an_editor_plans_and_unplans(
    checker: User, editor: User, auditor: User, outsider: User
) -> None:
    claim, _ = _planned(checker, editor)
    for action in (Action.SCHEDULE, Action.CANCEL_SCHEDULE):
        data = MoveData(at=clock.now() + SOON)
        for person in (checker, auditor):
            with pytest.raises(PermissionDenied):
                apply(claim, action, by=person, data=data)
        with pytest.raises(Claim.DoesNotExist):
            apply(claim, action, by=outsider, data=data)


def test_from_another_state_it_is_a_conflict(checker: User, editor: User) -> None:
    for claim in (factories.submitted(checker), factories.published(checker, editor)):
        with pytest.raises(WorkflowError):
            apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + SOON))
    claim = factories.approved(checker, editor)
    assert Action.CANCEL_SCHEDULE not in legal_moves(claim, editor)
    with pytest.raises(WorkflowError, match="while its publication is scheduled"):
        apply(claim, Action.CANCEL_SCHEDULE, by=editor)


def test_twice_the_same_is_one_and_another_time_replaces_it(
    editor: User, second_editor: User, approved: Claim
) -> None:
    data = MoveData(at=clock.now() + SOON)
    assert apply(approved, Action.SCHEDULE, by=editor, data=data) == apply(
        approved, Action.SCHEDULE, by=editor, data=data
    )
    later = MoveData(at=clock.now() + 2 * SOON)
    apply(approved, Action.SCHEDULE, by=second_editor, data=later)
    first, second = approved.schedules.order_by("pk")
    assert (first.ended_with, first.ended_by, second.ended_at, second.at) == (
        "schedule",
        second_editor,
        None,
        later.at,
    )


def test_taken_back_nothing_is_published(
    times: Clock, checker: User, editor: User, second_editor: User
) -> None:
    claim, plan = _planned(checker, editor)
    assert Action.CANCEL_SCHEDULE in legal_moves(claim, second_editor)
    apply(claim, Action.CANCEL_SCHEDULE, by=second_editor)
    assert claim.status == Status.APPROVED
    times.set(plan.at)
    assert publish_scheduled(plan.pk) is False
    assert not claim.verdicts.published().exists()


@pytest.mark.parametrize("action", [Action.RECALL, Action.HOLD, Action.DECLINE, Action.PUBLISH])
def test_whatever_takes_the_approval_away_ends_the_plan_with_it(
    times: Clock, checker: User, editor: User, second_editor: User, action: Action
) -> None:
    claim, plan = _planned(checker, editor)
    apply(
        claim,
        action,
        by=second_editor,
        data=MoveData(note="It is not over.", reason="opinion" if action == Action.DECLINE else ""),
    )
    status, moves = claim.status, claim.moves
    plan.refresh_from_db()
    assert (plan.ended_with, plan.ended_by, plan.next_attempt_at) == (action, second_editor, None)
    times.set(plan.at)
    assert publish_scheduled(plan.pk) is (action == Action.PUBLISH)
    claim.refresh_from_db()
    assert (claim.status, claim.moves) == (status, moves)


@pytest.mark.parametrize("action", [Action.DROP_CORRECTION, Action.RETRACT])
def test_a_planned_correction_ends_with_the_correction(
    checker: User, editor: User, second_editor: User, action: Action
) -> None:
    claim = factories.correcting(checker, editor)
    apply(claim, Action.SUBMIT, by=editor)
    apply(claim, Action.APPROVE, by=second_editor)
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + SOON))
    apply(claim, action, by=editor, data=factories.note("It was right after all."))
    assert claim.schedules.get().ended_with == action


def test_after_a_recall_and_new_signatures_the_old_plan_publishes_nothing(
    times: Clock, checker: User, editor: User
) -> None:
    claim, plan = _planned(checker, editor)
    apply(claim, Action.RECALL, by=checker, data=factories.note("One more figure."))
    factories.written(claim, checker, "It planted none.")
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    times.set(plan.at)
    assert publish_scheduled(plan.pk) is False
    assert not claim.verdicts.published().exists()


_ENDED = (
    "UPDATE claims_scheduledpublication SET ended_at = NULL, ended_by_id = NULL, ended_with = ''"
)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE claims_scheduledpublication SET at = made_at", "ended once, and not changed"),
        (
            "UPDATE claims_scheduledpublication SET content_hash = 'another'",
            "ended once, and not changed",
        ),
        (
            "UPDATE claims_scheduledpublication SET next_attempt_at = made_at",
            "schedule_never_early",
        ),
        ("DELETE FROM claims_scheduledpublication", "can only be added"),
        ("UPDATE claims_verdict SET state = 'working'", "Cancel the schedule first"),
    ],
)
def test_no_sql_moves_a_plan_or_takes_its_verdict_away(
    checker: User, editor: User, statement: str, why: str
) -> None:
    _planned(checker, editor)
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_no_sql_brings_an_ended_plan_back_or_makes_one_without_its_move(
    checker: User, editor: User
) -> None:
    claim, plan = _planned(checker, editor)
    apply(claim, Action.CANCEL_SCHEDULE, by=editor)
    with (
        pytest.raises(DatabaseError, match="ended once, and not changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(_ENDED)
    plan.pk = None
    told = {
        name: getattr(plan, name)
        for name in ("claim", "verdict", "content_hash", "at", "zone", "by", "made_at")
    }
    with pytest.raises(DatabaseError, match="needs its transition"), transaction.atomic():
        ScheduledPublication.objects.create(**told, next_attempt_at=plan.at)
