"""Gates, merges and answers name no claim that the person asking may not see."""

from datetime import timedelta

import pytest

from claims.choices import Action
from claims.desk.queries import Question, open_query
from claims.evidence.editing import EvidenceText, edit_evidence
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.intake.triage import accept, already_checked
from claims.models import Claim, Evidence
from claims.publication.embargo import set_embargo
from claims.workflow import GateError, PossibleActions, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, Membership, User
from sources.claimants import describe
from tests import factories
from tests.project.api import Api

pytestmark = pytest.mark.django_db
HIDDEN = "The zoo lost a lemur."


def _freelancer(desk: Desk, role: str) -> User:
    person = factories.person(f"free_{role}", desk)
    Membership.objects.create(user=person, desk=desk, role=role, assigned_only=True)
    return person


def _merged(checker: User, editor: User, to: User) -> tuple[Claim, Claim]:
    """A claim given to `to`, and a duplicate of it that they do not see, with a query
    that blocks.
    """
    survivor, duplicate = factories.claim(checker), factories.claim(checker, text=HIDDEN)
    apply(survivor, Action.ASSIGN, by=editor, data=factories.MoveData(assignee=to))
    open_query(duplicate, by=checker, question=Question("Who counted?", blocking=True))
    return survivor, factories.merged(duplicate, survivor, editor)


def test_a_gate_names_a_duplicate_to_those_who_see_it(
    desk: Desk, checker: User, editor: User
) -> None:
    free = _freelancer(desk, "checker")
    survivor, _ = _merged(checker, editor, free)
    told = {
        person: " ".join(
            gap.text for gap in PossibleActions(survivor, person).missing(Action.SUBMIT)
        )
        for person in (free, checker)
    }
    assert "is blocking this claim" in told[free] and "lemur" not in told[free]
    assert HIDDEN in told[checker]
    shown = Api(free).get(f"claims/{survivor.public_id}/")
    assert "is blocking this claim" in shown.text and "lemur" not in shown.text


def test_an_embargo_of_a_hidden_duplicate_counts_and_is_not_shown(
    desk: Desk, checker: User, editor: User, second_editor: User
) -> None:
    free = _freelancer(desk, "editor")
    survivor = factories.claim(checker)
    apply(survivor, Action.ASSIGN, by=editor, data=factories.MoveData(assignee=free))
    factories.evidence(survivor, free)
    factories.evidence(survivor, free)
    factories.written(survivor, free)
    apply(survivor, Action.SUBMIT, by=free)
    apply(survivor, Action.APPROVE, by=editor)
    duplicate = factories.claim(checker, text=HIDDEN)
    set_embargo(duplicate, by=editor, until=clock.now() + timedelta(days=1))
    factories.merged(duplicate, survivor, second_editor)
    shown = Api(free).get(f"claims/{survivor.public_id}/")
    assert shown.json()["duplicates"] == [] and "lemur" not in shown.text
    [gap] = shown.json()["missing"]["publish"]
    assert gap["anchor"] == "duplicates" and "embargo" in gap["text"]


def test_a_merge_names_none_either(desk: Desk, checker: User, editor: User) -> None:
    free = _freelancer(desk, "editor")
    survivor, duplicate = _merged(checker, editor, free)
    mine = factories.claim(checker)
    apply(mine, Action.ASSIGN, by=editor, data=factories.MoveData(assignee=free))
    with pytest.raises(GateError) as refused:
        apply(survivor, Action.MERGE, by=free, data=factories.MoveData(into=mine))
    assert "merged into this one" in str(refused.value) and "lemur" not in str(refused.value)
    other = factories.claim(checker, text="The zoo has a new lemur.")
    apply(duplicate, Action.UNMERGE, by=editor)
    apply(survivor, Action.MERGE, by=editor, data=factories.MoveData(into=other))
    with pytest.raises(GateError, match="into another claim") as refused:
        apply(mine, Action.MERGE, by=free, data=factories.MoveData(into=survivor))
    assert "lemur" not in str(refused.value)
    moves = Api(free).get(f"claims/{survivor.public_id}/transitions/").json()["results"]
    assert [move["into"] for move in moves if move["action"] == "merge"] == [""]
    seen = Api(editor).get(f"claims/{survivor.public_id}/transitions/").json()["results"]
    assert str(other.public_id) in [move["into"] for move in seen]


def test_a_reporter_learns_no_id_of_a_claim_that_is_not_theirs(
    checker: User, reporter: User
) -> None:
    first, second = factories.article_read(reporter).suggestions.order_by("part", "rank")[:2]
    own, hidden = accept(first, by=checker), factories.claim(checker)
    already_checked(second, by=checker, claim=hidden)
    data = Api(reporter).get(f"suggestions/{second.public_id}/").json()
    assert data["state"] == "already_checked" and data["checked_in"] is None
    assert Api(reporter).get(f"suggestions/{first.public_id}/").json()["claim"] == str(
        own.public_id
    )
    assert Api(checker).get(f"suggestions/{second.public_id}/").json()["checked_in"] == str(
        hidden.public_id
    )


def test_a_dropped_correction_gives_the_claimant_back_also_when_renamed_meanwhile(
    checker: User, editor: User, ready: Claim
) -> None:
    lena, other = factories.claimant("Lena Brandt"), factories.claimant("Ole Brandt")

    def says(who: object) -> None:
        edit_claim(ready, by=editor, words=ClaimEdit(ready.text, who, None, "", None))
        factories.written(ready, editor)

    says(lena)
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE_AND_PUBLISH, by=editor)
    apply(
        ready,
        Action.CORRECT,
        by=editor,
        data=factories.MoveData(note="Somebody else said it.", category="correction"),
    )
    says(other)
    item = Evidence.objects.filter(claim=ready).first()
    assert item
    edit_evidence(item, by=editor, words=EvidenceText("refutes", "", "It shows half.", ""))
    describe(lena, by=editor, words=lena.signed_fields | {"name": "Lena Olsen"})
    apply(ready, Action.DROP_CORRECTION, by=editor, data=factories.note("They did say it."))
    ready.refresh_from_db()
    assert ready.claimant == lena
