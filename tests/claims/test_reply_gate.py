"""A named claimant was asked, and answered or let the deadline pass, before a verdict
that needs it is signed.
"""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.choices import Action, Channel, ReplyOutcome
from claims.desk.right_of_reply import (
    ReplyRequestDetails,
    ReplyResult,
    record_outcome,
    request_reply,
)
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim, Rating, ReplyRequest
from claims.workflow import GateError, WorkflowError, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests import factories
from tests.claims.public_pages import page

pytestmark = pytest.mark.django_db
ASKED = ReplyRequestDetails(
    person="Mira Halloway", channel=Channel.EMAIL, question="Which register do you mean?"
)


def _long_ago() -> ReplyRequestDetails:
    sent = clock.now() - timedelta(days=3)
    return ReplyRequestDetails(
        **{name: getattr(ASKED, name) for name in ("person", "channel", "question")}, sent_at=sent
    )


def _named(by: User, name: str = "Mira Halloway") -> Claim:
    claim = factories.ready(by)
    Rating.objects.update(needs_reply=True)
    _name(claim, by, name)
    return claim


def _name(claim: Claim, by: User, name: str) -> None:
    who = Claimant.objects.get_or_create(name=name)[0]
    edit_claim(claim, by=by, words=ClaimEdit(claim.text, who, None, "", None))
    factories.written(claim, by)  # whether it was said is asked anew of another claimant


def _blocked(claim: Claim, by: User, words: str) -> None:
    with pytest.raises(GateError, match=words) as refused:
        apply(claim, Action.SUBMIT, by=by)
    assert {gap.code for gap in refused.value.missing} == {"reply"}


def test_nobody_signs_before_the_claimant_was_asked(checker: User) -> None:
    claim = _named(checker)
    _blocked(claim, checker, "Ask Mira Halloway")
    request_reply(claim, by=checker, details=ASKED)
    _blocked(claim, checker, "has until")


def test_an_answer_is_signed_and_printed(client: Client, checker: User, editor: User) -> None:
    claim = _named(checker)
    record_outcome(
        request_reply(claim, by=checker, details=ASKED),
        by=checker,
        result=ReplyResult("answered", answer="The one of the park office."),
    )
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    data = json.loads(claim.verdicts.get().content)["replies"][0]
    assert (data["question"], data["answer"], data["late"]) == (
        ASKED.question,
        "The one of the park office.",
        False,
    )
    shown = client.get(page(claim)).text
    assert ASKED.question in shown and "The one of the park office." in shown


def test_a_deadline_that_passed_without_reply_suffices_once_it_is_written_down(
    client: Client, checker: User, editor: User
) -> None:
    claim = _named(checker)
    attempt = request_reply(claim, by=checker, details=_long_ago())
    assert attempt.deadline_at - attempt.sent_at == timedelta(hours=claim.desk.reply_hours)
    _blocked(claim, checker, "deadline of Mira Halloway has passed")
    record_outcome(attempt, by=checker, result=ReplyResult("no_reply"))
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    assert "No reply by the deadline" in client.get(page(claim)).text


def test_silence_counts_only_after_the_deadline(checker: User) -> None:
    attempt = request_reply(_named(checker), by=checker, details=ASKED)
    with pytest.raises(WorkflowError, match="has not passed yet"):
        record_outcome(attempt, by=checker, result=ReplyResult("no_reply"))
    with pytest.raises(DatabaseError), transaction.atomic():
        ReplyRequest.objects.update(outcome=ReplyOutcome.NO_REPLY, outcome_at=clock.now())


def test_not_possible_needs_a_reason_that_is_printed(
    client: Client, checker: User, editor: User
) -> None:
    claim = _named(checker)
    attempt = request_reply(claim, by=checker, details=ASKED)
    with pytest.raises(ValidationError, match="why it was not possible"):
        record_outcome(attempt, by=checker, result=ReplyResult("not_possible"))
    request_reply(
        claim,
        by=checker,
        details=ReplyRequestDetails(
            person="Mira Halloway", channel=Channel.LETTER, reason="She died in March."
        ),
    )
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    assert "She died in March." in client.get(page(claim)).text


def test_a_late_reply_is_kept_and_called_late(client: Client, checker: User, editor: User) -> None:
    claim = _named(checker)
    attempt = request_reply(claim, by=checker, details=_long_ago())
    record_outcome(attempt, by=checker, result=ReplyResult("no_reply"))
    assert record_outcome(
        attempt, by=checker, result=ReplyResult("answered", answer="Sorry, I was away.")
    ).late
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    shown = client.get(page(claim)).text
    assert "This reply arrived on" in shown and "Sorry, I was away." in shown


def test_a_reply_after_publication_is_kept_and_changes_nothing_readers_see(
    client: Client, checker: User, editor: User
) -> None:
    claim = _named(checker)
    attempt = request_reply(claim, by=checker, details=_long_ago())
    record_outcome(attempt, by=checker, result=ReplyResult("no_reply"))
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    before = client.get(page(claim)).text
    assert record_outcome(
        attempt, by=editor, result=ReplyResult("answered", answer="Now I read it.")
    ).late
    assert client.get(page(claim)).text == before and "Now I read it." not in before


def test_asking_one_person_does_not_count_for_another(checker: User) -> None:
    claim = _named(checker)
    record_outcome(
        request_reply(claim, by=checker, details=ASKED),
        by=checker,
        result=ReplyResult("answered", answer="Yes."),
    )
    _name(claim, checker, "Jon Okafor")
    claim.refresh_from_db()
    _blocked(claim, checker, "Ask Jon Okafor")


def test_a_claim_of_nobody_and_a_rating_that_needs_none_pass(checker: User, ready: Claim) -> None:
    Rating.objects.update(needs_reply=True)
    apply(ready, Action.SUBMIT, by=checker)
    named = _named(checker)
    Rating.objects.update(needs_reply=False)
    apply(named, Action.SUBMIT, by=checker)


def test_the_wrong_person_writes_nothing_down(
    checker: User, second_checker: User, auditor: User, outsider: User
) -> None:
    claim = _named(checker)
    for colleague in (second_checker, auditor):
        with pytest.raises(PermissionDenied):
            request_reply(claim, by=colleague, details=ASKED)
    with pytest.raises(Claim.DoesNotExist):
        request_reply(claim, by=outsider, details=ASKED)
    assert not ReplyRequest.objects.exists()


def test_writing_it_down_twice_writes_it_once(checker: User) -> None:
    claim = _named(checker)
    first = request_reply(claim, by=checker, details=ASKED)
    assert request_reply(claim, by=checker, details=ASKED) == first
    answered = ReplyResult("answered", answer="Yes.")
    assert (
        record_outcome(first, by=checker, result=answered).outcome_at
        == record_outcome(first, by=checker, result=answered).outcome_at
    )


def test_an_answer_is_never_reworded(checker: User) -> None:
    attempt = request_reply(_named(checker), by=checker, details=ASKED)
    record_outcome(attempt, by=checker, result=ReplyResult("answered", answer="Yes."))
    with pytest.raises(WorkflowError, match="already recorded"):
        record_outcome(attempt, by=checker, result=ReplyResult("answered", answer="No."))
    for statement in (
        "UPDATE claims_replyrequest SET answer = 'No.'",
        "DELETE FROM claims_replyrequest",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_no_sql_publishes_what_the_claimant_was_not_asked_about(approved: Claim) -> None:
    Rating.objects.update(needs_reply=True)
    Claim.objects.filter(pk=approved.pk).update(
        claimant=Claimant.objects.create(name="Mira Halloway")
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_verdict SET state = 'published', published_at = approver_signed_at,"
            " published_by_id = approver_id"
        )


@pytest.mark.parametrize("words", [{"question": " "}, {"person": ""}, {"channel": "pigeon"}])
def test_an_attempt_that_says_nothing_is_refused(checker: User, words: dict[str, str]) -> None:
    claim, details = (
        _named(checker),
        {name: getattr(ASKED, name) for name in ("person", "channel", "question")},
    )
    with pytest.raises(ValidationError):
        request_reply(claim, by=checker, details=ReplyRequestDetails(**(details | words)))


def test_a_deadline_lies_after_the_question_and_the_question_in_the_past(checker: User) -> None:
    claim, now = _named(checker), clock.now()
    details = {name: getattr(ASKED, name) for name in ("person", "channel", "question")}
    for wrong in (
        ReplyRequestDetails(**details, sent_at=now + timedelta(hours=1)),
        ReplyRequestDetails(**details, deadline_at=now - timedelta(hours=1)),
    ):
        with pytest.raises(ValidationError):
            request_reply(claim, by=checker, details=wrong)
