"""The main job through the API alone: an article in, a signed verdict out."""

from claims.models import Evidence
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem


def test_an_article_becomes_a_published_verdict(checker: User, editor: User) -> None:
    factories.scale()
    api, chief = Api(checker), Api(editor)
    claim = api.post(
        "claims/",
        {"text": "The city planted 4,200 trees in 2025.", "claimant": {"name": "The mayor"}},
    ).json()
    path = f"claims/{claim['id']}/"
    assert api.post(f"{path}transitions/", {"action": "take"}).status_code == 201
    for number in (1, 2):
        body = {
            "url": f"https://register{number}.example/trees",
            "stance": "refutes",
            "finding": "It lists 2,100.",
        }
        item = api.post(f"{path}evidence/", body).json()
        factories.captured(
            Evidence.objects.get(public_id=item["id"]).link, "The register lists 2,100 trees."
        )
    verdict = {
        "rating": "False",
        "short_answer": "It planted half of that.",
        "explanation": "Two registers agree.",
        "quote_accuracy": "accurate",
    }
    assert api.put(f"{path}verdict/", verdict).json()["version"] == 1
    assert api.get(path).json()["missing"] == {}
    assert api.post(f"{path}transitions/", {"action": "submit"}).status_code == 201
    moved = chief.post(f"{path}transitions/", {"action": "approve_and_publish"})
    assert moved.status_code == 201
    published = chief.get("verdicts/", state="published").json()["results"]
    whole = chief.get(f"verdicts/{published[0]['id']}/").json()
    assert [signature["by"] for signature in whole["signatures"]] == ["checker", "editor"]
    assert {signature["hash"] for signature in whole["signatures"]} == {
        whole["content_hash"],
        moved.json()["content_hash"],
    }
    assert (
        whole["address"].startswith("http")
        and chief.get(path).json()["address"] == whole["address"]
    )


def test_a_refused_submission_lists_everything_that_is_missing(checker: User) -> None:
    api, claim = Api(checker), factories.claim(checker)
    api.post(f"claims/{claim.public_id}/transitions/", {"action": "take"})
    refused = api.post(f"claims/{claim.public_id}/transitions/", {"action": "submit"})
    assert is_problem(refused, 422)
    data = refused.json()["errors"]
    assert {gap["code"] for gap in data} == {"rating", "short_answer", "explanation", "evidence"}
    assert data == [
        {**gap} for gap in api.get(f"claims/{claim.public_id}/").json()["missing"]["submit"]
    ]
