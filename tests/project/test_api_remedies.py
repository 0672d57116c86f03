"""A refusal says what to send instead, for the slips that a programmer makes."""

from typing import Any

import pytest
from django.test import Client

from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db
HOOK = {"name": "CMS", "url": "https://cms.example/"}
NO_ID = "00000000-0000-4000-8000-000000000000"

# What is sent, the field that is named, and words of the remedy.
BODIES: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("articles/", {"text": "A text.", "kind": "final"}, "kind", "draft"),
    ("articles/", {"text": "A text.", "external_id": 17}, "external_id", "quotation marks"),
    ("articles/", {"text": None}, "text", "leave the field out"),
    ("articles/", {"text": "A text.", "desk": "Metro"}, "desk", "GET /api/v1/me/"),
    ("articles/", {"text": "A text.", "update_of": "17"}, "update_of", "as an answer gave it"),
    ("claims/", {"text": "A claim.", "claimant": "The mayor"}, "claimant", "name"),
    ("claims/", {"text": "A claim.", "claimant": ["The mayor"]}, "claimant", "name"),
    ("bulk/", {"kind": "priority", "claims": [NO_ID]}, "claims.0", "claim, version"),
    ("bulk/", {"kind": "priority", "claims": NO_ID}, "claims", "a list"),
    ("webhooks/", HOOK | {"types": "verdict.published"}, "types", "a list"),
    ("webhooks/", HOOK | {"types": ["*"]}, "types.0", "verdict.published"),
    ("claims/", {"text": "A claim.", "again": "yes please"}, "again", "true or false"),
)
QUERIES: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"status": "finished"}, "status", "in_progress"),
    ({"ordering": "created"}, "ordering", "-due_at"),
    ({"updated_since": "2026-06-01T06:00:00 02:00"}, "updated_since", "%2B"),
    ({"updated_since": "1780000000"}, "updated_since", "YYYY-MM-DD"),
)


def _fault(answer: Any, status: int = 400) -> dict[str, str]:
    assert is_problem(answer, status), answer.content
    found: dict[str, str] = answer.json()["errors"][0]
    return found


@pytest.mark.parametrize(("path", "body", "field", "remedy"), BODIES)
def test_a_wrong_value_is_told_what_is_right(
    editor: User, path: str, body: dict[str, Any], field: str, remedy: str
) -> None:
    fault = _fault(Api(editor).post(path, body))
    assert fault["field"] == field
    assert remedy in fault["text"]


@pytest.mark.parametrize(("query", "field", "remedy"), QUERIES)
def test_a_wrong_filter_is_told_what_is_right(
    checker: User, query: dict[str, str], field: str, remedy: str
) -> None:
    fault = _fault(Api(checker).get("claims/", **query))
    assert fault["field"] == field
    assert remedy in fault["text"]


def test_a_list_of_many_choices_is_not_told_in_full(admin_person: User) -> None:
    sent = {"name": "Weekend", "time_zone": "Mars/Olympus"}
    assert len(_fault(Api(admin_person).post("desks/", sent))["text"]) < 300


def test_no_token_at_all_is_told_where_it_goes(client: Client) -> None:
    answer = client.get("/api/v1/claims/")
    assert is_problem(answer, 401)
    assert "Authorization: Bearer" in answer.json()["detail"]
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_method_that_there_is_not_is_told_those_there_are(checker: User) -> None:
    article = factories.article(checker)
    answer = Api(checker).delete(f"articles/{article.public_id}/")
    assert is_problem(answer, 405)
    assert "GET, PATCH" in answer.json()["detail"]


def test_an_id_of_another_system_is_told_apart_from_a_wrong_address(checker: User) -> None:
    answer = Api(checker).get("articles/17/")
    assert is_problem(answer, 404)
    assert "UUID" in answer.json()["detail"]


def test_parts_without_a_boundary_are_told_how_they_are_sent(checker: User) -> None:
    claim = factories.claim(checker)
    answer = Api(checker).raw(f"claims/{claim.public_id}/files/", b"x", "multipart/form-data")
    assert is_problem(answer, 400)
    assert "boundary" in answer.json()["detail"] and "None" not in answer.json()["detail"]


def test_a_claim_that_translates_itself_is_named_by_the_field_that_was_sent(editor: User) -> None:
    claim = factories.claim(editor)
    sent = {"translation_of": str(claim.public_id), "language": "sv"}
    answer = Api(editor).patch(f"claims/{claim.public_id}/", sent)
    assert is_problem(answer, 400)
    assert answer.json()["errors"][0]["field"] == "translation_of"


@pytest.mark.parametrize("path", ["claims/", "streams/"])
def test_the_name_of_a_language_is_no_language(checker: User, path: str) -> None:
    sent = {"text": "A claim."} if path == "claims/" else {"title": "Council"}
    answer = Api(checker).post(path, sent | {"language": "english"})
    assert is_problem(answer, 400)
    assert "en" in answer.json()["errors"][0]["text"]


def test_a_view_of_no_list_is_a_wrong_field(checker: User) -> None:
    sent = {"screen": "claims", "name": "Late", "query": "due=overdue"}
    answer = Api(checker).post("saved-views/", sent)
    assert is_problem(answer, 400)
    assert answer.json()["errors"][0]["field"] == "screen"
    assert "claims.claim" in answer.json()["detail"]
