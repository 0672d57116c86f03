"""A scheduled publication is made exactly once, whatever dies on the way."""

import os
import signal
from datetime import timedelta

import pytest

from claims.choices import Action
from claims.models import Claim, ScheduledPublication
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories
from tests.workers import LossyBroker, Workers, gone, wait_for

pytestmark = pytest.mark.faults


def _planned(checker: User, editor: User) -> tuple[Claim, ScheduledPublication]:
    claim = factories.approved(checker, editor)
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + timedelta(seconds=2)))
    return claim, claim.schedules.get()


def _published_once(claim: Claim, plan: ScheduledPublication, workers: Workers) -> None:
    wait_for(lambda: claim.verdicts.published().exists(), "the publication", workers.folder)
    made = claim.transitions.get(action="publish")
    assert made.entry_point == "task" and made.at >= plan.at
    plan.refresh_from_db()
    assert plan.ended_with == "publish"


def test_a_worker_publishes_when_the_time_has_come(
    workers: Workers, checker: User, editor: User
) -> None:
    claim, plan = _planned(checker, editor)
    workers.start()
    _published_once(claim, plan, workers)


def test_a_child_killed_in_mid_publication_leaves_nothing_half_done(
    workers: Workers, checker: User, editor: User
) -> None:
    claim, plan = _planned(checker, editor)
    workers.hold()
    workers.start()
    child = workers.reached()
    os.kill(child, signal.SIGKILL)
    wait_for(lambda: gone(child), "the child to die", workers.folder)
    assert not claim.verdicts.published().exists()
    workers.go()
    _published_once(claim, plan, workers)


def test_a_killed_worker_and_a_wiped_broker_lose_nothing(
    workers: Workers, redis: LossyBroker, checker: User, editor: User
) -> None:
    claim, plan = _planned(checker, editor)
    workers.hold()
    first = workers.start()
    child = workers.reached()
    workers.kill(first)
    wait_for(lambda: gone(child), "the child to die with its worker", workers.folder)
    redis.flushall()
    workers.go()
    workers.start()
    _published_once(claim, plan, workers)
