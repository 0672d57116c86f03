"""Workers and people at the same moment: one publication or none, and never one that
was taken back.
"""

from datetime import timedelta

import pytest

from claims.choices import Action, Status
from claims.models import Claim, ScheduledPublication
from claims.publication.scheduling import publish_scheduled
from claims.tasks import publish_scheduled as publish_task
from claims.workflow import MoveData, apply
from factcheck.ledger import clock, due_work
from factcheck.ledger.models import AuditEntry
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.concurrency import at_once, unforeseen
from tests.claims.times import Clock, times

__all__ = ["times"]
pytestmark = pytest.mark.django_db(transaction=True)


def _due(times: Clock, checker: User, editor: User) -> tuple[Claim, ScheduledPublication]:
    claim = factories.approved(checker, editor)
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + timedelta(hours=1)))
    plan = claim.schedules.get()
    times.set(plan.at)
    return claim, plan


def test_ten_workers_publish_once(times: Clock, checker: User, editor: User) -> None:
    claim, plan = _due(times, checker, editor)
    results = at_once(*[lambda: publish_scheduled(plan.pk, takeover=True)] * 10)
    assert unforeseen(results) == [] and True in results
    assert claim.transitions.filter(action="publish").count() == 1
    assert claim.verdicts.published().count() == 1
    assert verify().broken_at is None


def test_a_worker_that_was_thought_dead_publishes_nothing_twice(
    times: Clock, checker: User, editor: User
) -> None:
    claim, plan = _due(times, checker, editor)
    assert due_work.lease(ScheduledPublication, plan.pk) is not None, (
        "one worker holds it and is slow"
    )
    assert publish_scheduled(plan.pk) is False
    assert publish_scheduled(plan.pk, takeover=True) is True
    assert publish_scheduled(plan.pk, takeover=True) is True
    assert claim.transitions.filter(action="publish").count() == 1


@pytest.mark.parametrize(
    "action", [Action.RECALL, Action.CANCEL_SCHEDULE, Action.HOLD, Action.PUBLISH]
)
def test_a_person_and_the_worker_at_once(
    times: Clock, checker: User, editor: User, second_editor: User, action: Action
) -> None:
    for _ in range(5):
        claim, plan = _due(times, checker, editor)
        results = at_once(
            lambda plan=plan: publish_scheduled(plan.pk),  # type: ignore[misc]
            lambda claim=claim: apply(
                Claim.objects.get(pk=claim.pk),
                action,
                by=second_editor,
                data=factories.note("Wait."),
            ),  # type: ignore[misc]
        )
        assert unforeseen(results) == []
        claim.refresh_from_db()
        plan.refresh_from_db()
        made = claim.transitions.filter(action="publish").count()
        assert (
            made
            == (1 if claim.status == Status.PUBLISHED else 0)
            == claim.verdicts.published().count()
        )
        assert plan.ended_at is not None
        assert (plan.ended_with == Action.PUBLISH) is bool(made)


def test_the_task_writes_its_door_and_the_editor_who_planned_it(
    times: Clock, checker: User, editor: User
) -> None:
    claim, plan = _due(times, checker, editor)
    publish_task.apply(args=[plan.pk])
    last = claim.transitions.last()
    assert last and (last.action, last.by, last.entry_point) == ("publish", editor, "task")
    entry = AuditEntry.objects.get(action="claim.publish")
    assert (entry.actor, entry.entry_point) == ("editor", "task")
    publish_task.apply(args=[plan.pk])
    assert claim.transitions.filter(action="publish").count() == 1
