"""When the time comes and the publication is refused: nothing is published, and nobody
overlooks it.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from claims.choices import Action, Status
from claims.desk.queries import Question, open_query
from claims.models import Claim, Rating, ScheduledPublication
from claims.publication.scheduling import publish_scheduled
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Membership, User
from tests import factories
from tests.claims.times import Clock, times

__all__ = ["times"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(times: Clock, checker: User, editor: User) -> Claim:
    made = factories.approved(checker, editor)
    apply(made, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + timedelta(hours=6)))
    return made


def _come(times: Clock, claim: Claim) -> ScheduledPublication:
    plan = claim.schedules.get(ended_at=None)
    times.set(plan.at)
    assert publish_scheduled(plan.pk) is False
    plan.refresh_from_db()
    return plan


def _asks(claim: Claim, editor: User) -> None:
    asker = factories.person("asker", claim.desk, "checker")
    open_query(claim, by=asker, question=Question(text="Which year is this?", blocking=True))


def _leaves(claim: Claim, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False)


def _ends(claim: Claim, editor: User) -> None:
    Membership.objects.filter(user=editor).update(end_date="2020-01-01")


def _demoted(claim: Claim, editor: User) -> None:
    Membership.objects.filter(user=editor).update(role="checker")


@pytest.mark.parametrize(
    ("happens", "message"),
    [
        (_asks, "A query by asker is blocking this claim"),
        (_leaves, "may no longer publish"),
        (_ends, "may no longer publish"),
        (_demoted, "may no longer publish"),
    ],
)
def test_nothing_is_published_and_the_row_says_why(
    times: Clock, claim: Claim, editor: User, happens: Callable[[Claim, User], None], message: str
) -> None:
    happens(claim, editor)
    plan = _come(times, claim)
    assert (plan.job_state, plan.ended_at) == (JobState.FAILED, None)
    assert message in plan.last_error and "Publish it yourself" in plan.last_error
    claim.refresh_from_db()
    assert claim.status == Status.APPROVED


def test_a_refused_one_is_not_tried_again_by_itself(
    times: Clock, claim: Claim, editor: User
) -> None:
    _demoted(claim, editor)
    plan = _come(times, claim)
    Membership.objects.filter(user=editor).update(role="editor")
    times.set(plan.at + timedelta(days=1))
    assert publish_scheduled(plan.pk) is False
    assert not claim.verdicts.published().exists()


def test_another_editor_publishes_it_or_plans_it_anew(
    times: Clock, claim: Claim, editor: User, second_editor: User
) -> None:
    _demoted(claim, editor)
    failed = _come(times, claim)
    later = failed.at + timedelta(hours=1)
    apply(claim, Action.SCHEDULE, by=second_editor, data=MoveData(at=later))
    failed.refresh_from_db()
    assert failed.ended_with == "schedule"
    times.set(later)
    assert publish_scheduled(claim.schedules.get(ended_at=None).pk) is True


def test_the_same_time_again_after_a_refusal_is_not_taken_for_done(
    times: Clock, claim: Claim, editor: User
) -> None:
    _asks(claim, editor)
    plan = _come(times, claim)
    answer = None
    try:
        apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=plan.at))
    except Exception as error:  # noqa: BLE001 (whatever refuses it: it must not answer “done”)
        answer = error
    assert "not in the future" in str(answer)


def test_a_night_checker_does_not_inherit_the_plan_of_the_editor_they_were(
    times: Clock, claim: Claim, editor: User
) -> None:
    _demoted(claim, editor)
    claim.desk.night_from, claim.desk.night_until = "00:00", "23:59"
    claim.desk.save()
    assert _come(times, claim).job_state == JobState.FAILED


def test_a_changed_content_is_not_published(times: Clock, claim: Claim) -> None:
    Rating.objects.update(definition="Another meaning.")
    plan = _come(times, claim)
    assert "content changed after the verdict was approved" in plan.last_error
