"""Many people at once on the same and on several claims: each move is made once, nobody
gets stuck, the chain holds.
"""

import threading
from typing import Any

import pytest
from django.db import transaction

from claims.bulk.kinds import KINDS
from claims.choices import Action, BulkKind, Status, SuggestionState
from claims.evidence import attaching
from claims.evidence.attaching import EvidenceDetails, attach, withdraw
from claims.evidence.quote_check import attach_capture
from claims.intake.triage import ClaimDetails, accept, create_claim, decline
from claims.models import Claim, Evidence, Suggestion, Verdict
from claims.rules.content import active_evidence
from claims.verdicts import writing
from claims.verdicts.writing import VerdictDetails
from claims.workflow import StaleError, WorkflowError, apply
from factcheck.ledger.audit_log import lock_head
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import User
from sources.cited_links import cite
from sources.ingest import submit_text
from sources.models import Link
from sources.watching import link_checks
from tests import factories
from tests.claims.concurrency import Work, at_once, unforeseen

pytestmark = pytest.mark.django_db(transaction=True)


def move(claim: Claim, action: Action, by: User, note: str = "") -> Work:
    return lambda: apply(
        Claim.objects.get(pk=claim.pk), action, by=by, data=factories.note(note) if note else None
    )


def words(claim: Claim, by: User, answer: str, version: int | None = None) -> Work:
    details = VerdictDetails(
        rating=factories.rating(), short_answer=answer, explanation="The register shows it."
    )
    return lambda: writing.write_verdict(
        Claim.objects.get(pk=claim.pk), by=by, details=details, expected_version=version
    )


def verdict_of(claim: Claim) -> Verdict:
    return claim.verdicts.get()


def test_articles_and_claims_of_one_desk_come_in_together(checker: User) -> None:
    desk = checker.memberships.get().desk
    works: list[Work] = [
        lambda n=n: create_claim(desk, by=checker, details=ClaimDetails(text=f"Claim {n}."))
        for n in range(8)
    ]
    works += [
        lambda n=n: submit_text(desk, by=checker, text=f"A text, number {n}.") for n in range(8)
    ]
    assert unforeseen(at_once(*works)) == []
    assert Claim.objects.count() == 8 and verify().broken_at is None


def test_no_signature_survives_an_edit_raced_against_the_approval(
    checker: User, editor: User, second_editor: User
) -> None:
    for number in range(5):
        claim = factories.submitted(checker)
        results = at_once(
            move(claim, Action.APPROVE_AND_PUBLISH, editor),
            words(claim, second_editor, f"Answer {number}."),
        )
        assert unforeseen(results) == []
        verdict = verdict_of(claim)
        edited = verdict.short_answer == f"Answer {number}."
        assert (verdict.state == "published") != edited  # whoever came first, the other was refused
        assert (
            verdict.state != "published" or '"short_answer":"It planted fewer."' in verdict.content
        )


def test_evidence_withdrawn_while_it_is_published(
    checker: User, editor: User, second_editor: User
) -> None:
    for _ in range(5):
        claim = factories.submitted(checker)
        item = active_evidence(claim)[0]
        results = at_once(
            move(claim, Action.APPROVE_AND_PUBLISH, editor),
            lambda item=item: withdraw(item, by=second_editor),
        )
        assert unforeseen(results) == []
        item.refresh_from_db()
        assert (verdict_of(claim).state == "published") == (item.withdrawn_at is None)


def test_published_or_recalled_and_never_both(checker: User, editor: User) -> None:
    for _ in range(5):
        claim = factories.approved(checker, editor)
        results = at_once(
            move(claim, Action.PUBLISH, editor),
            move(claim, Action.RECALL, checker, "A figure is wrong."),
        )
        assert (
            unforeseen(results) == []
            and len([r for r in results if isinstance(r, WorkflowError)]) == 1
        )
        claim.refresh_from_db()
        assert (claim.status, verdict_of(claim).state) in {
            (Status.PUBLISHED, "published"),
            (Status.IN_PROGRESS, "working"),
        }


def test_of_ten_who_take_it_one_has_it(checker: User, second_checker: User) -> None:
    claim = factories.claim(checker)
    results = at_once(*[move(claim, Action.TAKE, by) for by in (checker, second_checker) * 5])
    assert unforeseen(results) == []
    claim.refresh_from_db()
    assert claim.transitions.count() == 1 and claim.transitions.get().by == claim.assignee
    assert len([r for r in results if isinstance(r, WorkflowError)]) == 5


def test_a_suggestion_is_accepted_or_declined(
    suggestion: Suggestion, checker: User, second_checker: User
) -> None:
    results = at_once(
        *[lambda: accept(Suggestion.objects.get(pk=suggestion.pk), by=checker)] * 4,
        *[
            lambda: decline(
                Suggestion.objects.get(pk=suggestion.pk), by=second_checker, reason="opinion"
            )
        ]
        * 4,
    )
    assert unforeseen(results) == []
    suggestion.refresh_from_db()
    assert Claim.objects.filter(suggestion=suggestion).count() == (
        suggestion.state == SuggestionState.ACCEPTED
    )


def test_of_two_who_write_on_one_version_the_second_is_told(
    checker: User, editor: User, ready: Claim
) -> None:
    results = at_once(words(ready, checker, "Mine.", 1), words(ready, editor, "No, mine.", 1))
    assert [type(r) for r in results if isinstance(r, Exception)] == [StaleError]
    assert verdict_of(ready).version == 2 and verdict_of(ready).revisions.count() == 2


def test_of_two_who_write_the_first_words_the_second_is_told(checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    results = at_once(words(claim, checker, "Mine.", 0), words(claim, editor, "No, mine.", 0))
    assert [type(r) for r in results if isinstance(r, Exception)] == [StaleError]
    assert verdict_of(claim).revisions.count() == 1


def test_no_deadlock_between_claims_links_and_the_audit_head(
    checker: User, editor: User, second_editor: User
) -> None:
    claims = [factories.submitted(checker) for _ in range(4)]
    shared = [
        cite(f"https://shared{n}.example/page", desk=claims[0].desk, by=checker) for n in range(3)
    ]
    for place, claim in enumerate(claims):
        for link in shared if place % 2 else reversed(shared):
            details = EvidenceDetails(url=link.url, stance="context", finding="It tells of it.")
            attach(claim, by=editor, details=details)
        apply(claim, Action.SIGN, by=checker)
    captures = [factories.captured(link, f"Text of {link.url}") for link in shared]
    works: list[Work] = [move(claim, Action.APPROVE_AND_PUBLISH, editor) for claim in claims]
    works += [
        lambda item=item: attaching.check_quote_again(item, by=second_editor)
        for item in Evidence.objects.filter(link__in=shared)
    ]
    works += [
        lambda pair=pair: attach_capture(*pair) for pair in zip(shared, captures, strict=True)
    ]
    works += [
        lambda n=n: create_claim(
            claims[0].desk, by=checker, details=ClaimDetails(text=f"Claim {n}.")
        )
        for n in range(4)
    ]
    assert unforeseen(at_once(*works)) == []
    assert verify().broken_at is None


def test_links_checked_in_bulk_do_not_block_a_worker_that_stores_a_check(
    checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = factories.ready(checker)
    link = claim.evidence.latest("link").link
    held, logged, log = threading.Event(), threading.Event(), link_checks.log_change

    def log_change(*args: Any, **kwargs: Any) -> None:
        log(*args, **kwargs)
        logged.set()

    def store_check() -> None:
        with transaction.atomic():
            Link.objects.select_for_update(no_key=True).get(pk=link.pk)
            held.set()
            logged.wait(0.5)  # never comes, where the links are locked first
            lock_head()

    def check_all() -> None:
        held.wait(5)
        with transaction.atomic():
            KINDS[BulkKind.CHECK_LINKS].do(Claim.objects.get(pk=claim.pk), checker, {}, 0)

    monkeypatch.setattr(link_checks, "log_change", log_change)
    assert unforeseen(at_once(store_check, check_all)) == [] and verify().broken_at is None
