"""`fields` and `expand` of the API's reads: a client is sent what it asks for, in one
call, and nothing that it may not read by another.
"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.intake import triage
from claims.models import Claim, Suggestion
from claims.workflow import apply
from factcheck.api import document
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.project.api import ROOT, Api, is_problem
from tests.project.full_newsroom import ROLES

pytestmark = pytest.mark.django_db
ALL = "article,desk,evidence,verdict"


@pytest.fixture
def found(reporter: User, checker: User) -> Claim:
    """A claim in a reporter's article, with evidence that the reporter may not read."""
    article = factories.article_read(reporter)
    claim: Claim = triage.accept(article.suggestions.order_by("part", "rank")[0], by=checker)
    apply(claim, Action.TAKE, by=checker)
    factories.evidence(claim, checker, quote="the page says")
    return claim


def test_an_answer_has_the_fields_that_were_asked_for(ready: Claim, checker: User) -> None:
    api = Api(checker)
    listed = api.get("claims/", fields="id,status").json()
    assert listed["results"] == [{"id": str(ready.public_id), "status": "in_progress"}]
    assert {"next", "previous"} <= listed.keys()
    one = api.get(f"claims/{ready.public_id}/", fields=" status , missing,")
    assert list(one.json()) == ["status", "missing"] and one["ETag"]
    assert list(api.get("me/", fields="username").json()) == ["username"]
    assert is_problem(api.get("claims/", fields=""), 400), "the document says a list of names"


def test_each_read_takes_the_fields_that_its_document_names(desk: Desk) -> None:
    api = Api(factories.person("everybody", desk, *ROLES))
    for path, operations in document()["paths"].items():
        named = {one["name"]: one for one in operations.get("get", {}).get("parameters", ())}
        if "{" in path or "get" not in operations:
            continue
        known = named["fields"]["schema"]["items"]["enum"]
        required = {"text": "A text."} if "text" in named else {}
        for names in (",".join(known), known[0]):
            answer = api.get(path.removeprefix(ROOT), fields=names, **required)
            assert answer.status_code == 200, (path, answer.content)
        refused = api.get(path.removeprefix(ROOT), fields="id,nonsense", **required)
        assert is_problem(refused, 400)
        (fault,) = refused.json()["errors"]
        assert fault["field"] == "fields" and "nonsense" in fault["text"]
        assert all(name in fault["text"] for name in known)


def test_what_cannot_be_expanded_is_refused(ready: Claim, checker: User) -> None:
    api = Api(checker)
    refused = api.get("claims/", expand="verdict,author")
    assert is_problem(refused, 400) and "author" in refused.json()["detail"]
    assert "article, desk, evidence, verdict" in refused.json()["detail"]
    # Where nothing can be expanded it is a parameter that there is not.
    assert is_problem(api.get("topics/", expand="desk"), 400)
    assert is_problem(api.post("topics/?fields=id", {"name": "Trees"}), 400)


def test_what_stands_behind_an_id_is_as_its_own_address_answers(
    found: Claim, ready: Claim, checker: User
) -> None:
    api = Api(checker)
    rows = api.get("claims/", expand=ALL, fields="id,text", ordering="created_at").json()
    parts = {row["text"]: row["expanded"] for row in rows["results"]}
    assert all(row.keys() == {"id", "text", "expanded"} for row in rows["results"])
    of_found, of_ready = parts[found.text], parts[ready.text]
    path = f"claims/{ready.public_id}/"
    assert of_ready["evidence"] == api.get(f"{path}evidence/").json()["results"]
    assert of_ready["verdict"] == api.get(f"{path}verdict/").json()
    assert of_ready["article"] is None and of_found["verdict"] is None
    article = api.get(f"articles/{of_found['article']['id']}/").json()
    assert of_found["article"].items() <= article.items()
    assert of_found["desk"]["name"] == "Metro"
    assert api.get(path, expand="verdict").json()["expanded"] == {"verdict": of_ready["verdict"]}

    suggestion = Suggestion.objects.get(claim=found)
    one = api.get(f"suggestions/{suggestion.public_id}/", expand="claim,article").json()
    assert one["expanded"]["claim"]["id"] == str(found.public_id)
    assert one["expanded"]["article"] == of_found["article"]
    (verdict,) = api.get("verdicts/", expand="claim").json()["results"]
    assert verdict["expanded"]["claim"]["id"] == str(ready.public_id)


def test_nothing_is_expanded_that_the_token_or_its_owner_may_not_read(
    found: Claim, reporter: User, checker: User, outsider: User
) -> None:
    quote = found.evidence.get().quote
    seen = Api(reporter).get("claims/", expand=ALL)
    assert [row["id"] for row in seen.json()["results"]] == [str(found.public_id)]
    assert seen.json()["results"][0]["expanded"]["evidence"] == []
    assert quote and quote not in seen.content.decode()
    narrow = Api(checker, "claims:read")
    assert is_problem(narrow.get("claims/", expand="evidence"), 403)
    assert is_problem(narrow.get(f"claims/{found.public_id}/", expand="article"), 403)
    assert narrow.get("claims/", expand="desk").status_code == 200
    assert Api(outsider).get("suggestions/", expand="claim").json()["results"] == []


def test_more_rows_take_no_more_queries(checker: User) -> None:
    api = Api(checker)
    api.get("me/")  # which notes that the token was used
    counts = []
    for _ in range(2):
        made = [factories.ready(checker) for _ in range(2)]
        with CaptureQueriesContext(connection) as queries:
            answer: Any = api.get("claims/", expand=ALL).json()["results"]
        counts.append(len(queries))
        assert {str(claim.public_id) for claim in made} <= {row["id"] for row in answer}
        assert all(row["expanded"]["evidence"] for row in answer)
    assert counts[0] == counts[1]
