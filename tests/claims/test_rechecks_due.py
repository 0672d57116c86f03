"""The sweep opens one review of each published verdict whose date has come, on the day
it is where the desk works.
"""

from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from claims.choices import Action, RecheckCause
from claims.models import Claim, Recheck
from claims.publication import rechecks
from claims.tasks import open_due_rechecks
from claims.workflow import apply
from factcheck import queues
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.concurrency import at_once, unforeseen
from tests.claims.recheck_cases import correct, dated, in_days, publish_correction, shelved


def _at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setattr("factcheck.ledger.clock.now", lambda: datetime.fromisoformat(moment))


def test_it_opens_one_for_each_verdict_that_is_due(checker: User, editor: User) -> None:
    due, today = shelved(checker, editor, days=-3), shelved(checker, editor, days=0)
    shelved(checker, editor, days=2)
    factories.published(checker, editor)
    dated(factories.ready(checker), checker, recheck_date=in_days(-3))
    assert rechecks.open_due() == 2
    assert {task.claim for task in Recheck.objects.all()} == {due, today}
    task = Recheck.objects.get(claim=due)
    assert (task.cause, task.opened_by, task.cause_object, task.verdict) == (
        RecheckCause.RECHECK_DATE,
        None,
        None,
        due.verdicts.get(),
    )
    assert AuditEntry.objects.filter(action="recheck.request", actor="system").count() == 2


def test_running_again_opens_none_anew_at_any_entry_point(checker: User, editor: User) -> None:
    shelved(checker, editor)
    output = StringIO()
    call_command("open_due_rechecks", stdout=output)
    open_due_rechecks.apply()
    call_command("open_due_rechecks", stdout=output)
    assert output.getvalue().splitlines() == ["1 recheck opened.", "0 rechecks opened."]
    assert Recheck.objects.count() == 1
    assert "claims.open_due_rechecks" in {entry["task"] for entry in queues.beat_schedule.values()}


@pytest.mark.django_db(transaction=True)
def test_four_sweeps_at_once_open_one_each(checker: User, editor: User) -> None:
    claims = {shelved(checker, editor) for _ in range(5)}
    results = at_once(*[rechecks.open_due] * 4)
    assert unforeseen(results) == [] and sum(map(int, map(str, results))) == 5
    assert sorted(task.claim_id for task in Recheck.objects.all()) == sorted(
        claim.pk for claim in claims
    )


@pytest.mark.parametrize(
    ("moment", "opened"), [("2031-05-02T11:59:00+00:00", 0), ("2031-05-02T12:01:00+00:00", 1)]
)
def test_the_day_begins_where_the_desk_works(
    monkeypatch: pytest.MonkeyPatch,
    desk: Desk,
    checker: User,
    editor: User,
    moment: str,
    opened: int,
) -> None:
    Desk.objects.update(time_zone="Pacific/Auckland")
    claim = factories.ready(checker)
    dated(claim, checker, recheck_date=date(2031, 5, 3))
    _publish(claim, checker, editor)
    _at(monkeypatch, moment)
    assert rechecks.open_due() == opened


@pytest.mark.parametrize(
    ("moment", "opened"), [("2031-05-02T23:59:00+00:00", 0), ("2031-05-03T00:01:00+00:00", 1)]
)
def test_a_desk_on_universal_time_begins_it_twelve_hours_later(
    monkeypatch: pytest.MonkeyPatch, checker: User, editor: User, moment: str, opened: int
) -> None:
    claim = factories.ready(checker)
    dated(claim, checker, recheck_date=date(2031, 5, 3))
    _publish(claim, checker, editor)
    _at(monkeypatch, moment)
    assert rechecks.open_due() == opened


def test_still_true_counts_until_the_day_that_was_named(
    monkeypatch: pytest.MonkeyPatch, checker: User, editor: User, second_editor: User
) -> None:
    claim = shelved(checker, editor)
    rechecks.open_due()
    rechecks.mark_unaffected(
        Recheck.objects.get(),
        by=editor,
        reason="The register is unchanged.",
        next_recheck_date=in_days(10),
    )
    assert rechecks.open_due() == 0
    correct(claim, editor, "typo")
    publish_correction(claim, editor, second_editor)
    assert (
        rechecks.open_due() == 0
    )  # the new version names the same day, which an editor has answered
    later = f"{in_days(10)}T12:00:00+00:00"
    _at(monkeypatch, later)
    assert [rechecks.open_due(), rechecks.open_due()] == [1, 0]


def test_a_corrected_version_is_due_on_its_own_day(
    monkeypatch: pytest.MonkeyPatch, checker: User, editor: User, second_editor: User
) -> None:
    claim = shelved(checker, editor)
    rechecks.open_due()
    rechecks.mark_unaffected(
        Recheck.objects.get(), by=editor, reason="It holds.", next_recheck_date=in_days(300)
    )
    correct(claim, editor)
    dated(claim, editor, recheck_date=in_days(20))
    publish_correction(claim, editor, second_editor)
    assert claim.verdicts.published().get().recheck_date == in_days(20)
    _at(monkeypatch, f"{in_days(20)}T12:00:00+00:00")
    assert rechecks.open_due() == 1
    assert Recheck.objects.pending().get().verdict.number == 2


def test_what_is_retracted_or_replaced_is_not_due(
    checker: User, editor: User, second_editor: User
) -> None:
    replaced, retracted = shelved(checker, editor), shelved(checker, editor)
    correct(replaced, editor)
    dated(replaced, editor, recheck_date=in_days(20))
    publish_correction(replaced, editor, second_editor)
    apply(retracted, Action.RETRACT, by=editor, data=factories.note("It was misread."))
    assert rechecks.open_due() == 0


def _publish(claim: Claim, checker: User, editor: User) -> None:
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
