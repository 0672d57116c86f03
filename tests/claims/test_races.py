"""Races that editors really run: twenty presses of one button, a signature against an
edit, eight people in one text.
"""

import itertools
import os
import threading
from collections import Counter

import pytest

from claims.choices import Action, Stance, Status
from claims.evidence.attaching import EvidenceDetails, attach, withdraw
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim, Verdict
from claims.rules import content
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import StaleError, WorkflowError, apply
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.concurrency import REFUSALS, Work, at_once, in_rounds, unforeseen

pytestmark = pytest.mark.django_db(transaction=True)
# Rounds of two edits, a first signature and a second one. RACE_ROUNDS=500 makes each
# kind 1,000; CI takes fewer, every time.
ROUNDS = int(os.environ.get("RACE_ROUNDS", "100"))


def _editors(desk_of: User, count: int) -> list[User]:
    desk = desk_of.memberships.get().desk
    return [factories.person(f"editor{number}", desk, "editor") for number in range(count)]


def _fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.parametrize("action", [Action.APPROVE, Action.PUBLISH, Action.APPROVE_AND_PUBLISH])
def test_of_twenty_editors_at_once_one_does_it(checker: User, editor: User, action: Action) -> None:
    claim = (
        factories.approved(checker, editor)
        if action == Action.PUBLISH
        else factories.submitted(checker)
    )
    editors = _editors(checker, 20)
    results = at_once(*[lambda by=by: apply(_fresh(claim), action, by=by) for by in editors])
    assert unforeseen(results) == []
    assert len([one for one in results if isinstance(one, WorkflowError)]) == 19
    left = Action.PUBLISH if action == Action.APPROVE_AND_PUBLISH else action
    assert claim.transitions.filter(action=left).count() == 1
    assert claim.transitions.filter(action=Action.APPROVE).count() == 1
    verdict = claim.verdicts.get()
    assert verdict.state == ("approved" if action == Action.APPROVE else "published")
    assert (
        {verdict.author_hash, verdict.approver_hash}
        == {verdict.content_hash}
        == {content.build_content(_fresh(claim), verdict).hash}
    )


@pytest.mark.parametrize("action", [Action.APPROVE, Action.APPROVE_AND_PUBLISH])
def test_twenty_presses_of_one_editor_are_one_move(
    editor: User, action: Action, submitted: Claim
) -> None:
    version = submitted.version
    results = at_once(
        *[lambda: apply(_fresh(submitted), action, by=editor, expected_version=version)] * 20
    )
    assert unforeseen(results) == [] and len({getattr(one, "pk", one) for one in results}) == 1
    assert submitted.transitions.filter(action=Action.APPROVE).count() == 1


class Edits:
    """An edit after the other, each of another kind: words of the verdict, of the
    claim, evidence in and out again.
    """

    def __init__(self, claim: Claim, by: User) -> None:
        self.claim, self.by, self.numbers, self.made = claim, by, itertools.count(1), list[int]()
        self.more = EvidenceDetails(
            url="https://more.example/", stance=Stance.CONTEXT, finding="It tells more."
        )
        self.rating = factories.rating()

    def __call__(self) -> None:
        number, claim = (
            next(self.numbers),
            _fresh(self.claim),
        )  # next() on a count is one step, whoever calls it
        if number % 4 == 0:
            edit_claim(
                claim,
                by=self.by,
                words=ClaimEdit(f"The city planted {number} trees.", None, None, "", None),
            )
        elif number % 4 == 2:
            item = claim.evidence.filter(link__url=self.more.url, withdrawn_at=None).first()
            if item:
                withdraw(item, by=self.by)
            else:
                attach(claim, by=self.by, details=self.more)
        else:
            write_verdict(
                claim,
                by=self.by,
                details=VerdictDetails(self.rating, f"Answer {number}.", "The register shows it."),
            )
        self.made.append(number)


def test_a_signature_never_survives_an_edit(
    checker: User,
    editor: User,
    second_editor: User,
    capsys: pytest.CaptureFixture[str],
    submitted: Claim,
) -> None:
    edit, told = Edits(submitted, second_editor), Counter[str]()

    def sign() -> object:
        return apply(_fresh(submitted), Action.SIGN, by=checker)

    def approve() -> object:
        return apply(_fresh(submitted), Action.APPROVE, by=editor)

    def after(results: list[object]) -> None:
        assert unforeseen(results) == []
        verdict = Verdict.objects.select_related("rating__scale").get()
        if verdict.state == "working":
            assert isinstance(results[-1], REFUSALS) and verdict.approver_id is None
            told["approvals refused"] += 1
            return
        now = content.build_content(_fresh(submitted), verdict)
        assert verdict.content == now.text
        assert {verdict.author_hash, verdict.approver_hash, verdict.content_hash} == {now.hash}
        told["approved as signed"] += 1
        apply(_fresh(submitted), Action.RECALL, by=editor, data=factories.note("Once more."))
        apply(_fresh(submitted), Action.SUBMIT, by=checker)

    in_rounds(ROUNDS, [edit, edit, sign, approve], after)
    assert told["approved as signed"] + told["approvals refused"] == ROUNDS
    edits = len(edit.made)
    assert (
        edits and told["approved as signed"] and told["approvals refused"]
    )  # else nothing was raced
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{2 * ROUNDS} edits raced {2 * ROUNDS} signatures: {edits} edits made, {dict(told)}"
        )


@pytest.mark.both
def test_of_800_edits_of_one_verdict_none_is_lost_in_silence(
    checker: User, editor: User, capsys: pytest.CaptureFixture[str], ready: Claim
) -> None:
    rating, accepted, refused = factories.rating(), [], []
    lock = threading.Lock()

    def write(by: User, name: int) -> Work:
        def run() -> None:
            for number in range(100):
                seen = ready.verdicts.values_list("version", flat=True).get()
                words = VerdictDetails(
                    rating, f"Answer {number} of {name}.", "The register shows it."
                )
                try:
                    saved = write_verdict(ready, by=by, details=words, expected_version=seen)
                    with lock:
                        accepted.append((seen, saved.version, saved.short_answer))
                except StaleError as stale:
                    with lock:
                        refused.append(stale)

        return run

    assert (
        unforeseen(at_once(*[write((checker, editor)[name % 2], name) for name in range(8)])) == []
    )
    verdict = ready.verdicts.get()
    assert len(accepted) + len(refused) == 800
    kept = list(verdict.revisions.order_by("number").values_list("number", "short_answer"))[
        1:
    ]  # the first is the factory's
    assert kept == sorted((version, answer) for _, version, answer in accepted)
    assert all(
        version == seen + 1 for seen, version, _ in accepted
    )  # each stands on what its writer had read
    assert (verdict.version, verdict.short_answer) == kept[-1] and _fresh(
        ready
    ).status == Status.IN_PROGRESS
    assert verify().broken_at is None
    with capsys.disabled():
        print(  # noqa: T201
            f"\n8 times 100 edits: {len(accepted)} accepted + {len(refused)} refused = 800, lost in"
            " silence: 0"
        )
