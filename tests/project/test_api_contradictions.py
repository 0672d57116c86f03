"""A request that can be read in two ways, or in none, is refused before anything is
done or shown.
"""

from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from rest_framework.serializers import DateTimeField

from claims.models import Evidence, Transition
from factcheck.drf.serializers import Moment, Strict
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


def _inputs(kind: type[Strict] = Strict) -> Iterator[type[Strict]]:
    for one in kind.__subclasses__():
        yield one
        yield from _inputs(one)


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


def test_no_time_is_taken_without_its_offset(editor: User) -> None:
    """The server would read it in a zone of its own."""
    claim = factories.claim(editor)
    sent = {"due_at": "2030-01-01T10:00:00"}
    answer = Api(editor).patch(f"claims/{claim.public_id}/", sent)
    assert is_problem(answer, 400)
    assert "offset" in answer.json()["errors"][0]["text"]
    fields = [
        (kind.__name__, name)
        for kind in _inputs()
        for name, field in kind().fields.items()
        if isinstance(field, DateTimeField) and not isinstance(field, Moment)
    ]
    assert not fields


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("assignee", "checker"),
        ("into", "{other}"),
        ("reason", "opinion"),
        ("category", "correction"),
        ("meanwhile", "withheld"),
    ],
)
def test_what_an_action_does_not_take_is_not_put_on_record(
    checker: User, field: str, value: str
) -> None:
    claim, other = factories.claim(checker), factories.claim(checker, text="Another claim.")
    sent = {"action": "take", field: value.format(other=other.public_id)}
    answer = Api(checker).post(f"claims/{claim.public_id}/transitions/", sent)
    assert is_problem(answer, 400)
    assert answer.json()["errors"][0]["field"] == field
    assert not Transition.objects.exists()


def test_of_two_files_none_is_passed_over(checker: User) -> None:
    claim = factories.claim(checker)
    api = Api(checker)
    api.post(f"claims/{claim.public_id}/transitions/", {"action": "take"})
    files = [ContentFile(name.encode(), name=f"{name}.txt") for name in ("one", "two")]
    sent = {"stance": "refutes", "publisher": "Park office", "quote": "one"}
    answer = api.send(f"claims/{claim.public_id}/files/", sent | {"file": files})
    assert is_problem(answer, 400)
    assert answer.json()["errors"][0]["field"] == "file"
    answer = api.send(
        f"claims/{claim.public_id}/files/",
        sent | {"file": files[0], "publisher": ["Park office", "Harbour office"]},
    )
    assert is_problem(answer, 400)
    assert answer.json()["errors"][0]["field"] == "publisher"
    assert not Evidence.objects.exists()
