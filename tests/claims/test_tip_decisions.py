"""What readers sent in is decided once, by who may; its sender is told the stage, and
what they wrote follows it into a claim and is erased.
"""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from claims.choices import Action, TipStage, TipState
from claims.intake import tips
from claims.intake.received_tips import by_token, stage_of, token_of
from claims.intake.tip_decisions import (
    close,
    join,
    make_claim,
    request_recheck,
)
from claims.intake.tip_erasure import erase, erase_due, read_sender
from claims.intake.triage import ClaimDetails
from claims.models import Claim, ReaderTip, Recheck, Tip, TipMessage
from claims.models.tip import WRITTEN
from claims.publication.embargo import set_embargo
from claims.publication.rechecks import mark_unaffected
from claims.tasks import erase_expired_tips
from claims.workflow import MoveData, WorkflowError, apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.tip_cases import WORDS, asked_to_correct, sent

pytestmark = pytest.mark.django_db
DETAILS = ClaimDetails(text="The bridge closes in May.")


def _stage(tip: Tip) -> tuple[TipStage, str]:
    """As whoever opens the link anew is told."""
    found = by_token(token_of(tip))
    assert found is not None
    stage, verdict = stage_of(found)
    return stage, verdict.claim.address if verdict else ""


def _written(tip: Tip) -> set[str]:
    return {getattr(TipMessage.objects.get(tip=tip), name) for name in WRITTEN}


def test_a_tip_joins_a_claim_and_its_sender_hears_of_the_published_verdict_only(
    checker: User, editor: User, second_checker: User, approved: Claim
) -> None:
    set_embargo(approved, by=editor, until=clock.now() + timedelta(days=1))
    tip = sent(approved.desk)
    assert _stage(tip) == (TipStage.RECEIVED, "")
    assert join(tip, by=checker, claim=approved).state == TipState.JOINED
    assert join(tip, by=checker, claim=approved).decided_by == checker
    with pytest.raises(WorkflowError, match="already decided"):
        join(tip, by=second_checker, claim=approved)
    assert _stage(tip) == (TipStage.IN_WORK, "")
    set_embargo(approved, by=editor, until=None)
    assert _stage(tip) == (TipStage.IN_WORK, "")
    approved.refresh_from_db()
    apply(approved, Action.PUBLISH, by=editor)
    assert _stage(tip) == (TipStage.ANSWERED, Claim.objects.get(pk=approved.pk).address)
    entry = AuditEntry.objects.get(object_type="claims.tip")
    assert (entry.action, entry.actor) == ("tip.joined", "checker")
    assert entry.changes["claim"] == ["", str(approved.public_id)]


def test_a_tip_follows_its_claim_into_another_and_ends_with_it(checker: User, editor: User) -> None:
    claim, other = factories.claim(checker), factories.claim(checker)
    tip = sent(claim.desk)
    join(tip, by=checker, claim=claim)
    apply(claim, Action.MERGE, by=editor, data=MoveData(note="The same.", into=other))
    assert _stage(tip) == (TipStage.IN_WORK, "")
    with pytest.raises(ValidationError, match="not merged"):
        join(sent(claim.desk, text="Once more."), by=checker, claim=claim)
    apply(other, Action.DECLINE, by=editor, data=MoveData(reason="opinion"))
    assert _stage(tip) == (TipStage.CLOSED, "")


def test_a_claim_is_made_of_a_tip_and_its_sender_moves_there(checker: User, editor: User) -> None:
    tip = sent(checker.memberships.get().desk)
    made = make_claim(tip, by=checker, details=DETAILS)
    claim = Claim.objects.get()
    assert (made.state, made.claim, claim.from_reader) == (TipState.MADE, claim, True)
    row = ReaderTip.objects.get()
    assert (row.name, row.contact, row.received_at) == (WORDS.name, WORDS.email, tip.received_at)
    assert all(part in row.message for part in (WORDS.text, WORDS.url, WORDS.place))
    assert row.erase_date == TipMessage.objects.get().erase_date and _written(tip) == {""}
    assert make_claim(tip, by=checker, details=DETAILS).pk == tip.pk
    assert sent(tip.desk).pk == tip.pk
    with pytest.raises(WorkflowError, match="already decided"):
        make_claim(tip, by=checker, details=ClaimDetails(text="Another."))
    assert Claim.objects.count() == 1
    erase(tip, by=editor)
    row.refresh_from_db()
    assert row.name == "" and Tip.objects.get().repeat_key is None


def test_a_second_tip_of_the_same_words_joins_the_claim_and_keeps_its_sender(
    checker: User,
) -> None:
    desk = checker.memberships.get().desk
    first, second = sent(desk), sent(desk, email="jon@mail.example")
    make_claim(first, by=checker, details=DETAILS)
    row = make_claim(second, by=checker, details=DETAILS)
    assert (row.state, row.claim) == (TipState.JOINED, Claim.objects.get())
    assert read_sender(second, by=checker).email == "jon@mail.example"
    assert AuditEntry.objects.filter(action="tip.read", object_type="claims.tip").count() == 1


def test_a_request_opens_one_recheck_and_is_answered_by_its_decision(
    editor: User, published: Claim
) -> None:
    tip, other = asked_to_correct(published), asked_to_correct(published, email="")
    with pytest.raises(ValidationError, match="Describe"):
        request_recheck(tip, by=editor, note=" ")
    for row in (tip, other, tip):
        assert request_recheck(row, by=editor, note="The table is of 2024.").recheck
    recheck = Recheck.objects.get()
    assert (recheck.cause, recheck.opened_by, recheck.claim) == ("reader", editor, published)
    assert _stage(tip) == (TipStage.IN_WORK, "")
    mark_unaffected(recheck, by=editor, reason="The table is of 2025.")
    assert _stage(tip) == _stage(other) == (TipStage.ANSWERED, published.address)
    with pytest.raises(WorkflowError, match="not about a verdict"):
        request_recheck(sent(published.desk), by=editor, note="Wrong.")


def test_a_tip_is_closed_with_a_reason_from_the_list(checker: User, editor: User) -> None:
    tip = sent(checker.memberships.get().desk)
    with pytest.raises(ValidationError, match="Choose a reason"):
        close(tip, by=checker, reason="boring")
    assert close(tip, by=checker, reason="spam").pk == close(tip, by=checker, reason="spam").pk
    for by, reason in ((editor, "spam"), (checker, "no_capacity")):
        with pytest.raises(WorkflowError, match="already decided"):
            close(tip, by=by, reason=reason)
    assert _stage(tip) == (TipStage.CLOSED, "")
    assert AuditEntry.objects.filter(object_type="claims.tip").count() == 1


def test_who_is_not_a_worker_of_the_desk_does_nothing(
    checker: User, auditor: User, outsider: User, superuser: User, published: Claim
) -> None:
    tip = asked_to_correct(published)
    works: tuple[Callable[[User], object], ...] = (
        lambda by: join(tip, by=by, claim=published),
        lambda by: make_claim(tip, by=by, details=DETAILS),
        lambda by: request_recheck(tip, by=by, note="Wrong."),
        lambda by: close(tip, by=by, reason="spam"),
        lambda by: read_sender(tip, by=by),
        lambda by: erase(tip, by=by),
    )
    for who in (auditor, outsider, superuser):
        assert not Tip.objects.visible_to(who).exists()
        for work in works:
            with pytest.raises(Tip.DoesNotExist):
                work(who)
    for work in (works[2], works[5]):
        with pytest.raises(PermissionDenied):
            work(checker)
    with pytest.raises(ValidationError, match="Choose a claim of"):
        join(tip, by=checker, claim=factories.claim(outsider))
    assert Tip.objects.get().waiting


@pytest.mark.parametrize(
    "sweep", [erase_due, erase_expired_tips, lambda: call_command("erase_expired_tips")]
)
def test_what_readers_wrote_is_erased_when_its_days_are_over(
    desk: Desk, checker: User, editor: User, sweep: Callable[[], object]
) -> None:
    with patch.object(clock, "now", return_value=clock.now() - timedelta(days=90)):
        old, made = sent(desk), sent(desk, text="Another.")
        with patch.object(tips.clock, "now", return_value=clock.now() + timedelta(minutes=1)):
            make_claim(made, by=checker, details=DETAILS)
    new = sent(desk, text="A third.")
    assert sent(desk).pk == old.pk
    sweep()
    sweep()
    assert _written(old) == {""} and WORDS.name in _written(new)
    assert set(Tip.objects.filter(repeat_key=None)) == {old, made}
    assert sent(desk).pk != old.pk
    entries = AuditEntry.objects.filter(action="tip.erase", object_type="claims.tip")
    assert [entry.actor for entry in entries] == ["system"]
    erase(new, by=editor)
    assert erase(new, by=editor).pk == new.pk and _written(new) == {""}
    assert entries.all().count() == 2
