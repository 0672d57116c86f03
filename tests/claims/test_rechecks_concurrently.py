"""Moves, sweeps and editors at the same moment: nobody gets stuck, no verdict waits
twice, none is forgotten.
"""

import pytest
from django.test import override_settings

from claims.choices import Action, RecheckCause, RecheckDecision
from claims.desk import right_of_reply
from claims.desk.right_of_reply import ReplyRequestDetails
from claims.models import Claim, Recheck
from claims.publication import rechecks
from claims.workflow import MoveData, apply
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests import factories
from tests.claims.concurrency import Work, at_once, unforeseen
from tests.claims.recheck_cases import cited, correct, publish_correction, published_citing, shelved

pytestmark = pytest.mark.django_db(transaction=True)
SITE = "https://facts.example"


def _move(claim: Claim, action: Action, by: User, **fields: str) -> Work:
    return lambda: apply(
        Claim.objects.get(pk=claim.pk),
        action,
        by=by,
        data=MoveData(note="It was misread.", **fields),
    )


@override_settings(SITE_URL=SITE)
def test_two_verdicts_that_cite_each_other_are_retracted_together(
    checker: User, editor: User, second_editor: User
) -> None:
    for _ in range(3):
        one = factories.published(checker, editor)
        other = published_citing(checker, editor, f"{SITE}/verdicts/{one.address}/")
        correct(one, editor, "typo")
        cited(one, editor, f"{SITE}/verdicts/{other.address}/")
        publish_correction(one, editor, second_editor)
        results = at_once(
            _move(one, Action.RETRACT, editor), _move(other, Action.RETRACT, second_editor)
        )
        assert unforeseen(results) == [] and verify().broken_at is None
        assert {claim.status for claim in Claim.objects.filter(pk__in=(one.pk, other.pk))} == {
            "retracted"
        }


@override_settings(SITE_URL=SITE)
def test_a_retraction_does_not_wait_for_the_work_on_what_cites_it(
    checker: User, editor: User, second_editor: User, published: Claim
) -> None:
    citing = published_citing(checker, editor, f"{SITE}/verdicts/{published.address}/")
    correct(citing, editor, "typo")
    Claim.objects.filter(pk=citing.pk).update(
        claimant=Claimant.objects.create(name="Mira Halloway")
    )
    asks = [
        lambda n=n: right_of_reply.request_reply(
            Claim.objects.get(pk=citing.pk),
            by=editor,
            details=ReplyRequestDetails("Mira Halloway", "email", f"Question {n}?"),
        )
        for n in range(6)
    ]
    results = at_once(_move(published, Action.RETRACT, second_editor), *asks)
    assert unforeseen(results) == []
    assert Recheck.objects.get().claim == citing


def test_a_sweep_and_a_correction_leave_one_answer(
    checker: User, editor: User, second_editor: User
) -> None:
    for _ in range(3):
        claim = shelved(checker, editor)
        correct(claim, editor)
        factories.written(claim, editor, answer="It planted half.")
        apply(claim, Action.SUBMIT, by=editor)
        results = at_once(
            _move(claim, Action.APPROVE_AND_PUBLISH, second_editor),
            rechecks.open_due,
            rechecks.open_due,
            _move(claim, Action.APPROVE_AND_PUBLISH, second_editor),
        )
        assert unforeseen(results) == []
        rows = list(claim.rechecks.filter(cause=RecheckCause.RECHECK_DATE))
        assert sum(task.pending for task in rows) <= 1
        assert all(
            task.decision in {RecheckDecision.PENDING, RecheckDecision.CORRECTED} for task in rows
        )
        assert not any(task.pending and task.verdict.number == 1 for task in rows)


@override_settings(SITE_URL=SITE)
def test_nothing_waits_on_what_was_retracted_meanwhile(
    checker: User, editor: User, second_editor: User
) -> None:
    for _ in range(4):
        wrong = factories.published(checker, editor)
        citing = published_citing(checker, editor, f"{SITE}/verdicts/{wrong.address}/")
        verdict = wrong.verdicts.get()
        results = at_once(
            lambda verdict=verdict: rechecks.request_rechecks(verdict, by=editor, note="Misread."),
            _move(citing, Action.RETRACT, second_editor),
        )
        assert unforeseen(results) == []
        assert not citing.rechecks.pending().exists()


@override_settings(SITE_URL=SITE)
def test_twenty_corrections_that_concern_each_other_lose_no_recheck(
    checker: User, editor: User, second_editor: User
) -> None:
    """Each verdict cites the one before it, and some are cited by one that stays."""
    chain = [factories.published(checker, editor)]
    while len(chain) < 20:
        chain.append(published_citing(checker, editor, _address(chain[-1])))
    staying = [published_citing(checker, editor, _address(one)) for one in chain[::3]]
    moves = [
        _move(one, Action.RETRACT, editor)
        if place % 2
        else _move(one, Action.CORRECT, second_editor, category="correction")
        for place, one in enumerate(chain)
    ]
    results = at_once(*moves)
    assert [one for one in results if isinstance(one, Exception)] == []
    for citing in staying:
        assert [one.verdict.claim_id for one in citing.rechecks.pending()] == [citing.pk]
    # Nothing waits of what was retracted; what is being corrected keeps its recheck.
    assert not any(one.rechecks.pending().exists() for one in chain[1::2])
    for one in chain[::2][1:]:
        assert one.rechecks.pending().count() == 1
    assert verify().broken_at is None


def _address(claim: Claim) -> str:
    claim.refresh_from_db()
    return f"{SITE}/verdicts/{claim.address}/"
