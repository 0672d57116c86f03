"""A published verdict is never edited: one editor opens a correction, two people
publish it, and both versions stay.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.choices import Action, Meanwhile, Status, VerdictState
from claims.evidence.attaching import withdraw
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim, Verdict
from claims.workflow import GateError, MoveData, WorkflowError, apply, legal_moves
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories

WRONG = MoveData(note="It counted a street twice.", category="correction")


def _states(claim: Claim) -> list[str]:
    return [verdict.state for verdict in claim.verdicts.order_by("number")]


def test_one_editor_opens_a_correction_that_starts_from_the_published_words(
    checker: User, editor: User
) -> None:
    claim = factories.published(checker, editor)
    apply(claim, Action.CORRECT, by=editor, data=WRONG)
    published, working = claim.verdicts.order_by("number")
    assert (claim.status, claim.assignee) == (Status.IN_PROGRESS, editor)
    assert (published.state, working.state) == (VerdictState.PUBLISHED, VerdictState.WORKING)
    assert (working.short_answer, working.explanation, working.rating) == (
        published.short_answer,
        published.explanation,
        published.rating,
    )
    assert (working.corrects, working.meanwhile) == (published, Meanwhile.UNDER_REVIEW)
    assert working.revisions.count() == 1


def test_the_corrected_version_supersedes_the_old_one_and_both_stay(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    old, new = claim.verdicts.order_by("number")
    assert (claim.status, _states(claim)) == (Status.PUBLISHED, ["superseded", "published"])
    assert (old.short_answer, new.short_answer) == ("It planted fewer.", "It planted half.")
    assert old.content_hash == old.author_hash == old.approver_hash
    assert new.first_published_at == old.first_published_at == old.published_at
    assert '"what_was_wrong":"It counted a street twice."' in new.content


def test_the_same_person_does_not_publish_a_correction_alone(checker: User, editor: User) -> None:
    claim = factories.correcting(checker, editor)
    apply(claim, Action.SUBMIT, by=editor)
    with pytest.raises(GateError, match="someone else"):
        apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    assert _states(claim) == ["published", "working"]


def test_a_correction_says_its_kind_and_what_was_wrong(editor: User, published: Claim) -> None:
    with pytest.raises(GateError) as refused:
        apply(published, Action.CORRECT, by=editor)
    assert {gap.anchor for gap in refused.value.missing} == {"category", "note"}
    for wrong in (
        MoveData(note="A slip.", category="oops"),
        MoveData(note="A slip.", category="typo", meanwhile="hidden"),
    ):
        with pytest.raises(GateError, match="Choose one of"):
            apply(published, Action.CORRECT, by=editor, data=wrong)
    assert _states(published) == ["published"]


def test_only_an_editor_corrects_or_drops(
    checker: User, editor: User, outsider: User, published: Claim
) -> None:
    with pytest.raises(PermissionDenied):
        apply(published, Action.CORRECT, by=checker, data=WRONG)
    with pytest.raises(Claim.DoesNotExist):
        apply(published, Action.CORRECT, by=outsider, data=WRONG)
    apply(published, Action.CORRECT, by=editor, data=WRONG)
    with pytest.raises(PermissionDenied):
        apply(published, Action.DROP_CORRECTION, by=checker, data=factories.note("No."))


def test_opening_it_twice_opens_one(editor: User, second_editor: User, published: Claim) -> None:
    first, again = (apply(published, Action.CORRECT, by=editor, data=WRONG) for _ in range(2))
    assert first == again
    with pytest.raises(WorkflowError):
        apply(published, Action.CORRECT, by=second_editor, data=WRONG)
    assert published.verdicts.count() == 2


def test_dropped_it_leaves_the_published_version_the_claim_and_the_evidence_as_signed(
    checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor, text="The city planted 500 trees.")
    signed = claim.evidence.get(number=1)
    withdraw(signed, by=editor)
    factories.evidence(claim, editor)
    edit_claim(
        claim,
        by=editor,
        words=ClaimEdit(
            text="The city planted 600 trees.",
            claimant=None,
            stated_date=None,
            appearance_url="",
            due_at=None,
        ),
    )
    with CaptureQueriesContext(connection) as queries:
        apply(
            claim, Action.DROP_CORRECTION, by=editor, data=factories.note("The figure was right.")
        )
    saved = [row["sql"] for row in queries if row["sql"].startswith('UPDATE "claims_evidence"')]
    assert saved and not any(
        '"number" =' in sql for sql in saved
    )  # a key in it would make the workers wait
    assert (claim.status, claim.text, _states(claim)) == (
        Status.PUBLISHED,
        "The city planted 500 trees.",
        ["published", "dropped"],
    )
    assert [item.number for item in claim.evidence.all().active()] == [1, 2]
    put_back = AuditEntry.objects.get(action="claim.restore").changes
    assert (
        put_back["text"] == ["The city planted 600 trees.", "The city planted 500 trees."]
        and "evidence" in put_back
    )
    apply(claim, Action.CORRECT, by=editor, data=WRONG)
    assert _states(claim) == ["published", "dropped", "working"]


@pytest.mark.parametrize("stage", ["release", "in_progress", "submit", "approve"])
def test_it_is_dropped_from_every_working_state(
    checker: User, editor: User, second_editor: User, stage: str
) -> None:
    claim = factories.correcting(checker, editor)
    if stage == "release":
        apply(claim, Action.RELEASE, by=editor, data=factories.note("Until the morning."))
    if stage in {"submit", "approve"}:
        apply(claim, Action.SUBMIT, by=editor)
    if stage == "approve":
        apply(claim, Action.APPROVE, by=second_editor)
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("The figure was right."))
    assert (claim.status, _states(claim)) == (Status.PUBLISHED, ["published", "dropped"])


def test_what_was_published_is_neither_declined_nor_put_on_hold(
    checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    for action, data in (
        (Action.DECLINE, MoveData(reason="opinion")),
        (Action.HOLD, factories.note("Later.")),
    ):
        assert action not in legal_moves(claim, editor)
        with pytest.raises(WorkflowError, match="before the first publication"):
            apply(claim, action, by=editor, data=data)


def test_there_is_nothing_to_drop_before_publication(editor: User, ready: Claim) -> None:
    assert Action.DROP_CORRECTION not in legal_moves(ready, editor)
    for action in (Action.DROP_CORRECTION, Action.RETRACT):
        with pytest.raises(WorkflowError, match="while a verdict is published"):
            apply(ready, action, by=editor, data=factories.note("No."))


def test_the_audit_keeps_kind_reason_and_what_readers_saw(checker: User, editor: User) -> None:
    factories.correcting(checker, editor, category="update", meanwhile="withheld")
    entry = AuditEntry.objects.get(action="claim.correct")
    assert {
        name: entry.changes[name][1] for name in ("category", "meanwhile", "note", "status")
    } == {
        "category": "update",
        "meanwhile": "withheld",
        "note": "It counted a street twice.",
        "status": "in_progress",
    }


def test_readers_and_feeds_are_given_what_the_editor_chose(checker: User, editor: User) -> None:
    for meanwhile, readable, citable in (
        ("unchanged", 1, 1),
        ("under_review", 1, 0),
        ("withheld", 0, 0),
    ):
        claim = factories.correcting(checker, editor, meanwhile=meanwhile)
        mine = Verdict.objects.filter(claim=claim)
        assert (mine.published().count(), mine.readable().count(), mine.citable().count()) == (
            1,
            readable,
            citable,
        )
