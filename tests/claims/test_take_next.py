"""“Take next”: the earliest deadline first, never the same claim for two people, and
never one that somebody should not check.
"""

from datetime import timedelta

import pytest
from django.test import Client

from claims.choices import Action
from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from claims.desk.take_next import newest_move, take_next
from claims.models import Claim
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db
BUTTON = "/admin/claims/claim/take-next/"


def _due(claim: Claim, hours: int) -> Claim:
    Claim.objects.filter(pk=claim.pk).update(due_at=clock.now() + timedelta(hours=hours))
    return claim


def _since() -> int:
    return newest_move().first() or 0


def _about(claim: Claim, name: str) -> Claim:
    Claim.objects.filter(pk=claim.pk).update(claimant=factories.claimant(name))
    return claim


def test_the_earliest_deadline_comes_first_then_the_oldest(checker: User) -> None:
    old, new = factories.claim(checker), factories.claim(checker)
    later, soon = _due(factories.claim(checker), 9), _due(factories.claim(checker), 1)
    order = [take_next(checker).claim for _ in range(4)]
    assert order == [soon, later, old, new]
    assert take_next(checker).claim is None
    assert {claim.assignee for claim in Claim.objects.all()} == {checker}
    assert AuditEntry.objects.filter(action="claim.take").count() == 4


def test_it_is_never_of_another_desk_nor_of_a_role_that_takes_none(
    checker: User, outsider: User, auditor: User, reporter: User
) -> None:
    factories.claim(checker)
    for person in (outsider, auditor, reporter):
        assert take_next(person).claim is None
    assert take_next(checker).claim is not None


def test_a_conflict_of_interest_is_passed_over(client: Client, checker: User) -> None:
    barred = _due(_about(factories.claim(checker), "Lena Brandt"), 1)
    declare(by=checker, declaration=DeclaredInterest(about="My sister.", claimant="Lena Brandt"))
    free = factories.claim(checker)
    assert take_next(checker).claim == free
    client.force_login(checker)
    answer = client.post(BUTTON, follow=True)
    assert "you have a conflict of interest in the one unassigned claim" in answer.text
    barred.refresh_from_db()
    assert barred.assignee is None


def test_pressing_twice_takes_one(checker: User) -> None:
    factories.claim(checker)
    factories.claim(checker)
    since = _since()
    first = take_next(checker, since=since).claim
    assert take_next(checker, since=since).claim == first
    assert take_next(checker, since=_since()).claim != first


def test_the_button_leads_to_the_claim_and_says_when_nothing_is_left(
    client: Client, checker: User, second_checker: User
) -> None:
    claim = factories.claim(checker)
    client.force_login(checker)
    assert BUTTON in client.get("/admin/").text
    answer = client.post(BUTTON, {"since": "9" * 5000})
    assert answer["Location"] == f"/admin/claims/claim/{claim.pk}/change/"
    home = client.get("/admin/").text
    assert BUTTON not in home and "No unassigned claims." in home
    client.force_login(second_checker)
    left = client.post(BUTTON, {"since": "x"}, follow=True)
    assert "Nothing left to take" in left.text
    assert client.get(BUTTON)["Location"] == "/admin/"


def test_who_may_not_take_claims_is_told_so(client: Client, checker: User, auditor: User) -> None:
    claim = factories.claim(checker)
    client.force_login(auditor)
    assert client.post(BUTTON).status_code == 403
    claim.refresh_from_db()
    assert claim.status == "open"


def test_what_was_released_may_be_taken_again(checker: User) -> None:
    claim = factories.claim(checker)
    since = _since()
    assert take_next(checker, since=since).claim == claim
    apply(claim, Action.RELEASE, by=checker, data=factories.note("Not mine."))
    assert take_next(checker, since=since).claim == claim
    claim.refresh_from_db()
    assert claim.assignee == checker
