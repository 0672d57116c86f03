"""Many claims are changed at once over the API: each by the rule for one, with a result
of its own; and the next claim is taken.
"""

from typing import Any

import pytest

from claims.bulk import changes
from claims.choices import Action
from claims.models import BulkChange, Claim
from claims.workflow import apply
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.project.api import Api, is_problem
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db


@shared
def claims(checker: User) -> list[Claim]:
    return [factories.claim(checker) for _number in range(3)]


def _named(claims: list[Claim]) -> list[dict[str, Any]]:
    return [{"claim": str(one.public_id), "version": one.version} for one in claims]


def test_each_claim_has_a_result_and_what_changed_is_put_back(
    claims: list[Claim], editor: User, checker: User, second_checker: User
) -> None:
    api = Api(editor)
    assert api.patch(f"claims/{claims[2].public_id}/", {"text": "Other words."}).status_code == 200
    sent = {"kind": "assign", "claims": _named(claims), "assignee": checker.username}
    made = api.post("bulk/", sent)
    assert made.status_code == 201
    told = made.json()
    assert (told["done"], told["refused"], told["going_on"]) == (2, 1, False)
    refused = told["items"][0]
    assert (refused["claim"], refused["state"]) == (str(claims[2].public_id), "refused")
    assert refused["reason"]
    assert Claim.objects.filter(assignee=checker).count() == 2
    at = f"bulk/{told['id']}/"
    assert api.get(at).json() == told
    assert is_problem(Api(second_checker).get(at), 404)
    undone = [api.post(f"{at}undo/").json() for _twice in range(2)]
    assert undone[0]["id"] == undone[1]["id"] and undone[0]["undoes"] == told["id"]
    assert not Claim.objects.filter(assignee=checker).exists()
    assert is_problem(api.post(f"bulk/{undone[0]['id']}/undo/"), 409)


@pytest.mark.parametrize(
    ("kind", "more", "field", "value"),
    [
        ("deadline", {"due_at": "2040-01-01T17:00:00+02:00"}, "due_at", "2040-01-01T15:00:00Z"),
        ("priority", {"priority": "high", "reason": "A vote."}, "priority", "high"),
        ("topic", {"topic": "Trees"}, "topic", "Trees"),
        ("hold", {"note": "We wait for the register."}, "status", "on_hold"),
        ("decline", {"reason": "uncheckable", "note": "No."}, "status", "declined"),
    ],
)
def test_each_kind_does_what_it_does_to_one_claim(
    claims: list[Claim], editor: User, kind: str, more: dict[str, str], field: str, value: str
) -> None:
    api = Api(editor)
    api.post("topics/", {"name": "Trees"})
    told = api.post("bulk/", {"kind": kind, "claims": _named(claims[:2]), **more}).json()
    assert told["done"] == 2, told
    for claim in claims[:2]:
        assert api.get(f"claims/{claim.public_id}/").json()[field] == value


def test_many_are_left_to_a_worker_and_its_progress_is_read(
    claims: list[Claim], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "AT_ONCE", 2)
    sent = {"kind": "hold", "claims": _named(claims), "note": "We wait."}
    api = Api(editor)
    answers = [api.post("bulk/", sent, **{"Idempotency-Key": "one"}) for _twice in range(2)]
    assert [one.status_code for one in answers] == [202, 202]
    change = BulkChange.objects.get()
    at = f"bulk/{change.public_id}/"
    assert (answers[1].json()["waiting"], api.get(at).json()["going_on"]) == (3, True)
    changes.work(change.pk)
    told = api.get(at).json()
    assert (told["done"], told["going_on"]) == (3, False) and told["finished_at"]
    assert BulkChange.objects.get().job_state == JobState.DONE


def test_what_cannot_be_meant_is_refused_whole(
    claims: list[Claim], desk: Desk, editor: User, auditor: User, outsider: User
) -> None:
    named = _named(claims)
    api = Api(editor)
    for wrong in (
        {"kind": "publish"},
        {"claims": []},
        {"claims": named[:1] * 2},
        {"claims": [{"claim": named[0]["claim"]}]},
        {"kind": "deadline"},
        {"kind": "deadline", "due_at": "2040-01-01T17:00:00"},
        {"kind": "priority"},
        {"kind": "topic"},
        {"kind": "decline", "note": "No."},
        {"kind": "assign", "assignee": "nobody"},
        {"kind": "assign"},
        {"topic": "Trees"},
    ):
        assert is_problem(api.post("bulk/", {"kind": "hold", "claims": named} | wrong), 400), wrong
    sent = {"kind": "hold", "claims": named, "note": "Wait."}
    assert is_problem(Api(outsider).post("bulk/", sent), 400)
    assert is_problem(Api(editor, "claims:read").post("bulk/", sent), 403)
    assert not BulkChange.objects.exists()
    # Of their desk, but not theirs to do: each claim says so.
    told = Api(auditor).post("bulk/", sent).json()
    assert (told["done"], told["refused"]) == (0, 3)
    assert not Claim.objects.filter(status="on_hold").exists()


def test_the_next_claim_is_taken_until_none_is_left(
    claims: list[Claim], checker: User, auditor: User
) -> None:
    for claim in claims[1:]:
        apply(claim, Action.TAKE, by=checker)
    api = Api(checker)
    key = {"Idempotency-Key": "two"}
    taken = [api.post("claims/take-next/", **key).json()["claim"] for _twice in range(2)]
    assert taken == [str(claims[0].public_id)] * 2
    assert api.post("claims/take-next/").json()["claim"] is None
    assert Api(auditor).post("claims/take-next/").json()["claim"] is None
