"""Many merges at the same moment: nobody gets stuck, no circle comes of it, and each
happens once.
"""

import pytest

from claims.choices import Action, Status
from claims.desk.queries import Question, open_query
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.concurrency import Work, at_once, unforeseen

pytestmark = pytest.mark.django_db(transaction=True)


def merge(claim: Claim, into: Claim, by: User) -> Work:
    return lambda: apply(
        Claim.objects.get(pk=claim.pk),
        Action.MERGE,
        by=by,
        data=MoveData(into=Claim.objects.get(pk=into.pk)),
    )


def publish(claim: Claim, by: User) -> Work:
    return lambda: apply(Claim.objects.get(pk=claim.pk), Action.PUBLISH, by=by)


def unmerge(claim: Claim, by: User) -> Work:
    return lambda: apply(Claim.objects.get(pk=claim.pk), Action.UNMERGE, by=by)


def _no_chains() -> bool:
    return (
        not Claim.objects.filter(merged_into__merged_into__isnull=False).exists()
        and verify().broken_at is None
    )


def test_of_two_opposite_merges_one_is_made(
    checker: User, editor: User, second_editor: User
) -> None:
    for _ in range(5):
        first, second = factories.claim(checker), factories.claim(checker)
        results = at_once(merge(first, second, editor), merge(second, first, second_editor))
        assert unforeseen(results) == []
        assert Claim.objects.filter(pk__in=[first.pk, second.pk], status=Status.MERGED).count() == 1
    assert _no_chains()


def test_no_circle_comes_of_three(checker: User, editor: User, second_editor: User) -> None:
    for _ in range(3):
        claims = [factories.claim(checker) for _ in range(3)]
        works = [
            merge(claims[n], claims[(n + 1) % 3], by)
            for n in range(3)
            for by in (editor, second_editor)
        ]
        assert unforeseen(at_once(*works)) == []
        assert (
            Claim.objects.filter(pk__in=[claim.pk for claim in claims])
            .exclude(status=Status.MERGED)
            .exists()
        )
        assert _no_chains()


def test_of_ten_who_merge_it_one_did(checker: User, editor: User, second_editor: User) -> None:
    claim, other = factories.claim(checker), factories.claim(checker)
    assert (
        unforeseen(at_once(*[merge(claim, other, by) for by in (editor, second_editor) * 5])) == []
    )
    assert claim.transitions.count() == 1
    assert unforeseen(at_once(*[unmerge(claim, by) for by in (editor, second_editor) * 5])) == []
    assert claim.transitions.count() == 2


def test_merged_while_it_is_published_it_is_one_of_the_two(
    checker: User, editor: User, second_editor: User
) -> None:
    for _ in range(3):
        claim, other = factories.approved(checker, editor), factories.claim(checker)
        assert unforeseen(at_once(publish(claim, editor), merge(claim, other, second_editor))) == []
        claim.refresh_from_db()
        assert (claim.status, claim.verdicts.get().state) in {
            (Status.PUBLISHED, "published"),
            (Status.MERGED, "approved"),
        }


def test_a_blocking_query_that_comes_by_a_merge_is_not_overtaken(
    checker: User, second_checker: User, editor: User, second_editor: User
) -> None:
    for _ in range(3):
        survivor, duplicate = factories.approved(checker, editor), factories.claim(checker)
        open_query(duplicate, by=second_checker, question=Question("Who counted?", blocking=True))
        assert (
            unforeseen(
                at_once(publish(survivor, editor), merge(duplicate, survivor, second_editor))
            )
            == []
        )
        published = survivor.transitions.filter(action="publish").first()
        folded = duplicate.transitions.get(action="merge")
        assert published is None or published.at <= folded.at
