"""Somebody writes to the database past the workflow, rows that look right: it refuses
what two people did not sign.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from claims.choices import Action, Status, SuggestionState
from claims.intake.triage import decline
from claims.models import Claim, Evidence, Rating, Suggestion, Transition, Verdict, VerdictRevision
from claims.workflow import GateError, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from sources.models import Capture, Claimant, Publisher
from tests import factories

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(forbidden: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        forbidden()
        connection.check_constraints()


def forged(claim: Claim, action: Action, to: Status, by: User, content_hash: str) -> Transition:
    claim.refresh_from_db()
    return Transition.objects.create(
        claim=claim,
        number=claim.moves + 1,
        action=action,
        from_status=claim.status,
        to_status=to,
        by=by,
        at=clock.now(),
        entry_point="command",
        content_hash=content_hash,
    )


def approval(editor: User, digest: str, **more: Any) -> dict[str, Any]:
    return {
        "state": "approved",
        "approver": editor,
        "approver_hash": digest,
        "approver_signed_at": clock.now(),
        "sources_needed": 2,
        "independent_sources": 2,
        **more,
    }


def test_no_verdict_is_approved_published_or_retracted_without_its_move(
    checker: User, editor: User
) -> None:
    submitted, approved = (
        factories.submitted(checker).verdicts,
        factories.approved(checker, editor).verdicts,
    )
    published = factories.published(checker, editor).verdicts
    out = {"state": "published", "published_at": clock.now(), "published_by": editor}
    refused(lambda: submitted.update(**approval(editor, submitted.get().content_hash)))
    refused(lambda: approved.update(**out))
    refused(
        lambda: published.update(
            state="retracted", retracted_at=clock.now(), retraction_reason="Gone."
        )
    )
    verdict = approved.get()
    verdict.state, verdict.published_at, verdict.published_by = "published", clock.now(), editor
    refused(verdict.save)
    refused(
        lambda: Verdict.objects.bulk_update([verdict], ["state", "published_at", "published_by"])
    )
    assert Verdict.objects.published().count() == 1


def test_an_approval_names_who_made_the_move(
    editor: User, second_editor: User, submitted: Claim
) -> None:
    digest = submitted.verdicts.get().content_hash
    forged(submitted, Action.APPROVE, Status.APPROVED, editor, digest)
    refused(lambda: submitted.verdicts.update(**approval(second_editor, digest)))
    refused(lambda: submitted.verdicts.update(**approval(editor, digest, author=second_editor)))


def test_an_old_move_approves_nothing_new(checker: User, editor: User, approved: Claim) -> None:
    digest = approved.verdicts.get().content_hash
    apply(approved, Action.RECALL, by=editor, data=factories.note("Look again."))
    apply(approved, Action.SUBMIT, by=checker)
    refused(lambda: approved.verdicts.update(**approval(editor, digest)))


def test_the_hash_is_the_hash_of_the_content(editor: User, submitted: Claim) -> None:
    verdict = submitted.verdicts.get()
    forged(submitted, Action.APPROVE, Status.APPROVED, editor, verdict.content_hash)
    other = json.dumps({**json.loads(verdict.content), "short_answer": "It planted more."})
    refused(
        lambda: submitted.verdicts.update(**approval(editor, verdict.content_hash, content=other))
    )


@pytest.mark.parametrize("same", ["publisher", "origin"])
def test_two_sources_of_one_owner_are_not_enough(editor: User, same: str, submitted: Claim) -> None:
    owner = Publisher.objects.first().owner  # type: ignore[union-attr]
    where = (
        {"links__evidence__claim": submitted}
        if same == "publisher"
        else {"originated_evidence__claim": submitted}
    )
    Publisher.objects.filter(**where).update(owner=owner)
    with pytest.raises(GateError, match="1 of 2 independent sources"):
        apply(submitted, Action.APPROVE, by=editor)
    digest = submitted.verdicts.get().content_hash
    forged(submitted, Action.APPROVE, Status.APPROVED, editor, digest)
    refused(lambda: submitted.verdicts.update(**approval(editor, digest)))
    refused(
        lambda: submitted.verdicts.update(
            **approval(editor, digest, sources_needed=1, independent_sources=1)
        )
    )


def other(column: str) -> Any:
    if column.endswith("_at"):
        return clock.now()
    return User.objects.get(username="second_editor").pk if column.endswith("_id") else "Another."


@pytest.mark.parametrize(
    "column", ["content", "author_id", "author_signed_at", "approver_id", "approver_signed_at"]
)
@pytest.mark.parametrize("stage", [factories.approved, factories.published])
@pytest.mark.usefixtures("second_editor")
def test_what_was_signed_stays_with_its_signatures(
    checker: User, editor: User, stage: Callable[..., Claim], column: str
) -> None:
    claim = stage(checker, editor)
    for value in (other(column), None):
        refused(lambda value=value: claim.verdicts.update(**{column: value}))


@pytest.mark.parametrize("column", ["retraction_reason", "retracted_at", "explanation"])
def test_a_retraction_stays_as_readers_saw_it(checker: User, editor: User, column: str) -> None:
    claim = factories.retracted(checker, editor)
    refused(lambda: claim.verdicts.update(**{column: other(column)}))


@pytest.mark.parametrize("stage", [factories.published, factories.retracted])
def test_what_is_published_rests_on_rows_that_stay(
    checker: User, editor: User, stage: Callable[..., Claim]
) -> None:
    claim = stage(checker, editor)
    for change in (
        {"text": "Another."},
        {"stated_date": "2020-01-01"},
        {"slug": "another"},
        {"language": "de"},
        {"desk": factories.desk("World")},
    ):
        refused(lambda change=change: Claim.objects.filter(pk=claim.pk).update(**change))
    for change in (
        {"quote": "Other.", "quote_state": "found"},
        {"finding": "Other."},
        {"capture": None},
        {"withdrawn_at": clock.now()},
    ):
        refused(lambda change=change: claim.evidence.update(**change))
    for change in (
        {"name": "True enough"},
        {"definition": "Other."},
        {"colour": "#00ff00"},
        {"value": 9},
    ):
        refused(lambda change=change: Rating.objects.filter(name="False").update(**change))
    refused(lambda: Capture.objects.update(title="Another page"))


def test_a_claim_is_made_of_an_accepted_suggestion_only(
    suggestion: Suggestion, checker: User
) -> None:
    born = {
        "desk": suggestion.article.desk,
        "text": "A claim.",
        "created_at": clock.now(),
        "created_by": checker,
    }
    refused(lambda: Claim.objects.create(suggestion=suggestion, **born))
    refused(lambda: Claim.objects.bulk_create([Claim(suggestion=suggestion, **born)]))
    decline(suggestion, by=checker, reason="opinion")
    refused(lambda: Claim.objects.create(suggestion=suggestion, **born))


def test_a_decision_is_not_taken_back(suggestion: Suggestion, checker: User) -> None:
    decline(suggestion, by=checker, reason="opinion")
    rows = Suggestion.objects.filter(pk=suggestion.pk)
    refused(lambda: rows.update(state=SuggestionState.PROPOSED))
    refused(lambda: rows.update(state=SuggestionState.PROPOSED, decided_by=None, decided_at=None))
    refused(lambda: rows.update(state=SuggestionState.ACCEPTED))
    refused(lambda: rows.update(decline_reason="trivial"))


@pytest.mark.parametrize(
    "model", [Claim, Verdict, Evidence, VerdictRevision, Transition, Suggestion]
)
def test_no_row_is_deleted(suggestion: Suggestion, checker: User, editor: User, model: Any) -> None:
    factories.published(checker, editor)
    refused(lambda: model.objects.all()._raw_delete("default"))
    refused(lambda: sql(f"DELETE FROM {model._meta.db_table}"))
    if (
        connection.vendor == "sqlite"
    ):  # a new id under an old key: SQLite would throw the old row away
        names = ", ".join(
            f'"{field.column}"'
            for field in model._meta.concrete_fields
            if field.column not in {"id", "public_id"}
        )
        taken = (
            f"INSERT OR REPLACE INTO {model._meta.db_table}"
            f" ({names}{', public_id' * hasattr(model, 'public_id')}) "
        )
        refused(
            lambda: sql(
                f"{taken}SELECT"
                f" {names}{', lower(hex(randomblob(16)))' * hasattr(model, 'public_id')} FROM"
                f" {model._meta.db_table}"
            )
        )


def test_a_name_changed_after_the_signature_is_not_published(checker: User, editor: User) -> None:
    claimant_name = Claimant.objects.create(name="Lena Brandt")
    somebody_else = Claimant.objects.create(name="Somebody else")
    renames: tuple[Callable[[Claim], object], ...] = (
        lambda claim: Claim.objects.filter(pk=claim.pk).update(claimant=somebody_else),
        lambda claim: Evidence.objects.filter(claim=claim).update(
            publisher_name="Another paper", version=F("version") + 1
        ),
        lambda claim: Rating.objects.update(definition="Another meaning."),
    )
    for rename in renames:
        claim = factories.ready(checker)
        Claim.objects.filter(pk=claim.pk).update(claimant=claimant_name)
        apply(claim, Action.SUBMIT, by=checker)
        apply(claim, Action.APPROVE, by=editor)
        rename(claim)
        with pytest.raises(GateError, match="changed after the verdict was approved"):
            apply(claim, Action.PUBLISH, by=editor)
