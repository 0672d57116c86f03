"""A request that can be read in two ways, or in none, is refused before anything is
done or shown.
"""

import pytest

from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


def test_a_query_in_another_encoding_is_refused(checker: User) -> None:
    """Read as something else it would show a list that nobody asked for."""
    answer = Api(checker).client.get("/api/v1/claims/?q=caf%E9")
    assert is_problem(answer, 400)
    assert "UTF-8" in answer.json()["detail"]


def test_a_compressed_body_is_told_to_come_plain(checker: User) -> None:
    answer = Api(checker).post("claims/", {"text": "A claim."}, content_encoding="gzip")
    assert is_problem(answer, 415)
    assert "Content-Encoding" in answer.json()["detail"]


@pytest.mark.parametrize("match", ['"v2"', "1"])
def test_two_versions_that_differ_are_refused(checker: User, match: str) -> None:
    """One of them is what was read, and nobody knows which."""
    claim = factories.claim(checker)
    sent = {"action": "take", "version": 1}
    answer = Api(checker).post(f"claims/{claim.public_id}/transitions/", sent, if_match=match)
    assert is_problem(answer, 400)
    assert answer.json()["errors"][0]["field"] == "If-Match"
    claim.refresh_from_db()
    assert claim.status == "open"


def test_the_same_version_twice_is_one(checker: User) -> None:
    claim = factories.claim(checker)
    sent = {"action": "take", "version": 1}
    answer = Api(checker).post(f"claims/{claim.public_id}/transitions/", sent, if_match='"v1"')
    assert answer.status_code == 201


def test_a_range_that_ends_before_it_begins_is_refused(checker: User) -> None:
    """An empty list would pass for an answer."""
    asked = {"received_from": "2026-06-02", "received_to": "2026-06-01"}
    answer = Api(checker).get("claims/", **asked)
    assert is_problem(answer, 400)
    assert answer.json()["errors"][0]["field"] == "received_to"


def test_a_range_of_one_day_is_one(checker: User) -> None:
    asked = {"received_from": "2026-06-02", "received_to": "2026-06-02"}
    assert Api(checker).get("claims/", **asked).status_code == 200
