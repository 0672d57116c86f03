"""“Take next”, pressed by several people at the same moment."""

import pytest

from claims.desk.take_next import Next, newest_move, take_next
from claims.models import Claim
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.concurrency import at_once, unforeseen

pytestmark = pytest.mark.django_db(transaction=True)


def _taken(results: list[object]) -> list[Claim | None]:
    assert unforeseen(results) == []
    return [result.claim for result in results if isinstance(result, Next)]


def test_two_people_never_get_the_same_claim(checker: User, second_checker: User) -> None:
    for _ in range(10):
        first, second = factories.claim(checker), factories.claim(checker)
        took = _taken(at_once(lambda: take_next(checker), lambda: take_next(second_checker)))
        assert {claim.pk for claim in took if claim} == {first.pk, second.pk}
        for claim in (first, second):
            claim.refresh_from_db()
        assert {first.assignee, second.assignee} == {checker, second_checker}


def test_of_eight_people_and_three_claims_three_get_one(checker: User, desk: Desk) -> None:
    people = [factories.person(f"checker{number}", desk, "checker") for number in range(8)]
    claims = {factories.claim(checker).pk for _ in range(3)}
    took = _taken(at_once(*[lambda by=by: take_next(by) for by in people]))
    assert sorted(claim.pk for claim in took if claim) == sorted(claims)
    assert took.count(None) == 5


def test_a_double_click_takes_one(checker: User) -> None:
    for _ in range(2):
        factories.claim(checker)
    since = newest_move().first() or 0
    took = _taken(at_once(*[lambda: take_next(checker, since=since) for _ in range(4)]))
    assert len({claim.pk for claim in took if claim}) == 1
    assert Claim.objects.filter(assignee=checker).count() == 1
