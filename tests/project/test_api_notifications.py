"""Notifications over the API: one's own, of what one may see, and marking them read."""

import pytest

from claims.desk.queries import Question, open_query
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


def test_a_client_reads_and_marks_its_owners(checker: User, editor: User) -> None:
    claim, api = factories.submitted(checker), Api(editor)
    (told,) = api.get("notifications/?unread=true").json()["results"]
    assert (told["kind"], told["claim"], told["by"], told["read_at"]) == (
        "signature",
        str(claim.public_id),
        "checker",
        None,
    )
    assert "second signature" in told["text"] and claim.text not in str(told)
    for _ in range(2):
        marked = api.post(f"notifications/{told['id']}/read/", {})
        assert marked.status_code == 200 and marked.json()["read_at"]
    assert api.get("notifications/?unread=true").json()["results"] == []
    assert len(api.get("notifications/?unread=false").json()["results"]) == 1
    factories.submitted(checker)
    assert [api.post("notifications/read/", {}).json()["marked"] for _ in range(2)] == [1, 0]


def test_others_and_tokens_without_the_scope_are_refused(
    checker: User, editor: User, outsider: User
) -> None:
    submitted = factories.submitted(checker)
    told = Api(editor).get("notifications/").json()["results"][0]["id"]
    for who in (checker, outsider):
        assert Api(who).get("notifications/").json()["results"] == []
        is_problem(Api(who).post(f"notifications/{told}/read/", {}), 404)
    reading = Api(editor, "read")
    is_problem(reading.post(f"notifications/{told}/read/", {}), 403)
    is_problem(reading.post("notifications/read/", {}), 403)
    is_problem(reading.get("notifications/?unread=perhaps"), 400)
    legal = factories.person("legal", submitted.desk, "legal")
    open_query(submitted, by=editor, question=Question("Of it, @legal?", privileged=True))
    assert len(Api(legal).get("notifications/").json()["results"]) == 1
    # An admin may have issued it, who must not make it look as if legal had read it.
    issued = Api(legal, "read", "claims:write")
    assert issued.get("notifications/").json()["results"] == []
    assert issued.post("notifications/read/", {}).json()["marked"] == 0
    assert len(Api(legal).get("notifications/?unread=true").json()["results"]) == 1
