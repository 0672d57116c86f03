"""Selections over the API: already checked, done with an article, topics, and the
ledger in pages.
"""

import uuid

import pytest

from claims.choices import Action
from claims.models import FinishedArticle
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims import triage_cases
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


def _walk(api: Api, **query: object) -> list[str]:
    answer = api.get("selection-log/", page_size=3, **query)
    assert answer.status_code == 200, answer.content
    found = [row["text"] for row in answer.json()["results"]]
    while following := answer.json()["next"]:
        answer = api.get(following)
        found += [row["text"] for row in answer.json()["results"]]
    return found


def test_a_suggestion_was_already_checked(checker: User, auditor: User, outsider: User) -> None:
    one, claim, other = (
        triage_cases.many(checker, 1).suggestions.get(),
        factories.claim(checker),
        factories.claim(outsider),
    )
    path, api = f"suggestions/{one.public_id}/already-checked/", Api(checker)
    for wrong in (other.public_id, uuid.uuid4(), "no id"):
        assert is_problem(api.post(path, {"claim": str(wrong)}), 400)
    assert is_problem(Api(auditor).post(path, {"claim": str(claim.public_id)}), 403)
    assert is_problem(Api(outsider).post(path, {"claim": str(other.public_id)}), 404)
    for _ in range(2):
        data = api.post(path, {"claim": str(claim.public_id)}).json()
        assert (data["state"], data["checked_in"]) == ("already_checked", str(claim.public_id))
    assert is_problem(api.post(f"suggestions/{one.public_id}/accept/", {}), 409)


def test_the_desk_is_done_with_an_article(checker: User, auditor: User, outsider: User) -> None:
    article = triage_cases.many(checker, 2)
    path = f"articles/{article.public_id}/finish/"
    assert is_problem(Api(auditor).post(path), 403)
    assert is_problem(Api(outsider).post(path), 404)
    first, again = Api(checker).post(path), Api(checker).post(path)
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert first.json()["passed_over"] == 2 and FinishedArticle.objects.count() == 1
    assert all(row["passed_over_at"] for row in Api(checker).get("suggestions/").json()["results"])


def test_a_suggestion_is_declined_with_a_reason_of_the_list_alone(checker: User) -> None:
    one = triage_cases.many(checker, 1).suggestions.get()
    for told in ({}, {"reason": ""}, {"reason": "boring"}):
        assert is_problem(Api(checker).post(f"suggestions/{one.public_id}/decline/", told), 400)


def test_the_ledger_is_walked_page_by_page_without_doubles_or_gaps(
    checker: User, editor: User
) -> None:
    triage_cases.many(checker, 5)
    for number in range(5):
        factories.claim(checker, text=f"By hand {number}.")
    apply(
        factories.claim(checker, text="Declined."),
        Action.DECLINE,
        by=editor,
        data=MoveData(reason="trivial"),
    )
    found = _walk(Api(editor))
    assert len(found) == len(set(found)) == 11
    assert _walk(Api(editor), decision="declined", reason="trivial") == ["Declined."]
    counted = Api(editor).get("selection-log/totals/").json()
    assert counted["decisions"] == {
        "undecided": 5,
        "accepted": 5,
        "declined": 1,
        "already_checked": 0,
        "passed_over": 0,
    }
    assert counted["claimants"][0]["name"] == "nobody named"


def test_a_question_that_makes_no_sense_is_answered_in_words(editor: User) -> None:
    for asked in (
        {"decision": "lost"},
        {"first": "2026-02-02", "last": "2026-02-01"},
        {"last": "9999-12-31"},
        {"first": "0001-01-01"},
        {"desk": str(uuid.uuid4())},
        {"cursor": "abc"},
        {"cursor": "WzEsMiwzXQ"},
        {"cursor": "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwiY2xhaW0iLDFd"},
        {"page_size": 0},
        {"who": "x"},
    ):
        assert is_problem(Api(editor).get("selection-log/", **asked), 400), asked


def test_only_editors_and_auditors_read_the_ledger(
    checker: User, reporter: User, auditor: User, superuser: User, outsider: User
) -> None:
    factories.claim(checker)
    # A superuser without a role has no token that works.
    for who, status in ((checker, 403), (reporter, 403), (superuser, 401)):
        for path in ("selection-log/", "selection-log/totals/"):
            assert is_problem(Api(who).get(path), status)
    assert len(Api(auditor).get("selection-log/").json()["results"]) == 1
    assert Api(outsider).get("selection-log/").json()["results"] == []


def test_topics_are_made_by_editors_and_chosen_by_those_who_work(
    checker: User, editor: User, auditor: User
) -> None:
    assert is_problem(Api(checker).post("topics/", {"name": "Trees"}), 403)
    assert [Api(editor).post("topics/", {"name": "Trees"}).status_code for _ in range(2)] == [
        201,
        200,
    ]
    assert [row["name"] for row in Api(checker).get("topics/").json()["results"]] == ["Trees"]
    claim = Api(checker).post("claims/", {"text": "It planted 3.", "topic": "Trees"}).json()
    assert claim["topic"] == "Trees"
    refused = Api(checker).post("claims/", {"text": "It planted 4.", "topic": "Ships"})
    assert is_problem(refused, 400) and "Trees" in refused.json()["detail"]
    path = f"claims/{claim['id']}/topic/"
    assert is_problem(Api(auditor).put(path, {"topic": None}), 403)
    closed = Api(auditor).put(path, {"topic": "No such"})
    assert is_problem(closed, 403) and "Trees" not in closed.text
    assert Api(checker).put(path, {"topic": None}).json() == {"topic": None}
    assert Api(checker).get(f"claims/{claim['id']}/").json()["topic"] is None
