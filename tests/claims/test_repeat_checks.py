"""What comes in and repeats a published claim is proposed as a repetition, to its desk
alone; a person adds it or dismisses it, and another one confirms it.
"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from claims.choices import NotificationKind, ProposalState
from claims.intake.received_tips import SentTip, receive
from claims.matching import index
from claims.models import Claim, Notification, RepeatCheck, Repetition, RepetitionProposal
from claims.publication import repeat_checks
from claims.publication.repetitions import RepetitionDetails
from claims.workflow import WorkflowError
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db


@shared
def known(checker: User, editor: User) -> Claim:
    claim = factories.published(checker, editor)
    index.update_due()
    return claim


def _proposed(by: User, said: str) -> list[RepetitionProposal]:
    factories.article_read(by, text=f"{said}\nNobody else said anything that day.\n")
    for row in RepeatCheck.objects.filter(next_attempt_at__isnull=False):
        assert repeat_checks.check(row.pk)
        assert not repeat_checks.check(row.pk)
    return list(RepetitionProposal.objects.order_by("pk"))


def test_a_suggestion_that_says_the_same_is_proposed_and_told_of(
    known: Claim, checker: User, second_checker: User, outsider: User, client: Client
) -> None:
    [proposal] = _proposed(second_checker, known.text)
    assert (proposal.claim, proposal.state) == (known, ProposalState.OPEN)
    assert Notification.objects.filter(kind=NotificationKind.REPEATED, claim=known).exists()
    client.force_login(second_checker)
    place = f"/admin/claims/claim/{known.pk}/"
    html = client.get(f"{place}change/").text
    assert "Said again?" in html
    data = {
        "claimant": "Ole Brandt",
        "stated_date": date(2026, 6, 1).isoformat(),
        "words": known.text,
        "appearance_url": "https://radio.example/noon",
    }
    client.post(f"{place}repetitions/proposed/{proposal.pk}/", data)
    client.post(f"{place}repetitions/proposed/{proposal.pk}/", data)
    repetition = Repetition.objects.get()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.repetition) == (ProposalState.ADDED, repetition)
    assert repetition.added_by == second_checker and repetition.confirmed_at is None
    assert "Said again?" not in client.get(f"{place}change/").text
    client.force_login(outsider)
    answer = client.post(f"{place}repetitions/proposed/{proposal.pk}/dismiss/")
    assert answer.status_code == 404


def test_what_was_dismissed_is_not_proposed_again(
    known: Claim, second_checker: User, auditor: User
) -> None:
    [proposal] = _proposed(second_checker, known.text)
    with pytest.raises(PermissionDenied):
        repeat_checks.dismiss(proposal, by=auditor)
    repeat_checks.dismiss(proposal, by=second_checker)
    repeat_checks.dismiss(proposal, by=second_checker)
    assert not RepetitionProposal.objects.waiting().exists()
    details = RepetitionDetails(
        factories.claimant("A"), date(2026, 6, 1), "Words.", "https://a.example/"
    )
    with pytest.raises(WorkflowError, match="already decided"):
        repeat_checks.add_repetition(proposal, by=second_checker, details=details)


def test_another_figure_or_another_desk_is_no_repetition(
    known: Claim, second_checker: User, outsider: User
) -> None:
    assert _proposed(second_checker, f"It is not so that {known.text}") == []
    assert _proposed(outsider, known.text) == []


def test_a_tip_is_proposed_without_its_words_and_to_those_who_read_tips(
    known: Claim, desk: Desk, second_checker: User, auditor: User
) -> None:
    receive(SentTip(text=known.text, url="https://chat.example/1", client="10.0.0.1"), desk=desk)
    [check] = RepeatCheck.objects.exclude(tip=None)
    assert repeat_checks.check(check.pk)
    [proposal] = RepetitionProposal.objects.visible_to(second_checker)
    assert proposal.tip and known.text not in str(proposal)
    assert not RepetitionProposal.objects.visible_to(auditor).exists()
