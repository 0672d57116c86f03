"""Two claims with everything a claim can have, merged and unmerged: their exports are
what they were.
"""

import json
from datetime import timedelta
from typing import Any

import pytest

from claims.choices import Action, QuoteState
from claims.desk import queries, right_of_reply, waivers
from claims.desk.queries import Question
from claims.desk.right_of_reply import ReplyRequestDetails, ReplyResult
from claims.evidence.attaching import EvidenceDetails, copy_from_duplicate
from claims.evidence.interviews import Note, attach_note
from claims.exchange.export import export
from claims.models import Claim
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "marrow-plum-31"


def _full(by: User, other: User, editor: User, state: str) -> Claim:
    """Evidence of all kinds, an assignee, replies, waivers, queries open and resolved,
    privileged too, and words.
    """
    claim = factories.claim(by)
    Claim.objects.filter(pk=claim.pk).update(claimant=factories.claimant("Mira Halloway"))
    apply(claim, Action.TAKE, by=by)
    factories.evidence(claim, by, quote="the page says", text="Something the page says.")
    missed = factories.evidence(claim, by, quote="not there", text="Another page.")
    factories.evidence(claim, by, capture=False)
    factories.withdrawn(factories.evidence(claim, by), by)
    factories.written(claim, by)
    attempt = right_of_reply.request_reply(
        claim,
        by=by,
        details=ReplyRequestDetails(person="Mira", channel="email", question="Which register?"),
    )
    right_of_reply.record_outcome(
        attempt, by=by, result=ReplyResult("answered", answer="That of 2024.")
    )
    right_of_reply.request_reply(
        claim,
        by=by,
        details=ReplyRequestDetails(
            person="Her office", channel="phone", question="And which page?"
        ),
    )
    assert missed.quote_state == QuoteState.NOT_FOUND
    waivers.waive(claim, by=editor, evidence=missed, reason="The page was scanned badly.")
    waivers.revoke(waivers.waive(claim, by=editor, reason="There is but one register."), by=editor)
    queries.resolve(
        queries.open_query(claim, by=other, question=Question("Who counted?", blocking=True)),
        by=other,
    )
    queries.post(
        queries.open_query(claim, by=other, question=Question("Which table?", evidence=missed)),
        by=by,
        text="Table 4.",
    )
    if state == "in_review":
        apply(claim, Action.SUBMIT, by=by)
    queries.open_query(
        claim, by=editor, question=Question(f"May we? {CANARY}", blocking=True, privileged=True)
    )
    if state == "on_hold":
        apply(claim, Action.HOLD, by=editor, data=factories.note("They may speak again."))
    return claim


def _exported(claim: Claim) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(export(Claim.objects.get(pk=claim.pk)))
    data.pop("history")
    data["claim"].pop("version")
    return data


@pytest.mark.parametrize("state", ["in_progress", "in_review", "on_hold"])
def test_the_exports_are_equal_before_and_after(
    checker: User, second_checker: User, editor: User, second_editor: User, state: str
) -> None:
    duplicate = _full(checker, second_checker, editor, state)
    survivor = _full(second_checker, checker, editor, "in_progress")
    before, privileged = (_exported(duplicate), _exported(survivor)), _privileged(duplicate)
    factories.merged(duplicate, survivor, editor)
    assert _exported(duplicate) != before[0]
    assert _exported(duplicate)["claim"]["merged_into"] == before[1]["claim"]["id"]
    apply(duplicate, Action.UNMERGE, by=second_editor)
    assert (_exported(duplicate), _exported(survivor)) == before
    assert _privileged(duplicate) == privileged


def _privileged(claim: Claim) -> list[Any]:
    rows = claim.queries.filter(privileged=True)
    return [
        *rows.values(),
        *rows.values("messages__text", "messages__by"),
        Claim.objects.get(pk=claim.pk).shared_with_legal,
    ]


def test_what_was_used_of_a_duplicate_stays_with_the_survivor_and_the_duplicate_keeps_its_own(
    checker: User, second_checker: User, editor: User
) -> None:
    duplicate, survivor = (
        _full(checker, second_checker, editor, "in_review"),
        factories.ready(checker),
    )
    before = _exported(duplicate)
    factories.merged(duplicate, survivor, editor)
    copy_from_duplicate(survivor, by=checker, evidence=duplicate.evidence.get(number=1))
    apply(duplicate, Action.UNMERGE, by=editor)
    assert _exported(duplicate) == before
    assert _exported(survivor)["evidence"][-1]["quote"] == "the page says"


def test_a_note_of_a_confidential_source_is_used_as_well_and_its_name_is_in_no_export(
    checker: User, editor: User
) -> None:
    duplicate, survivor = factories.claim(checker), factories.claim(checker)
    for claim in (duplicate, survivor):
        apply(claim, Action.TAKE, by=checker)
    told = Note(
        person="a gardener",
        channel="phone",
        held_at=clock.now() - timedelta(hours=1),
        text="They told us that half of the trees died.",
        confidential=True,
        real_name=f"Jo {CANARY}",
        contact=f"{CANARY}@mail.example",
    )
    item = attach_note(
        duplicate,
        by=checker,
        note=told,
        item=EvidenceDetails(url="", stance="refutes", finding="Half of them died."),
    )
    factories.merged(duplicate, survivor, editor)
    copy = copy_from_duplicate(survivor, by=checker, evidence=item)
    assert (copy.link, copy.capture, copy.claim) == (item.link, item.capture, survivor)
    for claim in (duplicate, survivor):
        text = export(Claim.objects.get(pk=claim.pk))
        assert CANARY not in text and "Half of them died." in text
