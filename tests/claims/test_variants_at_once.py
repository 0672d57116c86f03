"""Several people group, merge, copy and retract the same claims at the same moment: no
circle comes of it, and nothing is published that was retracted where it came from.
"""

import pytest

from claims.choices import Action, QuoteAccuracy
from claims.matching import variants
from claims.models import Claim, ClaimVariant, Recheck, Verdict
from claims.publication import verdict_copies
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import MoveData, apply
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.concurrency import Work, at_once, unforeseen

pytestmark = pytest.mark.django_db(transaction=True)


def _link(claim: Claim, other: Claim, by: User) -> Work:
    return lambda: variants.link(claim, other, by=by)


def _move(claim: Claim, action: Action, by: User, **data: object) -> Work:
    return lambda: apply(Claim.objects.get(pk=claim.pk), action, by=by, data=MoveData(**data))


def test_no_circle_and_no_second_canonical_claim(
    checker: User, second_checker: User, editor: User
) -> None:
    for _ in range(3):
        one, other, third = (factories.claim(checker) for _ in range(3))
        works = [
            _link(one, other, checker),
            _link(one, other, second_checker),
            _link(other, one, editor),
            _link(one, third, editor),
            _move(other, Action.MERGE, editor, into=third),
        ]
        assert unforeseen(at_once(*works)) == []
        links = ClaimVariant.objects.in_force()
        assert links.filter(claim=one).count() <= 1
        assert not links.filter(canonical__in=links.values("claim")).exists()
        assert not links.filter(canonical__status="merged").exists()
    assert verify().broken_at is None


def test_what_was_copied_is_retracted_while_it_is_published(
    checker: User, editor: User, second_editor: User
) -> None:
    for _ in range(3):
        canonical = factories.published(checker, editor)
        claim = factories.claim(checker)
        apply(claim, Action.TAKE, by=checker)
        variants.link(claim, canonical, by=checker)
        verdict_copies.copy_verdict(claim, by=checker, number=1)
        draft = claim.verdicts.get()
        accurate = VerdictDetails(
            draft.rating,
            draft.short_answer,
            draft.explanation,
            quote_accuracy=QuoteAccuracy.ACCURATE,
        )
        write_verdict(claim, by=checker, details=accurate)
        apply(claim, Action.SUBMIT, by=checker)
        apply(claim, Action.APPROVE, by=editor)
        results = at_once(
            _move(claim, Action.PUBLISH, editor),
            _move(canonical, Action.RETRACT, second_editor, note="Misread."),
        )
        assert unforeseen(results) == []
        # Whichever came first: not published, or with a recheck.
        published = Verdict.objects.published().filter(claim=claim).exists()
        assert published == Recheck.objects.pending().filter(claim=claim).exists()
