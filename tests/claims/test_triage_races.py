"""Two people decide on suggestions at the same moment, and each decision rests on the
other one.
"""

import pytest

from claims.choices import Status, SuggestionState
from claims.intake.triage import accept, already_checked
from claims.intake.undo import undo
from claims.models import Claim, Suggestion
from claims.workflow import WorkflowError
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import User
from tests.claims import triage_cases
from tests.claims.concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
ROUNDS = 12


def _pair(checker: User, number: int) -> tuple[Suggestion, Suggestion]:
    words = [f"Port Evers counted {number}{n} boats." for n in (1, 2)]
    article = triage_cases.article(checker, "\n".join(words))
    first, second = (
        triage_cases.suggestion(article, one, rank=rank) for rank, one in enumerate(words)
    )
    triage_cases.read(article)
    return first, second


def test_no_suggestion_is_checked_in_a_claim_that_is_taken_back(
    checker: User, editor: User
) -> None:
    for number in range(ROUNDS):
        first, second = _pair(checker, number)
        claim = accept(first, by=checker)
        results = at_once(
            lambda first=first: undo(first, by=checker),
            lambda second=second, claim=claim: already_checked(second, by=editor, claim=claim),
        )
        refused = [one for one in results if isinstance(one, Exception)]
        assert len(refused) == 1, results
        closed = Claim.objects.get(pk=claim.pk).status == Status.DECLINED
        second.refresh_from_db()
        assert closed != (second.state == SuggestionState.ALREADY_CHECKED), results
    assert verify().broken_at is None


def test_whoever_comes_second_is_told_why(checker: User, editor: User) -> None:
    first, second = _pair(checker, 0)
    claim = accept(first, by=checker)
    already_checked(second, by=editor, claim=claim)
    with pytest.raises(WorkflowError, match="Undo those first"):
        undo(first, by=checker)
    undo(second, by=editor)
    undo(first, by=checker)
    assert Claim.objects.get(pk=claim.pk).status == Status.DECLINED
