"""A review is decided once: unaffected with a reason, or by the correction or
retraction that answers it. It is kept.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from claims.choices import Action, RecheckCause, RecheckDecision
from claims.models import Claim, Recheck
from claims.publication import rechecks
from claims.workflow import WorkflowError, apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from sources.models import Link
from tests import factories
from tests.claims.concurrency import at_once, unforeseen
from tests.claims.recheck_cases import (
    TABLE,
    WRONG,
    correct,
    in_days,
    publish_correction,
    published_citing,
    shelved,
)


def _task(checker: User, editor: User) -> Recheck:
    published_citing(checker, editor)
    return rechecks.request_rechecks(Link.objects.get(url=TABLE), by=editor, note=WRONG).tasks[0]


def _due(checker: User, editor: User) -> Recheck:
    shelved(checker, editor)
    rechecks.open_due()
    return Recheck.objects.get()


def test_unaffected_with_a_reason_is_kept(checker: User, editor: User, second_editor: User) -> None:
    task = rechecks.mark_unaffected(
        _task(checker, editor), by=second_editor, reason=" It cites another table. "
    )
    task.refresh_from_db()
    assert (task.decision, task.decided_by, task.reason) == (
        RecheckDecision.UNAFFECTED,
        second_editor,
        "It cites another table.",
    )
    assert task.decided_at and task.claim.status == "published" and task.claim.verdicts.count() == 1
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, entry.changes["decision"], entry.changes["reason"]) == (
        "recheck.decide",
        ["pending", "unaffected"],
        ["", "It cites another table."],
    )


def test_the_same_again_is_harmless_and_another_word_comes_too_late(
    checker: User, editor: User, second_editor: User
) -> None:
    task = _task(checker, editor)
    for _ in range(2):
        rechecks.mark_unaffected(task, by=editor, reason="It stands.")
    for person, reason in ((editor, "It stands firmly."), (second_editor, "It stands.")):
        with pytest.raises(WorkflowError, match="already decided"):
            rechecks.mark_unaffected(task, by=person, reason=reason)
    assert AuditEntry.objects.filter(action="recheck.decide").count() == 1


def test_nobody_but_an_editor_of_the_desk_decides(
    checker: User, editor: User, auditor: User, reporter: User, outsider: User
) -> None:
    task = _task(checker, editor)
    for person in (checker, auditor):
        with pytest.raises(PermissionDenied):
            rechecks.mark_unaffected(task, by=person, reason="It stands.")
    for person in (reporter, outsider):
        with pytest.raises((Claim.DoesNotExist, Recheck.DoesNotExist)):
            rechecks.mark_unaffected(task, by=person, reason="It stands.")
    assert list(Recheck.objects.visible_to(auditor)) == [task] and not Recheck.objects.visible_to(
        reporter
    )


def test_what_is_not_said_or_does_not_fit_is_refused(checker: User, editor: User) -> None:
    task = _task(checker, editor)
    for told in (
        {"reason": " "},
        {"reason": "x" * 2001},
        {"reason": "It stands.", "next_recheck_date": in_days(5)},
    ):
        with pytest.raises(ValidationError):
            rechecks.mark_unaffected(task, by=editor, **told)  # type: ignore[arg-type]
    assert Recheck.objects.get().pending


def test_still_true_says_until_when(checker: User, editor: User) -> None:
    task = _due(checker, editor)
    for day in (None, in_days(0), in_days(-4)):
        with pytest.raises(ValidationError, match="future recheck date"):
            rechecks.mark_unaffected(task, by=editor, reason="It holds.", next_recheck_date=day)
    Desk.objects.update(recheck_after_days=100)
    assert rechecks.mark_unaffected(
        task, by=editor, reason="It holds."
    ).next_recheck_date == in_days(100)


def test_a_corrected_version_settles_what_waited_and_a_typo_does_not(
    checker: User, editor: User, second_editor: User
) -> None:
    task = _task(checker, editor)
    claim = task.claim
    correct(claim, editor, "typo")
    publish_correction(claim, editor, second_editor, answer="It planted fewer!")
    correct(claim, editor)
    task.refresh_from_db()
    assert task.pending
    publish_correction(claim, editor, second_editor)
    task.refresh_from_db()
    assert (task.decision, task.decided_by, task.reason) == (
        RecheckDecision.CORRECTED,
        second_editor,
        "",
    )


def test_what_came_after_the_signature_is_not_settled_by_the_publication(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    apply(claim, Action.SUBMIT, by=editor)
    rechecks.request_rechecks(
        claim.evidence.order_by("number")[0].link, by=editor, note="It was withdrawn an hour ago."
    )
    apply(claim, Action.APPROVE_AND_PUBLISH, by=second_editor)
    assert claim.rechecks.get().decision == "pending"


def test_a_dropped_correction_settles_nothing(checker: User, editor: User) -> None:
    task = _task(checker, editor)
    correct(task.claim, editor)
    apply(task.claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    task.refresh_from_db()
    assert task.pending


def test_a_retraction_settles_what_waited(checker: User, editor: User, second_editor: User) -> None:
    task = _task(checker, editor)
    kept = rechecks.mark_unaffected(task, by=second_editor, reason="It stands.")
    again = rechecks.request_rechecks(
        Link.objects.get(url=TABLE), by=editor, note="The whole series."
    ).tasks[0]
    apply(task.claim, Action.RETRACT, by=editor, data=factories.note("It was misread."))
    again.refresh_from_db()
    kept.refresh_from_db()
    assert (again.decision, again.decided_by, kept.decision) == (
        RecheckDecision.RETRACTED,
        editor,
        RecheckDecision.UNAFFECTED,
    )
    with pytest.raises(WorkflowError, match="already decided"):
        rechecks.mark_unaffected(again, by=editor, reason="It stands.")


def test_a_review_is_given_to_somebody_of_the_desk(
    checker: User, editor: User, auditor: User, outsider: User
) -> None:
    task = _task(checker, editor)
    for _ in range(2):
        assert rechecks.assign(task, by=editor, assignee=checker).assignee == checker
    assert AuditEntry.objects.filter(action="recheck.assign").get().changes == {
        "assignee": ["", "checker"]
    }
    for person in (auditor, outsider):
        with pytest.raises(ValidationError):
            rechecks.assign(task, by=editor, assignee=person)
    with pytest.raises(PermissionDenied):
        rechecks.assign(task, by=checker, assignee=checker)


def _sql(change: str) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(change)

    return run


def _refused(forbidden: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        forbidden()


@pytest.mark.parametrize("change", [
    "decision = 'corrected', decided_by_id = opened_by_id, decided_at = opened_at",
    "decision = 'retracted', decided_by_id = opened_by_id, decided_at = opened_at",
    "decision = 'unaffected', decided_by_id = opened_by_id, decided_at = opened_at",
    "decision = 'unaffected', reason = 'So.'",
    "decision = 'forgotten', decided_by_id = opened_by_id, decided_at = opened_at",
    "note = 'Nothing.'", "link_id = NULL", "cause = 'recheck_date'", (
        "opened_by_id ="
        " NULL"
    ), "next_recheck_date = '2031-01-01'",
])  # fmt: skip
def test_no_sql_decides_or_rewrites_one(checker: User, editor: User, change: str) -> None:
    _task(checker, editor)
    _refused(_sql(f"UPDATE claims_recheck SET {change}"))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE claims_recheck SET reason = 'Another.'",
        (
            "UPDATE claims_recheck SET decision = 'pending', decided_by_id = NULL, decided_at ="
            " NULL, reason = ''"
        ),
        "DELETE FROM claims_recheck",
    ],
)
def test_no_sql_undoes_a_decision(checker: User, editor: User, change: str) -> None:
    rechecks.mark_unaffected(_task(checker, editor), by=editor, reason="It stands.")
    _refused(_sql(change))


def test_no_row_is_made_that_could_not_be(checker: User, editor: User) -> None:
    task, other = _task(checker, editor), factories.published(checker, editor)
    working = factories.ready(checker)
    fields = {
        "claim": other,
        "verdict": other.verdicts.get(),
        "opened_at": clock.now(),
        "opened_by": editor,
        "note": WRONG,
    }
    link = {"cause": RecheckCause.LINK, "link": task.link}
    for wrong in (
        {**fields, "cause": RecheckCause.LINK},
        {**fields, **link, "cause_verdict": other.verdicts.get()},
        {**fields, **link, "note": ""},
        {**fields, **link, "claim": task.claim},
        {**fields, **link, "claim": working, "verdict": working.verdicts.get()},
        {
            **fields,
            **link,
            "decision": "unaffected",
            "reason": "So.",
            "decided_by": editor,
            "decided_at": clock.now(),
        },
        {**fields, **link, "claim": task.claim, "verdict": task.verdict},
    ):
        _refused(lambda wrong=wrong: Recheck.objects.create(**wrong))


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_open_one_and_decide_once(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = published_citing(checker, editor)
    link = Link.objects.get(url=TABLE)
    results = at_once(
        *(
            lambda by=by: len(rechecks.request_rechecks(link, by=by, note=WRONG).tasks)
            for by in (editor, second_editor) * 2
        )
    )
    assert unforeseen(results) == [] and sorted(map(str, results)) == ["0", "0", "0", "1"]
    task = claim.rechecks.get()
    works = [
        lambda by=by: rechecks.mark_unaffected(task, by=by, reason=f"It stands, says {by}.")
        for by in (editor, second_editor)
    ]
    works.append(
        lambda: apply(
            Claim.objects.get(pk=claim.pk),
            Action.RETRACT,
            by=editor,
            data=factories.note("Misread."),
        )
    )
    results = at_once(*works)
    assert unforeseen(results) == []
    assert (
        AuditEntry.objects.filter(action="recheck.decide", object_id=str(task.public_id)).count()
        == 1
    )
