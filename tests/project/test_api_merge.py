"""Merging and unmerging through the API, and what a claim shows of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem


def _moves(claim: Claim) -> str:
    return f"claims/{claim.public_id}/transitions/"


def test_both_claims_show_it_and_after_unmerging_neither(
    checker: User, editor: User, ready: Claim
) -> None:
    claim, other, api = ready, factories.claim(checker), Api(editor)
    here, there = str(claim.public_id), str(other.public_id)
    made = api.post(_moves(claim), {"action": "merge", "into": there, "note": "The same speech."})
    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("into", "to_status", "note")} == {
        "into": there,
        "to_status": "merged",
        "note": "The same speech.",
    }
    data, target = api.get(f"claims/{here}/").json(), api.get(f"claims/{there}/").json()
    assert (data["status"], data["merged_into"], data["duplicates"], data["moves"]) == (
        "merged",
        there,
        [],
        ["unmerge"],
    )
    assert (target["merged_into"], target["duplicates"]) == (None, [here])
    assert [row["id"] for row in api.get("claims/", status="merged").json()["results"]] == [here]
    assert api.post(_moves(claim), {"action": "unmerge"}).status_code == 201
    data, target = api.get(f"claims/{here}/").json(), api.get(f"claims/{there}/").json()
    assert (data["status"], data["merged_into"], target["duplicates"]) == ("in_progress", None, [])


def test_twice_is_once(checker: User, editor: User) -> None:
    claim, other, api = factories.claim(checker), factories.claim(checker), Api(editor)
    for body in ({"action": "merge", "into": str(other.public_id)}, {"action": "unmerge"}):
        first, again = api.post(_moves(claim), body), api.post(_moves(claim), body)
        assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()


@pytest.mark.parametrize(
    "who", ["checker", "auditor", "reporter", "admin_person", "superuser", "outsider"]
)
def test_nobody_but_an_editor_passes(
    request: pytest.FixtureRequest, checker: User, editor: User, who: str
) -> None:
    claim, merged, other = (factories.claim(checker) for _ in range(3))
    factories.merged(merged, other, editor)
    before, api = list(Claim.objects.order_by("pk").values()), Api(request.getfixturevalue(who))
    # A superuser without a role has no token that works.
    status = {"checker": 403, "auditor": 403, "superuser": 401}.get(who, 404)
    for into in (str(other.public_id), "00000000-0000-4000-8000-000000000000"):
        assert is_problem(api.post(_moves(claim), {"action": "merge", "into": into}), status)
    assert is_problem(api.post(_moves(merged), {"action": "unmerge"}), status)
    assert list(Claim.objects.order_by("pk").values()) == before


def test_a_reporter_does_not_merge_the_own_claim(reporter: User, checker: User) -> None:
    suggestion = factories.article_read(reporter).suggestions.order_by("rank")[0]
    made = Api(checker).post(f"suggestions/{suggestion.public_id}/accept/").json()
    other = factories.claim(checker)
    path = f"claims/{made['id']}/transitions/"
    assert is_problem(
        Api(reporter).post(path, {"action": "merge", "into": str(other.public_id)}), 403
    )


def test_a_wrong_target_is_told_in_words(checker: User, editor: User, outsider: User) -> None:
    claim, api = factories.claim(checker), Api(editor)
    elsewhere = factories.claim(outsider)
    for into in (
        str(claim.public_id),
        str(elsewhere.public_id),
        "00000000-0000-4000-8000-000000000000",
        None,
    ):
        refused = api.post(_moves(claim), {"action": "merge", "into": into})
        assert is_problem(refused, 422) and refused.json()["errors"][0]["anchor"] == "into"
        assert elsewhere.text not in refused.text
    for into in ("seven", ["x"], ""):
        assert is_problem(api.post(_moves(claim), {"action": "merge", "into": into}), 400)


def test_work_on_a_duplicate_is_refused_with_409(checker: User, editor: User, ready: Claim) -> None:
    claim, other = ready, factories.claim(checker)
    factories.merged(claim, other, editor)
    api, one = Api(checker), f"claims/{claim.public_id}/"
    source = {"url": "https://new.example/", "stance": "context", "finding": "It."}
    for answer in (
        api.patch(one, {"text": "Other."}),
        api.post(f"{one}evidence/", source),
        api.put(f"{one}verdict/", {"rating": None, "short_answer": "", "explanation": ""}),
        api.post(f"{one}queries/", {"text": "Why?"}),
        api.post(
            f"{one}reply-requests/", {"person": "Mira", "channel": "email", "question": "Why?"}
        ),
        Api(editor).post(f"{one}waivers/", {"reason": "Because."}),
    ):
        assert is_problem(answer, 409) and str(other) in answer.json()["detail"]


def test_a_reporter_hears_of_no_claim_that_is_not_theirs_to_see(
    reporter: User, checker: User, editor: User
) -> None:
    suggestion = factories.article_read(reporter).suggestions.order_by("rank")[0]
    made = Api(checker).post(f"suggestions/{suggestion.public_id}/accept/").json()
    own, other = Claim.objects.get(public_id=made["id"]), factories.claim(checker)
    factories.merged(own, other, editor)
    data = Api(reporter).get(f"claims/{own.public_id}/").json()
    assert (data["status"], data["merged_into"]) == ("merged", None)


def test_the_list_asks_as_much_for_many_as_for_few(checker: User, editor: User) -> None:
    api, counts = Api(editor), []
    api.get("claims/")  # a token notes its first use
    for many in (1, 5):
        other = factories.claim(checker)
        for _ in range(many):
            factories.merged(factories.claim(checker), other, editor)
        with CaptureQueriesContext(connection) as asked:
            assert api.get("claims/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
