"""Assigning a claim and giving it a deadline are one step, in the time of the desk."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from claims.choices import Action, Status
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.shared_rows import shared

DUE = datetime(2026, 6, 1, 15, tzinfo=UTC)


@shared
def claim(desk: Desk, checker: User) -> Claim:
    Desk.objects.filter(pk=desk.pk).update(time_zone="Europe/Berlin")
    return factories.claim(checker)


def _send(client: Client, claim: Claim, action: str = "assign", **data: object) -> str:
    address = reverse("admin:claims_claim_move", args=[claim.pk, action])
    return client.post(address, {"version": claim.version, **data}, follow=True).text


def test_one_form_assigns_and_sets_the_deadline(
    client: Client, claim: Claim, checker: User, second_checker: User, editor: User
) -> None:
    client.force_login(editor)
    page = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text
    assert 'id="assign-due_at"' in page and "Time zone: Europe/Berlin" in page
    _send(client, claim, assignee=checker.pk, due_at="2026-06-01T17:00")
    claim.refresh_from_db()
    assert (claim.assignee, claim.due_at) == (checker, DUE)
    entry = AuditEntry.objects.get(action="claim.assign")
    assert entry.changes["due_at"] == ["", DUE.isoformat()]
    page = _send(client, claim, "reassign", assignee=second_checker.pk, note="She is at court.")
    claim.refresh_from_db()
    assert (claim.assignee, claim.due_at) == (second_checker, DUE), "left empty, it stays"
    history = page.split('id="history"')[1]
    assert "[added:] </span>1 June 2026, 17:00" in " ".join(history.split())


@pytest.mark.parametrize("typed", ["soon", "2026-03-29T02:30"])
def test_a_time_that_is_none_is_refused_and_nothing_assigned(
    client: Client, claim: Claim, checker: User, editor: User, typed: str
) -> None:
    client.force_login(editor)
    page = _send(client, claim, assignee=checker.pk, due_at=typed)
    assert '<a href="#assign-due_at">' in page and f'value="{typed}"' in page
    claim.refresh_from_db()
    assert claim.status == Status.OPEN and claim.due_at is None


def test_the_wrong_person_sets_none(client: Client, claim: Claim, checker: User) -> None:
    with pytest.raises(PermissionDenied):
        apply(claim, Action.ASSIGN, by=checker, data=MoveData(assignee=checker, due_at=DUE))
    client.force_login(checker)
    page = _send(client, claim, assignee=checker.pk, due_at="soon")
    assert "does not allow “Assign”" in page and "#assign-due_at" not in page
    claim.refresh_from_db()
    assert claim.due_at is None


def test_twice_is_once(claim: Claim, checker: User, editor: User) -> None:
    data = MoveData(assignee=checker, due_at=DUE)
    first = apply(claim, Action.ASSIGN, by=editor, data=data)
    assert apply(claim, Action.ASSIGN, by=editor, data=data) == first


def test_many_are_assigned_without_one(client: Client, claim: Claim, editor: User) -> None:
    client.force_login(editor)
    asked = {"action": "assign", "_selected_action": [claim.pk], "index": 0}
    page = client.post(reverse("admin:claims_claim_changelist"), asked).text
    assert 'name="assignee"' in page and 'name="due_at"' not in page
