"""Suggestions through the API: shown with their place in the text, accepted once,
declined with a reason.
"""

import pytest

from claims.models import Claim, Suggestion
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem


@pytest.fixture
def suggestion(checker: User) -> Suggestion:
    article = factories.article_read(checker)
    return Suggestion.objects.filter(article=article).order_by("rank")[0]


def test_suggestions_come_best_first_and_stand_where_they_say(
    checker: User, suggestion: Suggestion
) -> None:
    api = Api(checker)
    article = api.get(f"articles/{suggestion.article.public_id}/").json()
    assert article["job"]["kind"] == "reading" and article["job"]["state"] == "done"
    rows = api.get("suggestions/", article=article["id"], state="proposed").json()["results"]
    assert len(rows) == article["job"]["suggestion_count"] and rows[0]["id"] == str(
        suggestion.public_id
    )
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    for row in rows:
        assert article["text"][row["start"] : row["end"]] == row["text"] and row["claim"] is None
        assert row == api.get(f"suggestions/{row['id']}/").json()


def test_accepting_twice_makes_one_claim(checker: User, suggestion: Suggestion) -> None:
    api, path = Api(checker), f"suggestions/{suggestion.public_id}/"
    first = api.post(
        f"{path}accept/", {"stated_date": "2026-05-03", "claimant": {"name": "The council"}}
    )
    again = api.post(f"{path}accept/")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"] == api.get(path).json()["claim"]
    data = first.json()
    assert (data["text"], data["suggestion"], data["claimant"]["name"]) == (
        suggestion.text,
        str(suggestion.public_id),
        "The council",
    )


def test_declining_twice_keeps_the_first_reason(checker: User, suggestion: Suggestion) -> None:
    api, path = Api(checker), f"suggestions/{suggestion.public_id}/"
    assert api.post(f"{path}decline/", {"reason": "opinion"}).json()["decline_reason"] == "opinion"
    again = api.post(f"{path}decline/", {"reason": "trivial", "note": "Really."})
    assert again.status_code == 200 and again.json()["decline_reason"] == "opinion"
    assert is_problem(api.post(f"{path}accept/"), 409)


def test_an_accepted_suggestion_cannot_be_declined(checker: User, suggestion: Suggestion) -> None:
    api, path = Api(checker), f"suggestions/{suggestion.public_id}/"
    api.post(f"{path}accept/")
    assert is_problem(api.post(f"{path}decline/", {"reason": "opinion"}), 409)


def test_a_reason_that_is_not_on_the_list_is_refused(checker: User, suggestion: Suggestion) -> None:
    refused = Api(checker).post(
        f"suggestions/{suggestion.public_id}/decline/", {"reason": "boring"}
    )
    assert is_problem(refused, 400) and refused.json()["errors"][0]["field"] == "reason"


def test_the_wrong_person_decides_nothing(
    auditor: User, outsider: User, suggestion: Suggestion
) -> None:
    path = f"suggestions/{suggestion.public_id}/"
    for person, status in ((auditor, 403), (outsider, 404)):
        assert is_problem(
            Api(person).post(f"{path}accept/", {"claimant": {"name": "Nobody"}}), status
        )
        assert is_problem(Api(person).post(f"{path}decline/", {"reason": "opinion"}), status)
    assert not Claim.objects.exists()
