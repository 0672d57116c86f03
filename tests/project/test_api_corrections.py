"""Corrections through the API: the same moves, with the data they need."""

from claims.models import Claim
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

TOLD = {
    "action": "correct",
    "category": "correction",
    "note": "It counted a street twice.",
    "meanwhile": "withheld",
}


def test_a_correction_is_opened_written_and_published(
    editor: User, second_editor: User, published: Claim
) -> None:
    claim, api = published, Api(editor)
    path = f"claims/{claim.public_id}/"
    made = api.post(f"{path}transitions/", TOLD)
    assert made.status_code == 201
    assert (made.json()["category"], made.json()["meanwhile"]) == ("correction", "withheld")
    verdict = api.get(f"{path}verdict/").json()
    assert (verdict["number"], verdict["state"], verdict["short_answer"]) == (
        2,
        "working",
        "It planted fewer.",
    )
    assert verdict["correction"]["what_was_wrong"] == TOLD["note"]
    assert api.get(f"{path}").json()["address"]
    factories.written(claim, editor, answer="It planted half.")
    assert api.post(f"{path}transitions/", {"action": "submit"}).status_code == 201
    assert (
        Api(second_editor)
        .post(f"{path}transitions/", {"action": "approve_and_publish"})
        .status_code
        == 201
    )
    states = {row["number"]: row["state"] for row in api.get("verdicts/").json()["results"]}
    assert states == {1: "superseded", 2: "published"}


def test_again_it_answers_200_and_opens_no_second_one(editor: User, published: Claim) -> None:
    claim, api = published, Api(editor)
    path = f"claims/{claim.public_id}/transitions/"
    assert [api.post(path, TOLD).status_code for _ in range(2)] == [201, 200]
    assert claim.verdicts.count() == 2


def test_bad_input_a_wrong_person_and_a_wrong_state_are_told_apart(
    checker: User, editor: User, outsider: User, published: Claim
) -> None:
    path = f"claims/{published.public_id}/transitions/"
    assert is_problem(Api(editor).post(path, {**TOLD, "category": "oops"}), 400)
    missing = Api(editor).post(path, {"action": "correct"})
    assert is_problem(missing, 422)
    assert {gap["code"] for gap in missing.json()["errors"]} == {"category", "note"}
    assert is_problem(Api(checker).post(path, TOLD), 403)
    assert is_problem(Api(outsider).post(path, TOLD), 404)
    assert is_problem(Api(editor).post(path, {"action": "drop_correction", "note": "No."}), 409)


def test_a_retraction_is_confirmed_by_a_second_editor(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.retracted(checker, editor)
    path, body = f"claims/{claim.public_id}/transitions/", {"action": "confirm_retraction"}
    assert is_problem(Api(editor).post(path, body), 422)
    assert [Api(second_editor).post(path, body).status_code for _ in range(2)] == [201, 200]
    verdict = Api(editor).get(f"verdicts/{claim.verdicts.get().public_id}/").json()
    assert verdict["retraction_confirmed_by"] == "second_editor"
