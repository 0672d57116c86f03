"""At most three actions stand beside each other, and the loud one is the next step of
this person in this status.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.choices import Action, Status
from claims.models import Claim
from claims.workflow import MOVES, MoveData, apply, primary
from claims.workflow.move import Weight
from claims.workflow.table import MOST_PRIMARY
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import User
from tests import factories


def test_no_status_has_more_than_three_and_grave_ones_are_under_more() -> None:
    for status in Status:
        legal = [action for action, move in MOVES.items() if status in move.sources]
        shown = primary(legal)
        assert len(shown) <= MOST_PRIMARY, status
        assert not [one for one in shown if MOVES[one].weight in {Weight.SELDOM, Weight.GRAVE}]


def _moves(client: Client, claim: Claim, who: User) -> Any:
    client.force_login(who)
    return client.get(reverse("admin:claims_claim_change", args=[claim.pk]))


def _taken(checker: User, editor: User) -> Claim:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    return claim


def _ready(checker: User, editor: User) -> Claim:
    return factories.ready(checker)


def _submitted(checker: User, editor: User) -> Claim:
    return factories.submitted(checker)


def _scheduled(checker: User, editor: User) -> Claim:
    claim = factories.approved(checker, editor)
    data = MoveData(at=datetime.now(UTC) + timedelta(days=1))
    apply(claim, Action.SCHEDULE, by=editor, data=data)
    return claim


def _failed(checker: User, editor: User) -> Claim:
    claim = _scheduled(checker, editor)
    claim.schedules.update(job_state=JobState.FAILED)
    return claim


def _published(checker: User, editor: User) -> Claim:
    return factories.published(checker, editor)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "who", "shown", "loud", "waiting"),
    [
        (_taken, "checker", ["submit"], None, ""),
        (_taken, "editor", [], None, "Next: Sign and submit, by checker"),
        (_ready, "checker", ["submit"], "submit", ""),
        (
            _submitted,
            "editor",
            ["approve_and_publish", "approve", "request_changes"],
            "approve_and_publish",
            "",
        ),
        (_submitted, "checker", ["sign"], None, "Next: Approve, by editors"),
        (_scheduled, "editor", ["schedule", "cancel_schedule"], None, "To be published on "),
        (_scheduled, "checker", [], None, "To be published on "),
        (_failed, "editor", ["publish", "schedule", "cancel_schedule"], "publish", ""),
        (_published, "editor", ["correct"], None, ""),
    ],
)
def test_the_loud_one_is_the_next_step_of_this_person(
    client: Client,
    checker: User,
    editor: User,
    make: Callable[[User, User], Claim],
    who: str,
    shown: list[str],
    loud: str | None,
    waiting: str,
) -> None:
    person = {"checker": checker, "editor": editor}[who]
    page = _moves(client, make(checker, editor), person)
    moves = page.context["moves"]
    assert [str(one.action) for one in moves.primary] == shown
    assert (moves.leading and str(moves.leading.action)) == loud
    assert moves.waiting.startswith(waiting) and bool(moves.waiting) == bool(waiting)
    # One action is loud, in the bar, and every other is on the page once.
    actions = page.text
    assert actions.count('class="button primary') == (1 if loud else 0)
    for button in moves.buttons:
        assert actions.count(f'id="move-{button.action}"') == 1, button.action


@pytest.mark.django_db
def test_the_bar_counts_what_is_missing_and_links_to_each_place(
    client: Client, checker: User, editor: User
) -> None:
    claim = _taken(checker, editor)
    page = _moves(client, claim, checker)
    bar = page.text[page.text.index('id="bar"') : page.text.index('class="bench"')]
    missing = page.context["moves"].next.missing
    assert f"{len(missing)} missing" in bar and len(missing) > 2
    assert all(f'href="{one.href}"' in bar for one in missing)
    assert "in progress" in bar


@pytest.mark.django_db
def test_nothing_is_said_to_be_missing_only_of_what_can_be_signed(
    client: Client, checker: User, editor: User
) -> None:
    free, ready = factories.claim(checker), factories.ready(checker)
    assert "Nothing is missing" not in _moves(client, free, checker).text
    assert "Nothing is missing" in _moves(client, ready, checker).text
