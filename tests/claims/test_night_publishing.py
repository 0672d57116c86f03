"""While no editor is on duty a second checker approves and publishes; an editor looks
at it later.
"""

from collections.abc import Callable
from datetime import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from claims.choices import Action, Status
from claims.models import Claim, Verdict
from claims.workflow import GateError, WorkflowError, apply, legal_moves
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories
from tests.claims.times import Clock, times

__all__ = ["times"]
pytestmark = pytest.mark.django_db
NIGHT, MORNING = "2031-06-01 23:30", "2031-06-02 06:01"
SECOND_SIGNER = (Action.APPROVE, Action.PUBLISH, Action.APPROVE_AND_PUBLISH)


@pytest.fixture
def owls(desk: Desk) -> Desk:
    """A desk with a night from eleven to six, in Berlin."""
    Desk.objects.filter(pk=desk.pk).update(
        time_zone="Europe/Berlin", night_from=time(23), night_until=time(6)
    )
    desk.refresh_from_db()
    return desk


@pytest.fixture
def by_night(owls: Desk, times: Clock, checker: User, second_checker: User) -> Claim:
    times.local(NIGHT)
    claim = factories.submitted(checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=second_checker)
    return claim


@pytest.mark.parametrize(
    ("local", "night"),
    [
        ("2031-06-01 22:59:59", False), ("2031-06-01 23:00", True), ("2031-06-01 23:30", True), ("2031-06-02 00:00", True),
        ("2031-06-02 05:59:59", True), ("2031-06-02 06:00", False), ("2031-06-02 06:01", False), ("2031-06-02 12:00", False),
    ],
)  # fmt: skip
def test_a_night_goes_over_midnight_in_the_time_of_the_desk(
    owls: Desk, times: Clock, local: str, night: bool
) -> None:
    assert owls.is_night(times.local(local)) is night


def test_a_night_may_lie_within_one_day_and_none_is_the_rule(owls: Desk, times: Clock) -> None:
    owls.night_from, owls.night_until = time(1), time(5)
    assert [
        owls.is_night(times.local(f"2031-06-01 {hour:02}:00")) for hour in (0, 1, 4, 5, 23)
    ] == [False, True, True, False, False]
    assert not Desk(name="Day").is_night(times.local("2031-06-01 03:00"))


@pytest.mark.parametrize(
    ("begins", "ends"), [(time(23), None), (None, time(6)), (time(6), time(6))]
)
def test_half_a_night_or_an_endless_one_is_refused(
    desk: Desk, begins: time | None, ends: time | None
) -> None:
    desk.night_from, desk.night_until = begins, ends
    with pytest.raises(ValidationError, match="Set both, or leave both empty"):
        desk.full_clean()
    with pytest.raises(DatabaseError), transaction.atomic():
        desk.save()


def test_by_night_a_second_checker_approves_and_publishes(
    by_night: Claim, checker: User, second_checker: User
) -> None:
    verdict = by_night.verdicts.published().get()
    assert (verdict.author, verdict.approver, verdict.published_by) == (
        checker,
        second_checker,
        second_checker,
    )
    assert verdict.night_work_unconfirmed


def test_in_the_morning_the_same_checker_may_not(
    owls: Desk, times: Clock, checker: User, second_checker: User
) -> None:
    times.local(NIGHT)
    claim = factories.submitted(checker)
    assert set(SECOND_SIGNER) & set(legal_moves(claim, second_checker)) == {
        Action.APPROVE,
        Action.APPROVE_AND_PUBLISH,
    }
    times.local(MORNING)
    assert not set(SECOND_SIGNER) & set(legal_moves(claim, second_checker))
    for action in SECOND_SIGNER:
        with pytest.raises(PermissionDenied):
            apply(claim, action, by=second_checker)


def test_what_was_approved_by_night_waits_in_the_morning_for_an_editor(
    owls: Desk, times: Clock, checker: User, second_checker: User, editor: User
) -> None:
    times.local(NIGHT)
    claim = factories.submitted(checker)
    apply(claim, Action.APPROVE, by=second_checker)
    times.local(MORNING)
    with pytest.raises(PermissionDenied):
        apply(claim, Action.PUBLISH, by=second_checker)
    apply(claim, Action.CONFIRM_NIGHT_WORK, by=editor)
    assert claim.status == Status.APPROVED
    apply(claim, Action.PUBLISH, by=editor)
    assert not claim.verdicts.get().night_work_unconfirmed


def test_when_the_night_ends_between_the_question_and_the_move_the_move_is_refused(
    owls: Desk, times: Clock, monkeypatch: pytest.MonkeyPatch, checker: User, second_checker: User
) -> None:
    claim = factories.submitted(checker)
    over = times.local(MORNING)
    times.local(NIGHT)
    monkeypatch.setattr(clock, "now", lambda: over)
    with pytest.raises(PermissionDenied, match="is over"):
        apply(claim, Action.APPROVE, by=second_checker)


def test_without_the_rule_there_is_no_night(
    times: Clock, checker: User, second_checker: User
) -> None:
    times.local(NIGHT)
    with pytest.raises(PermissionDenied):
        apply(factories.submitted(checker), Action.APPROVE, by=second_checker)


def test_the_author_never_signs_twice_and_others_not_at_all(
    owls: Desk, times: Clock, checker: User, auditor: User, outsider: User
) -> None:
    times.local(NIGHT)
    claim = factories.submitted(checker)
    for person in (checker, auditor):
        with pytest.raises(PermissionDenied):
            apply(claim, Action.APPROVE, by=person)
    with pytest.raises(Claim.DoesNotExist):
        apply(claim, Action.APPROVE, by=outsider)


def test_what_an_editor_wrote_or_approved_is_not_for_a_checker(
    owls: Desk, times: Clock, checker: User, second_checker: User, editor: User
) -> None:
    times.local(NIGHT)
    with pytest.raises(PermissionDenied):
        apply(factories.submitted(editor, text="The bridge is closed."), Action.APPROVE, by=checker)
    with pytest.raises(PermissionDenied):
        apply(factories.approved(checker, editor), Action.PUBLISH, by=second_checker)


def test_an_editor_by_night_leaves_no_night_work_to_confirm(
    owls: Desk, times: Clock, checker: User, editor: User
) -> None:
    times.local(NIGHT)
    assert not factories.published(checker, editor).verdicts.get().night_work_unconfirmed


def test_the_gates_hold_by_night_too(
    owls: Desk, times: Clock, checker: User, second_checker: User
) -> None:
    times.local(NIGHT)
    claim = factories.submitted(checker)
    claim.evidence.filter(number=1).update(withdrawn_at=clock.now(), withdrawn_by=checker)
    with pytest.raises(GateError, match="1 of 2 independent"):
        apply(claim, Action.APPROVE_AND_PUBLISH, by=second_checker)


def test_a_checker_by_night_still_edits_nothing_in_review(
    owls: Desk, times: Clock, checker: User, second_checker: User, editor: User
) -> None:
    times.local(NIGHT)
    claim = factories.submitted(checker)
    move_data = factories.note("She knows it.")
    apply(
        claim,
        Action.REASSIGN,
        by=editor,
        data=type(move_data)(note=move_data.note, assignee=second_checker),
    )
    with pytest.raises(WorkflowError, match="only editors can edit it"):
        factories.written(claim, second_checker, "It planted none.")


def test_an_editor_confirms_the_nights_work_once(
    by_night: Claim, times: Clock, editor: User
) -> None:
    times.local(MORNING)
    before = by_night.verdicts.get()
    assert Action.CONFIRM_NIGHT_WORK in legal_moves(by_night, editor)
    first = apply(by_night, Action.CONFIRM_NIGHT_WORK, by=editor)
    assert apply(by_night, Action.CONFIRM_NIGHT_WORK, by=editor) == first
    after = by_night.verdicts.get()
    assert (after.night_confirmed_by, after.night_confirmed_at, after.night_work_unconfirmed) == (
        editor,
        clock.now(),
        False,
    )
    assert (after.content, after.content_hash, after.version) == (
        before.content,
        before.content_hash,
        before.version,
    )
    assert (first.from_status, first.to_status) == ("published", "published")
    assert Action.CONFIRM_NIGHT_WORK not in legal_moves(by_night, editor)
    assert AuditEntry.objects.filter(action="claim.confirm_night_work", actor="editor").count() == 1


def test_nobody_else_confirms_the_night_work(
    by_night: Claim, checker: User, second_checker: User, auditor: User
) -> None:
    for person in (checker, second_checker, auditor):
        with pytest.raises(PermissionDenied):
            apply(by_night, Action.CONFIRM_NIGHT_WORK, by=person)
    Membership.objects.filter(user=second_checker).update(role="editor")
    with pytest.raises(GateError) as refused:
        apply(by_night, Action.CONFIRM_NIGHT_WORK, by=User.objects.get(pk=second_checker.pk))
    assert [missing.code for missing in refused.value.missing] == ["second_person"]


def test_where_an_editor_signed_there_is_no_night_work_to_confirm(
    checker: User, editor: User, second_editor: User
) -> None:
    with pytest.raises(WorkflowError, match="while night work is unconfirmed"):
        apply(factories.published(checker, editor), Action.CONFIRM_NIGHT_WORK, by=second_editor)


@pytest.mark.parametrize("action", [Action.CORRECT, Action.RETRACT])
def test_an_editor_who_finds_it_wrong_has_looked(
    by_night: Claim, times: Clock, editor: User, action: Action
) -> None:
    times.local(MORNING)
    move_data = factories.note("It counted a street twice.")
    apply(
        by_night,
        action,
        by=editor,
        data=type(move_data)(
            note=move_data.note, category="correction" if action == Action.CORRECT else ""
        ),
    )
    verdict = by_night.verdicts.get(number=1)
    assert (verdict.night_confirmed_by, verdict.night_confirmed_at) == (editor, clock.now())


def test_a_recalled_one_starts_afresh(
    owls: Desk, times: Clock, checker: User, second_checker: User, editor: User
) -> None:
    times.local(NIGHT)
    claim = factories.submitted(checker)
    apply(claim, Action.APPROVE, by=second_checker)
    apply(claim, Action.RECALL, by=checker, data=factories.note("A figure is missing."))
    assert not claim.verdicts.get().by_night
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    assert not claim.verdicts.get().by_night


def _refused(statement: str, why: str) -> None:
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE claims_verdict SET by_night = NOT by_night", "cannot be edited"),
        (
            "UPDATE claims_verdict SET night_confirmed_at = published_at, night_confirmed_by_id = approver_id",
            "Only an editor confirms night work",
        ),
    ],
)
def test_no_sql_removes_the_confirmation(by_night: Claim, statement: str, why: str) -> None:
    _refused(statement, why)


def test_no_sql_changes_who_looked(by_night: Claim, editor: User, second_editor: User) -> None:
    _refused(
        f"UPDATE claims_verdict SET night_confirmed_at = published_at, night_confirmed_by_id = {editor.pk}",
        "Only an editor confirms night work",
    )
    apply(by_night, Action.CONFIRM_NIGHT_WORK, by=editor)
    _refused(
        f"UPDATE claims_verdict SET night_confirmed_by_id = {second_editor.pk}", "cannot be changed"
    )
    _refused(
        "UPDATE claims_verdict SET night_confirmed_at = NULL, night_confirmed_by_id = NULL",
        "cannot be changed",
    )


def _approve_by_hand(claim: Claim, by: User, **changes: object) -> Callable[[], object]:
    """The rows of an approval, without asking who may."""

    def run() -> object:
        from_row = claim.verdicts.get()
        claim.transitions.create(
            number=claim.moves + 1,
            action="approve",
            from_status="in_review",
            to_status="approved",
            by=by,
            at=clock.now(),
            content_hash=from_row.author_hash,
            entry_point="command",
        )
        fields = {
            "state": "approved",
            "approver": by,
            "approver_hash": from_row.author_hash,
            "approver_signed_at": clock.now(),
            "sources_needed": 2,
            "independent_sources": 2,
            **changes,
        }
        return Verdict.objects.filter(claim=claim).update(**fields)

    return run


def test_the_database_wants_an_editor_or_a_night(
    desk: Desk, second_checker: User, editor: User, submitted: Claim
) -> None:
    for person, changes in (
        (second_checker, {}),
        (second_checker, {"by_night": True}),
        (editor, {"by_night": True}),
    ):
        with (
            pytest.raises(DatabaseError, match="except in night publishing"),
            transaction.atomic(),
        ):
            _approve_by_hand(submitted, person, **changes)()
    Membership.objects.filter(user=editor).update(end_date="2020-01-01")
    with pytest.raises(DatabaseError, match="except in night publishing"), transaction.atomic():
        _approve_by_hand(submitted, editor)()
    Desk.objects.filter(pk=desk.pk).update(night_from=time(23), night_until=time(6))
    with pytest.raises(DatabaseError, match="except in night publishing"), transaction.atomic():
        _approve_by_hand(submitted, second_checker)()
    with transaction.atomic():
        assert _approve_by_hand(submitted, second_checker, by_night=True)() == 1
