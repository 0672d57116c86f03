"""Waivers, replies and queries through the API."""

from typing import Any

import pytest

from claims.models import Claim, Query, Rating, ReplyRequest, Waiver
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests.project.api import Api, is_problem
from tests.shared_rows import shared

ASKED = {"person": "Mira Halloway", "channel": "phone", "question": "Which register?"}


@shared
def claim(ready: Claim) -> Claim:
    Claim.objects.filter(pk=ready.pk).update(claimant=Claimant.objects.create(name="Mira Halloway"))
    Rating.objects.update(needs_reply=True)
    ready.refresh_from_db()
    return ready


def _codes(answer: Any) -> set[str]:
    assert is_problem(answer, 422)
    return {error["code"] for error in answer.json()["errors"]}


def test_a_reply_is_asked_for_and_written_down(checker: User, claim: Claim) -> None:
    api, path = Api(checker), f"claims/{claim.public_id}/reply-requests/"
    moves = f"claims/{claim.public_id}/transitions/"
    assert _codes(api.post(moves, {"action": "submit"})) == {"reply"}
    first, again = api.post(path, ASKED), api.post(path, ASKED)
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    one = f"reply-requests/{first.json()['id']}/"
    assert is_problem(api.post(f"{one}outcome/", {"outcome": "no_reply"}), 409)
    settled = api.post(f"{one}outcome/", {"outcome": "answered", "answer": "The old one."})
    assert settled.json() == api.get(one).json() == api.get(path).json()["results"][0]
    assert (settled.json()["outcome"], settled.json()["late"]) == ("answered", False)
    assert api.post(moves, {"action": "submit"}).status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        {"channel": "pigeon"},
        {"question": ""},
        {"person": ""},
        {"sent_at": "soon"},
        {"sent_at": "2999-01-01T00:00:00Z"},
        {"by": 1},
    ],
)
def test_a_contact_that_says_nothing_usable_is_refused(
    checker: User, claim: Claim, change: dict[str, Any]
) -> None:
    assert is_problem(
        Api(checker).post(f"claims/{claim.public_id}/reply-requests/", ASKED | change), 400
    )
    assert not ReplyRequest.objects.exists()


def test_the_wrong_person_records_waives_and_asks_nothing(
    claim: Claim, second_checker: User, auditor: User, reporter: User, outsider: User
) -> None:
    root = f"claims/{claim.public_id}/"
    for person, status in ((second_checker, 403), (auditor, 403), (reporter, 404), (outsider, 404)):
        assert is_problem(Api(person).post(f"{root}reply-requests/", ASKED), status)
        assert is_problem(Api(person).post(f"{root}waivers/", {"reason": "So be it."}), status)
    assert is_problem(Api(auditor).post(f"{root}queries/", {"text": "Why?"}), 403)
    assert not (ReplyRequest.objects.exists() or Waiver.objects.exists() or Query.objects.exists())


def test_a_token_without_the_scope_waives_nothing(claim: Claim, editor: User) -> None:
    path = f"claims/{claim.public_id}/waivers/"
    assert is_problem(
        Api(editor, "read", "claims:write", "evidence:write").post(path, {"reason": "So be it."}),
        403,
    )
    assert not Waiver.objects.exists()


def test_an_editor_waives_and_revokes(claim: Claim, editor: User) -> None:
    api, path = Api(editor), f"claims/{claim.public_id}/waivers/"
    first, again = api.post(path, {"reason": "So be it."}), api.post(path, {"reason": "So be it."})
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert is_problem(api.post(path, {"reason": "Another."}), 409)
    assert is_problem(api.post(path, {"reason": " "}), 400)
    assert is_problem(
        api.post(path, {"reason": "Why.", "evidence": str(claim.evidence.all()[0].public_id)}), 409
    )
    assert api.post(f"waivers/{first.json()['id']}/revoke/").json()["revoked_at"]
    assert [row["kind"] for row in api.get(path).json()["results"]] == ["evidence"]


def test_a_query_blocks_until_it_is_resolved(
    claim: Claim, checker: User, second_checker: User
) -> None:
    Rating.objects.update(needs_reply=False)
    api, other, path = Api(checker), Api(second_checker), f"claims/{claim.public_id}/queries/"
    body = {
        "text": "@checker, which table?",
        "blocking": True,
        "evidence": str(claim.evidence.all()[0].public_id),
    }
    first, again = other.post(path, body), other.post(path, body)
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert first.json()["messages"][0]["mentioned"] == ["checker"]
    moves, one = f"claims/{claim.public_id}/transitions/", f"queries/{first.json()['id']}/"
    assert _codes(api.post(moves, {"action": "submit"})) == {"query"}
    assert len(api.post(f"{one}messages/", {"text": "Table 4."}).json()["messages"]) == 2
    assert is_problem(api.post(f"{one}resolve/"), 403)
    assert other.post(f"{one}resolve/").json()["resolved_by"] == "second_checker"
    assert api.post(moves, {"action": "submit"}).status_code == 201
    assert api.get(path).json()["results"] == [api.get(one).json()]


def test_a_verdict_says_that_it_stands_on_one_source(claim: Claim, checker: User) -> None:
    api, path = Api(checker), f"claims/{claim.public_id}/verdict/"
    words = {
        "rating": "False",
        "short_answer": "No.",
        "explanation": "The office says so.",
        "quote_accuracy": "accurate",
    }
    assert api.put(path, words | {"sole_source": True}).json()["sole_source"] is True
    assert _codes(api.post(f"claims/{claim.public_id}/transitions/", {"action": "submit"})) == {
        "sole_source",
        "reply",
    }
    assert api.put(path, words).json()["sole_source"] is False


@pytest.mark.parametrize("tail", ["reply-requests", "queries", "waivers"])
def test_lists_cost_as_much_for_twenty_as_for_two(
    claim: Claim, editor: User, checker: User, tail: str, django_assert_max_num_queries: Any
) -> None:
    api, path = Api(editor), f"claims/{claim.public_id}/{tail}/"
    made = {
        "reply-requests": lambda n: api.post(path, ASKED | {"question": f"Question {n}?"}),
        "queries": lambda n: api.post(path, {"text": f"@checker, {n}?"}),
        "waivers": lambda n: api.post(
            f"waivers/{api.post(path, {'reason': f'Reason {n}.'}).json()['id']}/revoke/"
        ),
    }[tail]
    for number in range(20):
        assert made(number).status_code in {200, 201}
    with django_assert_max_num_queries(16):
        assert len(api.get(path).json()["results"]) == 20
