"""A duplicate folds into another claim of its desk, is closed there, and comes back as
it was.
"""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from claims.choices import Action, Status
from claims.desk import queries, right_of_reply, waivers
from claims.desk.queries import Question
from claims.desk.right_of_reply import ReplyRequestDetails
from claims.evidence import attaching
from claims.evidence.attaching import EvidenceDetails
from claims.intake import claim_editing
from claims.intake.claim_editing import ClaimEdit
from claims.models import Claim, Transition
from claims.verdicts import writing
from claims.verdicts.writing import VerdictDetails
from claims.workflow import GateError, MoveData, StaleError, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db
Make = Callable[[User, User], Claim]


def _on_hold(checker: User, editor: User) -> Claim:
    claim = factories.submitted(checker)
    apply(claim, Action.HOLD, by=editor, data=factories.note("The minister may speak again."))
    return claim


STATES: dict[str, Make] = {
    "open": lambda checker, _: factories.claim(checker),
    "in_progress": lambda checker, _: factories.ready(checker),
    "in_review": lambda checker, _: factories.submitted(checker),
    "approved": factories.approved,
    "on_hold": _on_hold,
}


def _row(claim: Claim) -> dict[str, object]:
    row = dict(Claim.objects.values().get(pk=claim.pk))
    return {name: value for name, value in row.items() if name not in {"moves", "version"}}


@pytest.mark.parametrize("state", STATES)
def test_it_is_merged_from_every_state_before_publication_and_back(
    checker: User, editor: User, state: str
) -> None:
    claim, other = STATES[state](checker, editor), factories.claim(checker)
    before, verdict, target = _row(claim), list(claim.verdicts.values()), _row(other)
    factories.merged(claim, other, editor)
    assert (claim.status, claim.merged_into, claim.merged_from) == (Status.MERGED, other, state)
    apply(claim, Action.UNMERGE, by=editor)
    assert (_row(claim), list(claim.verdicts.values()), _row(other)) == (before, verdict, target)


def test_it_goes_on_after_it_came_back(checker: User, editor: User) -> None:
    held, approved, other = (
        _on_hold(checker, editor),
        factories.approved(checker, editor),
        factories.claim(checker),
    )
    for claim in (held, approved):
        factories.merged(claim, other, editor)
        apply(claim, Action.UNMERGE, by=editor)
    apply(held, Action.RESUME, by=editor)
    apply(approved, Action.PUBLISH, by=editor)
    assert (held.status, approved.status) == (Status.IN_REVIEW, Status.PUBLISHED)


@pytest.mark.parametrize("make", [factories.published, factories.retracted, factories.correcting])
def test_what_readers_have_seen_is_a_target_and_never_a_duplicate(
    checker: User, editor: User, make: Make
) -> None:
    seen, other = make(checker, editor), factories.claim(checker)
    with pytest.raises(WorkflowError):
        factories.merged(seen, other, editor)
    assert factories.merged(other, seen, editor).merged_into == seen


def test_a_wrong_target_is_named_in_a_sentence(checker: User, editor: User) -> None:
    claim, declined, gone = (factories.claim(checker) for _ in range(3))
    apply(declined, Action.DECLINE, by=editor, data=MoveData(reason="trivial"))
    factories.merged(gone, factories.claim(checker), editor)
    elsewhere = factories.claim(factories.person("sportsman", factories.desk("Sports"), "checker"))
    wrong = {
        claim: "into itself",
        declined: "is declined",
        gone: "was already merged into",
        elsewhere: "not visible to you",
    }
    for target, told in wrong.items():
        with pytest.raises(GateError, match=told):
            factories.merged(claim, target, editor)
    with pytest.raises(GateError, match="Choose the claim"):
        apply(claim, Action.MERGE, by=editor)
    assert Claim.objects.get(pk=claim.pk).status == Status.OPEN


def test_a_claim_of_another_desk_is_no_target_even_for_who_works_on_both(
    checker: User, editor: User
) -> None:
    sports = factories.desk("Sports")
    both = factories.person("both", sports, "editor", "checker")
    both.memberships.create(desk=checker.memberships.get().desk, role="editor")
    with pytest.raises(GateError, match="is a claim of Sports"):
        factories.merged(factories.claim(checker), factories.claim(both, sports), both)


def test_a_claim_with_duplicates_is_not_folded_in_itself(checker: User, editor: User) -> None:
    first, second, third = (factories.claim(checker) for _ in range(3))
    factories.merged(first, second, editor)
    with pytest.raises(GateError, match="Unmerge") as refused:
        factories.merged(second, third, editor)
    assert str(first) in str(refused.value)
    apply(first, Action.UNMERGE, by=editor)
    assert factories.merged(second, third, editor).status == Status.MERGED


def test_only_editors_of_the_desk_merge_and_unmerge(
    checker: User,
    auditor: User,
    admin_person: User,
    superuser: User,
    outsider: User,
    editor: User,
    ready: Claim,
) -> None:
    claim, other = ready, factories.claim(checker)
    refusals = {
        checker: PermissionDenied,
        auditor: PermissionDenied,
        **dict.fromkeys((admin_person, superuser, outsider), Claim.DoesNotExist),
    }
    for person, refusal in refusals.items():
        with pytest.raises(refusal):
            factories.merged(claim, other, person)
    factories.merged(claim, other, editor)
    for person, refusal in refusals.items():
        with pytest.raises(refusal):
            apply(claim, Action.UNMERGE, by=person)
    assert Claim.objects.get(pk=claim.pk).status == Status.MERGED


def test_twice_is_once(checker: User, editor: User, second_editor: User) -> None:
    claim, other = factories.claim(checker), factories.claim(checker)
    for action, told in ((Action.MERGE, MoveData(into=other)), (Action.UNMERGE, MoveData())):
        assert apply(claim, action, by=editor, data=told) == apply(
            claim, action, by=editor, data=told
        )
        with pytest.raises(WorkflowError):
            apply(
                claim,
                Action.UNMERGE if action == Action.UNMERGE else action,
                by=second_editor,
                data=told,
            )
        assert Transition.objects.filter(claim=claim, action=action).count() == 1
        if action == Action.MERGE:
            with pytest.raises(WorkflowError):
                apply(claim, Action.MERGE, by=editor, data=MoveData(into=factories.claim(checker)))


def test_an_old_version_is_refused(checker: User, editor: User, ready: Claim) -> None:
    claim, other = ready, factories.claim(checker)
    with pytest.raises(StaleError):
        apply(claim, Action.MERGE, by=editor, data=MoveData(into=other), expected_version=1)


def test_both_claims_tell_of_it_in_the_chain(checker: User, editor: User) -> None:
    claim, other = factories.claim(checker), factories.claim(checker)
    last = AuditEntry.objects.order_by("-seq").values_list("seq", flat=True)[0]
    factories.merged(claim, other, editor)
    apply(claim, Action.UNMERGE, by=editor)
    here, there = str(claim.public_id), str(other.public_id)
    entries = [
        (entry.action, entry.object_id, entry.changes)
        for entry in AuditEntry.objects.filter(seq__gt=last).order_by("seq")
    ]
    assert entries == [
        ("claim.merge_duplicate", there, {"duplicates": ["", here]}),
        ("claim.merge", here, {"status": ["open", "merged"], "into": ["", there]}),
        ("claim.unmerge_duplicate", there, {"duplicates": [here, ""]}),
        ("claim.unmerge", here, {"status": ["merged", "open"], "into": [there, ""]}),
    ]
    assert verify().broken_at is None


def test_a_duplicate_is_closed_and_says_where_the_work_goes_on(
    checker: User, editor: User, ready: Claim
) -> None:
    claim, other = ready, factories.claim(checker)
    item, attempt = claim.evidence.get(number=1), None
    Claim.objects.filter(pk=claim.pk).update(claimant=factories.claimant("Mira Halloway"))
    attempt = right_of_reply.request_reply(
        claim,
        by=checker,
        details=ReplyRequestDetails(person="Mira", channel="email", question="Which register?"),
    )
    factories.merged(claim, other, editor)
    words = ClaimEdit("Other words.", None, None, "", None)
    doings: list[Callable[[], object]] = [
        lambda: claim_editing.edit_claim(claim, by=editor, words=words),
        lambda: attaching.attach(
            claim,
            by=checker,
            details=EvidenceDetails("context", finding="It.", url="https://a.example/"),
        ),
        lambda: attaching.withdraw(item, by=checker),
        lambda: attaching.check_quote_again(item, by=checker),
        lambda: writing.write_verdict(
            claim, by=checker, details=VerdictDetails(None, "No.", "So.")
        ),
        lambda: right_of_reply.request_reply(
            claim,
            by=checker,
            details=ReplyRequestDetails(person="Mira", channel="phone", question="And?"),
        ),
        lambda: right_of_reply.record_outcome(
            attempt,
            by=checker,
            result=right_of_reply.ReplyResult("answered", answer="That of 2024."),
        ),
        lambda: queries.open_query(claim, by=checker, question=Question("Why?")),
        lambda: waivers.waive(claim, by=editor, reason="One has to do."),
    ]
    for do in doings:
        with pytest.raises(WorkflowError, match="was merged into") as refused:
            do()
        assert str(other) in str(refused.value)


def test_a_capture_that_comes_meanwhile_is_there_afterwards(checker: User, editor: User) -> None:
    claim, other = factories.claim(checker), factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    item = factories.evidence(claim, checker, capture=False)
    factories.merged(claim, other, editor)
    capture = factories.captured(item.link, "A page.")
    apply(claim, Action.UNMERGE, by=editor)
    item.refresh_from_db()
    assert item.capture == capture


def test_unmerging_leaves_what_happened_to_the_other_claim(
    checker: User, editor: User, ready: Claim
) -> None:
    claim, other = ready, factories.ready(checker)
    factories.merged(claim, other, editor)
    apply(other, Action.DECLINE, by=editor, data=MoveData(reason="no_capacity"))
    apply(claim, Action.UNMERGE, by=editor)
    assert (claim.status, Claim.objects.get(pk=other.pk).status) == (
        Status.IN_PROGRESS,
        Status.DECLINED,
    )
