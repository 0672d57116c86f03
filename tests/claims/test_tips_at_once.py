"""One tip at two hands, and one sender at two browsers, at the same moment."""

from functools import partial

import pytest

from claims.intake.tip_decisions import close, join, make_claim, request_recheck
from claims.intake.tip_erasure import erase
from claims.intake.triage import ClaimDetails
from claims.models import Claim, ReaderTip, Recheck, Tip, TipMessage
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests.claims.concurrency import at_once, unforeseen
from tests.claims.tip_cases import asked_to_correct, sent

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_sent_twice_is_stored_once(desk: Desk) -> None:
    for number in range(3):
        results = at_once(*(partial(sent, desk, text=f"Text {number}."),) * 3)
        assert unforeseen(results) == [] and all(result == results[0] for result in results)
    assert Tip.objects.count() == TipMessage.objects.count() == 3


def test_of_two_decisions_one_counts(
    checker: User, editor: User, second_checker: User, published: Claim
) -> None:
    claim, details = published, ClaimDetails(text="It closes in May.")
    for number in range(3):
        tip = sent(claim.desk, text=f"Is it so, {number}?")
        results = at_once(
            partial(join, tip, by=checker, claim=claim),
            partial(make_claim, tip, by=second_checker, details=details),
            partial(close, tip, by=editor, reason="spam"),
        )
        assert unforeseen(results) == [] and sum(isinstance(one, Tip) for one in results) == 1
    requests = [asked_to_correct(claim), asked_to_correct(claim, email="")]
    results = at_once(*(partial(request_recheck, tip, by=editor, note="No.") for tip in requests))
    assert unforeseen(results) == [] and Recheck.objects.count() == 1
    decided = AuditEntry.objects.filter(object_type="claims.tip")
    assert decided.count() == Tip.objects.exclude(state="waiting").count() == 5


def test_nothing_personal_is_left_where_it_is_erased_while_it_becomes_a_claim(
    checker: User, editor: User
) -> None:
    for number in range(3):
        tip = sent(checker.memberships.get().desk, text=f"Is it so, {number}?")
        details = ClaimDetails(text=f"Claim {number}.")
        results = at_once(
            partial(make_claim, tip, by=checker, details=details), partial(erase, tip, by=editor)
        )
        assert unforeseen(results) == []
        if not isinstance(results[1], Tip):
            erase(tip, by=editor)
        assert not ReaderTip.objects.exclude(name="").exists()
        assert not TipMessage.objects.exclude(email="").exists()
    assert Claim.objects.count() == 3
