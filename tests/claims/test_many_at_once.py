"""Many people at once on the same and on several claims: each move is made once, nobody gets stuck, the chain holds."""

import threading
from collections.abc import Callable, Iterable

import pytest
from django.db import connection, transaction

from claims import checking
from claims.checking import EvidenceDetails, VerdictDetails, attach, pin_capture, withdraw
from claims.choices import Action, Status, SuggestionState
from claims.models import Claim, Evidence, Suggestion, Verdict
from claims.publishing import signature_holds, standing_evidence
from claims.triage import ClaimDetails, accept, create_claim, decline
from claims.workflow import GateError, StaleError, WorkflowError, apply
from factcheck.ledger.verify import verify
from factcheck.newsroom.models import User
from sources.ingest import cite, submit_text
from sources.models import Capture, Link
from tests import factories
from tests.project.api import Api

pytestmark = pytest.mark.django_db(transaction=True)
REFUSALS = (WorkflowError, StaleError, GateError)
Work = Callable[[], object]


def at_once(*works: Work) -> list[object]:
    """Each in a thread and a connection of its own, started together: what it returned, or what it raised."""
    gate, results = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Work) -> None:
        try:
            gate.wait()
            results[place] = work()
        except Exception as error:  # noqa: BLE001 (whatever it is, the test looks at it)
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def unforeseen(results: Iterable[object]) -> list[object]:
    """Deadlocks, broken constraints and the like: everything but a refusal in words."""
    return [result for result in results if isinstance(result, Exception) and not isinstance(result, REFUSALS)]


def move(claim: Claim, action: Action, by: User, note: str = "") -> Work:
    return lambda: apply(Claim.objects.get(pk=claim.pk), action, by=by, data=factories.note(note) if note else None)


def words(claim: Claim, by: User, answer: str, version: int | None = None) -> Work:
    details = VerdictDetails(rating=factories.rating(), short_answer=answer, explanation="The register shows it.")
    return lambda: checking.write_verdict(Claim.objects.get(pk=claim.pk), by=by, details=details, expected_version=version)


def verdict_of(claim: Claim) -> Verdict:
    return claim.verdicts.get()


def test_articles_and_claims_of_one_desk_come_in_together(checker: User) -> None:
    desk = checker.memberships.get().desk
    works: list[Work] = [lambda n=n: create_claim(desk, by=checker, details=ClaimDetails(text=f"Claim {n}.")) for n in range(8)]
    works += [lambda n=n: submit_text(desk, by=checker, text=f"A text, number {n}.") for n in range(8)]
    assert unforeseen(at_once(*works)) == []
    assert Claim.objects.count() == 8 and verify().broken_at is None


def test_no_signature_survives_an_edit_raced_against_the_approval(checker: User, editor: User, second_editor: User) -> None:
    for number in range(5):
        claim = factories.submitted(checker)
        results = at_once(move(claim, Action.APPROVE_AND_PUBLISH, editor), words(claim, second_editor, f"Answer {number}."))
        assert unforeseen(results) == []
        verdict = verdict_of(claim)
        edited = verdict.short_answer == f"Answer {number}."
        assert (verdict.state == "published") != edited  # whoever came first, the other was refused
        assert verdict.state != "published" or '"short_answer":"It planted fewer."' in verdict.content


def test_evidence_withdrawn_while_it_is_published(checker: User, editor: User, second_editor: User) -> None:
    for _ in range(5):
        claim = factories.submitted(checker)
        item = standing_evidence(claim)[0]
        results = at_once(move(claim, Action.APPROVE_AND_PUBLISH, editor), lambda item=item: withdraw(item, by=second_editor))
        assert unforeseen(results) == []
        item.refresh_from_db()
        assert (verdict_of(claim).state == "published") == (item.withdrawn_at is None)


def test_published_or_recalled_and_never_both(checker: User, editor: User) -> None:
    for _ in range(5):
        claim = factories.approved(checker, editor)
        results = at_once(move(claim, Action.PUBLISH, editor), move(claim, Action.RECALL, checker, "A figure is wrong."))
        assert unforeseen(results) == [] and len([r for r in results if isinstance(r, WorkflowError)]) == 1
        claim.refresh_from_db()
        assert (claim.status, verdict_of(claim).state) in {(Status.PUBLISHED, "published"), (Status.IN_PROGRESS, "working")}


def test_of_ten_who_take_it_one_has_it(checker: User, second_checker: User) -> None:
    claim = factories.claim(checker)
    results = at_once(*[move(claim, Action.TAKE, by) for by in (checker, second_checker) * 5])
    assert unforeseen(results) == []
    claim.refresh_from_db()
    assert claim.transitions.count() == 1 and claim.transitions.get().by == claim.assignee
    assert len([r for r in results if isinstance(r, WorkflowError)]) == 5


def test_a_suggestion_is_accepted_or_declined(suggestion: Suggestion, checker: User, second_checker: User) -> None:
    results = at_once(
        *[lambda: accept(Suggestion.objects.get(pk=suggestion.pk), by=checker)] * 4,
        *[lambda: decline(Suggestion.objects.get(pk=suggestion.pk), by=second_checker, reason="opinion")] * 4,
    )
    assert unforeseen(results) == []
    suggestion.refresh_from_db()
    assert Claim.objects.filter(suggestion=suggestion).count() == (suggestion.state == SuggestionState.ACCEPTED)


def test_of_two_who_write_on_one_version_the_second_is_told(checker: User, editor: User) -> None:
    claim = factories.ready(checker)
    results = at_once(words(claim, checker, "Mine.", 1), words(claim, editor, "No, mine.", 1))
    assert [type(r) for r in results if isinstance(r, Exception)] == [StaleError]
    assert verdict_of(claim).version == 2 and verdict_of(claim).revisions.count() == 2


def test_of_two_who_write_the_first_words_the_second_is_told(checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    results = at_once(words(claim, checker, "Mine.", 0), words(claim, editor, "No, mine.", 0))
    assert [type(r) for r in results if isinstance(r, Exception)] == [StaleError]
    assert verdict_of(claim).revisions.count() == 1


def test_a_capture_that_arrives_during_the_signature_changes_nothing_signed(checker: User) -> None:
    claim = factories.ready(checker)
    late = factories.evidence(claim, checker, capture=False)
    signed, pinned = threading.Event(), threading.Event()

    def sign() -> None:
        with transaction.atomic():
            apply(Claim.objects.get(pk=claim.pk), Action.SUBMIT, by=checker)
            signed.set()
            pinned.wait(0.5)  # a capture that does not wait for this signature arrives now

    def capture() -> None:
        signed.wait(10)
        factories.captured(late.link, "What the page says.")
        pinned.set()

    assert unforeseen(at_once(sign, capture)) == []
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW
    assert signature_holds(claim, verdict_of(claim), standing_evidence(claim))


def test_no_deadlock_between_claims_links_and_the_audit_head(checker: User, editor: User, second_editor: User) -> None:
    claims = [factories.submitted(checker) for _ in range(4)]
    shared = [cite(f"https://shared{n}.example/page", desk=claims[0].desk, by=checker) for n in range(3)]
    for place, claim in enumerate(claims):
        for link in shared if place % 2 else reversed(shared):
            details = EvidenceDetails(url=link.url, stance="context", finding="It tells of it.")
            attach(claim, by=editor, details=details)
        apply(claim, Action.SIGN, by=checker)
    captures = [factories.captured(link, f"Text of {link.url}") for link in shared]
    works: list[Work] = [move(claim, Action.APPROVE_AND_PUBLISH, editor) for claim in claims]
    works += [lambda item=item: checking.recheck_quote(item, by=second_editor) for item in Evidence.objects.filter(link__in=shared)]
    works += [lambda pair=pair: pin_capture(*pair) for pair in zip(shared, captures, strict=True)]
    works += [lambda n=n: create_claim(claims[0].desk, by=checker, details=ClaimDetails(text=f"Claim {n}.")) for n in range(4)]
    assert unforeseen(at_once(*works)) == []
    assert verify().broken_at is None


def test_a_capture_that_arrives_on_hold_changes_nothing_signed(checker: User, editor: User) -> None:
    claim = factories.ready(checker)
    late = factories.evidence(claim, checker, capture=False)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.HOLD, by=editor, data=factories.note("The court decides tomorrow."))
    factories.captured(late.link, "What the page says.")
    apply(claim, Action.RESUME, by=editor)
    assert apply(claim, Action.APPROVE, by=editor).to_status == Status.APPROVED


def test_a_quote_is_looked_up_again_while_a_worker_stores_the_page(checker: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    item = factories.evidence(claim, checker, capture=False)
    link, api, held, answered = item.link, Api(checker), threading.Event(), threading.Event()
    kept = Capture.objects.create(
        desk=link.desk, url=link.url, text="A page.", text_sha256="1", body_sha256="1", captured_at=claim.created_at
    )

    def store() -> None:
        with transaction.atomic():
            locked = Link.objects.select_for_update(no_key=True).get(pk=link.pk)
            held.set()
            answered.wait(0.5)  # the request has got as far as it can
            pin_capture(locked, kept)

    def recheck() -> int:
        held.wait(10)
        status = int(api.post(f"evidence/{item.public_id}/recheck/").status_code)
        answered.set()
        return status

    assert at_once(store, recheck) == [None, 200]
