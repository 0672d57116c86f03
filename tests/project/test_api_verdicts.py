"""Verdicts through the API: written by revisions, read as they were signed."""

import hashlib
from typing import Any

import pytest

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem
from tests.shared_rows import shared

WORDS = {
    "rating": "False",
    "short_answer": "It planted half of that.",
    "explanation": "The register of trees shows it.",
}


@shared
def claim(checker: User) -> Claim:
    factories.scale()
    made = factories.claim(checker)
    apply(made, Action.TAKE, by=checker)
    return made


def test_a_verdict_is_written_and_the_same_words_again_change_nothing(
    checker: User, claim: Claim
) -> None:
    api, path = Api(checker), f"claims/{claim.public_id}/verdict/"
    assert is_problem(api.get(path), 404)
    first, again = api.put(path, WORDS), api.put(path, WORDS)
    assert first.status_code == 200 and first.json() == again.json() == api.get(path).json()
    assert {name: first.json()[name] for name in WORDS} == WORDS
    assert first["ETag"] == '"v1"' and first.json()["signatures"] == []


def test_an_unfinished_verdict_may_be_saved(checker: User, claim: Claim) -> None:
    saved = Api(checker).put(
        f"claims/{claim.public_id}/verdict/",
        {"rating": None, "short_answer": "", "explanation": "So far …"},
    )
    assert saved.status_code == 200 and saved.json()["rating"] is None


def test_words_written_over_somebody_elses_are_refused(
    checker: User, editor: User, claim: Claim
) -> None:
    path = f"claims/{claim.public_id}/verdict/"
    Api(checker).put(path, WORDS)
    assert (
        Api(editor)
        .put(path, WORDS | {"short_answer": "It planted 2,100."}, if_match='"v1"')
        .json()["version"]
        == 2
    )
    assert is_problem(
        Api(checker).put(path, WORDS | {"explanation": "Other words."}, if_match='"v1"'), 412
    )
    assert is_problem(
        Api(checker).put(path, WORDS | {"explanation": "Other words.", "version": 1}), 412
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rating": "Mostly fine"}, "rating"), ({"rating": 1}, "rating"), ({"scale": "Unknown"}, "rating"),
        ({"short_answer": "x" * 241}, "short_answer"), ({"explanation": None}, "explanation"), ({"state": "published"}, "state"),
    ],
)  # fmt: skip
def test_words_that_cannot_stand_are_refused_by_name(
    checker: User, claim: Claim, change: dict[str, Any], field: str
) -> None:
    refused = Api(checker).put(f"claims/{claim.public_id}/verdict/", WORDS | change)
    assert is_problem(refused, 400) and [error["field"] for error in refused.json()["errors"]] == [
        field
    ]


def test_a_word_of_two_scales_needs_its_scale(checker: User, claim: Claim) -> None:
    factories.scale("Other", "False", "True")
    api, path = Api(checker), f"claims/{claim.public_id}/verdict/"
    refused = api.put(path, WORDS)
    assert is_problem(refused, 400) and refused.json()["errors"][0]["field"] == "scale"
    assert api.put(path, WORDS | {"scale": "Other"}).status_code == 200


def test_the_wrong_person_writes_nothing(
    claim: Claim, second_checker: User, auditor: User, outsider: User
) -> None:
    for person, status in ((second_checker, 403), (auditor, 403), (outsider, 404)):
        assert is_problem(Api(person).put(f"claims/{claim.public_id}/verdict/", WORDS), status)
    assert not claim.verdicts.exists()


def test_what_was_signed_can_be_verified(checker: User, editor: User, published: Claim) -> None:
    api = Api(editor)
    newest = api.get(f"claims/{published.public_id}/verdict/").json()
    whole = api.get(f"verdicts/{newest['id']}/").json()
    assert hashlib.sha256(whole["content"].encode()).hexdigest() == whole["content_hash"]
    assert [(one["role"], one["by"]) for one in whole["signatures"]] == [
        ("author", "checker"),
        ("approver", "editor"),
    ]
    assert whole["published_at"] and whole["address"].endswith(f"/verdicts/{published.address}/")
    assert is_problem(api.put(f"claims/{published.public_id}/verdict/", WORDS), 409)


def test_the_scales_in_use_are_listed_with_their_words(checker: User) -> None:
    factories.scale()
    old = factories.scale("Old words")
    old.in_use = False
    old.save(update_fields=["in_use"])
    (told,) = Api(checker).get("ratings/").json()["results"]
    assert [rating["name"] for rating in told["ratings"]] == ["False", "Misleading", "True"]


def test_a_row_of_the_list_says_which_claim_it_is_of_and_where_readers_find_it(
    checker: User, editor: User, submitted: Claim
) -> None:
    waiting, out = submitted, factories.published(checker, editor)
    rows = {row["claim"]: row for row in Api(editor).get("verdicts/").json()["results"]}
    assert rows[str(waiting.public_id)]["claim_text"] == waiting.text
    assert rows[str(waiting.public_id)]["address"] == ""
    assert rows[str(out.public_id)]["address"].endswith(f"/verdicts/{out.address}/")
