"""Every (state, action, role, relation): it moves, or it is refused with the right
error. None is left out.

What should happen stands in transition_table.txt, which people review; nothing of the
code's own table is asked.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from claims.choices import Action, DeclineReason
from claims.intake.triage import accept
from claims.models import Claim
from claims.workflow import GateError, MoveData, WorkflowError, apply
from factcheck.newsroom.choices import PEOPLE_ROLES
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories

RELATIONS = {"N": "none", "A": "assignee", "W": "author", "S": "submitter"}
PEOPLE = [str(role) for role in PEOPLE_ROLES]
OUTSIDE = ("superuser", "left", "elsewhere")  # without a role on the desk: nobody's claim to see
STATUS = {Claim.DoesNotExist: 404, PermissionDenied: 403, WorkflowError: 409, GateError: 422}


def _sections() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in (
        Path(__file__).with_name("transition_table.txt").read_text(encoding="utf-8").splitlines()
    ):
        if line.startswith("["):
            rows = found.setdefault(line.strip("[]"), [])
        elif line.strip() and not line.startswith("#"):
            rows.append(line.split())
    return found


TABLE = _sections()
STATES = TABLE["states"][0]
FROM = {
    (row[0], state): mark
    for row in TABLE["states"][1:]
    for state, mark in zip(STATES, row[1:], strict=True)
}
KNOWN_ROLES = TABLE["people"][0]
_PLACES = [(role, relation) for role in KNOWN_ROLES for relation in RELATIONS]
WHO = {
    (row[0], *place): mark
    for row in TABLE["people"][2:]
    for place, mark in zip(_PLACES, row[1:], strict=True)
}
GATES = {tuple(row) for row in TABLE["gates"]}


def _expected(state: str, action: str, role: str, relation: str) -> int:
    mark = WHO[action, role, relation] if role in KNOWN_ROLES else "0"
    if mark != "+":
        return {"0": 404, "-": 403}[mark]
    if FROM[action, state] == ".":
        return 409
    return 422 if (action, state, role, relation) in GATES else 200


class Cast:
    """The person in question, and the others who brought the claim where it is."""

    def __init__(self, relation: str) -> None:
        self.desk = factories.desk("Metro")
        names = {
            "subject": "checker",
            "worker": "checker",
            "other": "checker",
            "editor": "editor",
            "second": "editor",
            "boss": "editor",
        }
        self.people = {
            name: factories.person(name, self.desk, role) for name, role in names.items()
        }
        self.relation = RELATIONS[relation]
        self.twin = factories.claim(self.people["worker"])

    def __getattr__(self, name: str) -> User:
        return self.people[name]

    def claim_in(self, state: str) -> Claim:
        claim = self._claim()
        worker = self.subject if self.relation == "author" else self.worker
        apply(claim, Action.TAKE, by=worker)
        factories.evidence(claim, worker)
        factories.evidence(claim, worker)
        factories.written(claim, worker)
        apply(claim, Action.SUBMIT, by=worker)
        self._bring(claim, state)
        claim.refresh_from_db()
        if claim.assignee_id:
            # no move gives an approved claim to somebody else, and the cells should
            # differ in one thing only
            Claim.objects.filter(pk=claim.pk).update(
                assignee=self.subject if self.relation == "assignee" else self.other
            )
        elif self.relation == "assignee":
            Claim.objects.filter(pk=claim.pk).update(assignee=self.subject)
        return Claim.objects.get(pk=claim.pk)

    def _claim(self) -> Claim:
        if self.relation != "submitter":
            return factories.claim(self.worker)
        suggestion = factories.article_read(self.subject, self.desk).suggestions.order_by(
            "part", "rank"
        )[0]
        return accept(suggestion, by=self.worker)

    def _move(self, claim: Claim, *actions: Action, by: User) -> None:
        for action in actions:
            apply(claim, action, by=by, data=_move_data(self, action))

    def _bring(self, claim: Claim, state: str) -> None:
        """By editors who are nobody else in the table, so that no last move is the
        subject's own.
        """
        before = {
            "open": (Action.RELEASE,),
            "progress": (Action.RECALL,),
            "review": (Action.REASSIGN,),
            "approved": (Action.APPROVE,),
            "hold": (Action.RECALL, Action.HOLD),
            "declined": (Action.DECLINE,),
            "merged": (Action.MERGE,),
            "scheduled": (Action.APPROVE, Action.SCHEDULE),
        }
        if state in before:
            self._move(claim, *before[state], by=self.editor)
            return
        if state == "night":
            self._by_night(claim)
            return
        self._move(claim, Action.APPROVE_AND_PUBLISH, by=self.editor)
        if state in {"retracted", "confirmed"}:
            self._move(claim, Action.RETRACT, by=self.editor)
        if state == "confirmed":
            self._move(claim, Action.CONFIRM_RETRACTION, by=self.second)
        if state.startswith("~"):
            self._correct(claim, state)

    def _by_night(self, claim: Claim) -> None:
        """It is day again when the cells are tried."""
        now = timezone.now()
        hours = {
            "night_from": (now - timedelta(hours=1)).time(),
            "night_until": (now + timedelta(hours=1)).time(),
        }
        Desk.objects.filter(pk=self.desk.pk).update(**hours)
        self._move(Claim.objects.get(pk=claim.pk), Action.APPROVE_AND_PUBLISH, by=self.other)
        Desk.objects.filter(pk=self.desk.pk).update(night_from=None, night_until=None)

    def _correct(self, claim: Claim, state: str) -> None:
        self._move(claim, Action.CORRECT, by=self.editor)
        if state == "~open":
            self._move(claim, Action.RELEASE, by=self.editor)
        if state in {"~review", "~approved"}:
            self._move(claim, Action.SUBMIT, by=self.editor)
        if state == "~approved":
            self._move(claim, Action.APPROVE, by=self.second)

    def in_role(self, role: str) -> User:
        """The same person with the same history, and another role since."""
        held = Membership.objects.filter(user=self.subject)
        held.update(role=role if role not in OUTSIDE else "editor", end_date=None, desk=self.desk)
        User.objects.filter(pk=self.subject.pk).update(is_superuser=role == "superuser")
        if role in {"superuser", "left"}:
            held.update(end_date="2020-01-01")
        if role == "elsewhere":
            held.update(desk=factories.desk("Sports"))
        return User.objects.prefetch_related("memberships").get(pk=self.subject.pk)


def _move_data(cast: Cast, action: Action) -> MoveData:
    """Everything the move could ask for, so that only person and state decide."""
    return MoveData(
        note=f"For a good reason: {action.value}.",
        reason=DeclineReason.OPINION,
        assignee=cast.boss,
        category="correction",
        meanwhile="under_review",
        into=cast.twin,
        at=timezone.now() + timedelta(days=1),
    )


def _tried(claim: Claim, action: Action, by: User, data: MoveData) -> int:
    """What comes of it; afterwards it is as if nobody had tried."""
    try:
        with transaction.atomic():
            apply(
                Claim(pk=claim.pk), action, by=by, data=data
            )  # it reads the row itself, once it holds the lock
            transaction.set_rollback(True)
    except tuple(STATUS) as refused:
        return STATUS[type(refused)]
    return 200


@pytest.mark.django_db
@pytest.mark.parametrize("relation", list(RELATIONS))
@pytest.mark.parametrize("state", STATES)
def test_each_move_is_made_or_refused_with_the_right_error(state: str, relation: str) -> None:
    cast = Cast(relation)
    claim = cast.claim_in(state)
    wrong = []
    for role in (*PEOPLE, *OUTSIDE):
        person = cast.in_role(role)
        for action in Action:
            found, expected = (
                _tried(claim, action, person, _move_data(cast, action)),
                _expected(state, action.value, role, relation),
            )
            if found != expected:
                wrong.append(
                    f"{action.value} by a {role} ({RELATIONS[relation]}) from {state}: {found}, not"
                    f" {expected}"
                )
    assert not wrong, "\n".join(wrong)


def _cells() -> Iterator[tuple[str, str, str, str]]:
    yield from product(STATES, Action.values, (*PEOPLE, *OUTSIDE), RELATIONS)


def test_no_state_action_role_or_relation_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert {action for action, _ in FROM} == set(Action.values) == {action for action, _, _ in WHO}
    cells = [_expected(*cell) for cell in _cells()]
    assert len(cells) == len(STATES) * len(Action) * (len(PEOPLE) + len(OUTSIDE)) * len(RELATIONS)
    told = ", ".join(f"{status}: {cells.count(status)}" for status in sorted(set(cells)))
    with capsys.disabled():
        print(f"\n{len(cells)} cells of the transition table. {told}")  # noqa: T201 (the count is the point)
