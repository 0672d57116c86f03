"""The export of a claim: all that hangs on it for editors and auditors, and nothing
that is not theirs to take away.
"""

import json
from typing import Any

import pytest

from claims.choices import Action
from claims.desk import queries, right_of_reply, waivers
from claims.desk.queries import Question
from claims.desk.right_of_reply import ReplyRequestDetails
from claims.exchange.export import export
from claims.models import Claim
from claims.workflow import apply
from factcheck.ledger.canonical_json import canonical_json, sha256
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db
CANARY = "marrow-plum-31"


def _exported(claim: Claim) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(export(Claim.objects.get(pk=claim.pk)))
    return data


def test_it_holds_every_version_with_what_was_signed_and_by_whom(
    checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    told = _exported(claim)
    first, second = told["verdicts"]
    for number, version, state in ((1, first, "superseded"), (2, second, "published")):
        row = claim.verdicts.get(number=number)
        assert (version["state"], version["content"], version["content_hash"]) == (
            state,
            row.content,
            row.content_hash,
        )
        assert sha256(version["content"]) == version["content_hash"]
        assert [signed["hash"] for signed in version["signatures"].values()] == [
            row.content_hash
        ] * 2
    assert {role: signed["by"]["username"] for role, signed in second["signatures"].items()} == {
        "author": "editor",
        "approver": "second_editor",
    }
    assert (
        second["correction"]["what_was_wrong"] == "It counted a street twice."
        and second["correction"]["corrects"] == 1
    )
    assert [saved["short_answer"] for saved in second["revisions"]] == [
        "It planted fewer.",
        "It planted half.",
    ]
    assert [move["action"] for move in told["history"]][:3] == ["take", "submit", "approve"]
    assert told["assignee"]["username"] == "editor"


def test_it_holds_evidence_with_the_hash_of_its_capture_replies_waivers_and_queries(
    checker: User, second_checker: User, editor: User, ready: Claim
) -> None:
    Claim.objects.filter(pk=ready.pk).update(claimant=factories.claimant("Mira Halloway"))
    right_of_reply.request_reply(
        ready,
        by=checker,
        details=ReplyRequestDetails(person="Mira", channel="email", question="Which register?"),
    )
    waivers.waive(ready, by=editor, reason="There is but one register.")
    query = queries.open_query(
        ready,
        by=second_checker,
        question=Question("Which table?", evidence=ready.evidence.get(number=2)),
    )
    queries.post(query, by=checker, text="Table 4.")
    told = _exported(ready)
    item = ready.evidence.get(number=1)
    assert (
        item.capture and told["evidence"][0]["capture"]["text_sha256"] == item.capture.text_sha256
    )
    assert [asked["question"] for asked in told["reply_requests"]] == ["Which register?"]
    assert [waiver["reason"] for waiver in told["waivers"]] == ["There is but one register."]
    assert [
        (query["evidence"], [said["text"] for said in query["messages"]])
        for query in told["queries"]
    ] == [(2, ["Which table?", "Table 4."])]
    assert (
        told["claim"]["claimant"]["name"] == "Mira Halloway" and told["privileged_threads"] is False
    )


def test_the_same_claim_gives_the_same_bytes_in_canonical_form(published: Claim) -> None:
    text = export(published)
    assert export(Claim.objects.get(pk=published.pk)) == text == canonical_json(json.loads(text))


def test_of_privileged_queries_it_says_only_that_there_are_some(editor: User, ready: Claim) -> None:
    lawyer = factories.person("quince_lawyer", ready.desk, "legal")
    secret = Question(
        f"Could they sue? {CANARY}", passage="planted fewer", blocking=True, privileged=True
    )
    query = queries.open_query(ready, by=editor, question=secret)
    queries.post(query, by=lawyer, text=f"They could. {CANARY}")
    text = export(Claim.objects.get(pk=ready.pk))
    for hidden in (CANARY, "quince_lawyer", str(query.public_id), "editor"):
        assert hidden not in text
    assert json.loads(text)["privileged_threads"] is True and json.loads(text)["queries"] == []


def test_of_withdrawn_evidence_it_says_only_that_it_was_there(
    checker: User, editor: User, ready: Claim
) -> None:
    page = f"It is {CANARY}."
    factories.withdrawn(
        factories.evidence(ready, checker, f"{CANARY}.example", quote=CANARY, text=page), checker
    )
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE_AND_PUBLISH, by=editor)
    text = export(Claim.objects.get(pk=ready.pk))
    assert CANARY not in text and sha256(page) not in text
    assert json.loads(text)["evidence"][2]["withdrawn_by"]["username"] == "checker"


def test_a_signature_that_went_with_an_edit_is_not_told_as_one(
    checker: User, editor: User, submitted: Claim
) -> None:
    assert (
        _exported(submitted)["verdicts"][0]["signatures"]["author"]["by"]["username"] == "checker"
    )
    apply(submitted, Action.REQUEST_CHANGES, by=editor, data=factories.note("A figure is wrong."))
    assert _exported(submitted)["verdicts"][0]["signatures"] == {"author": None, "approver": None}


def test_over_the_api_editors_and_auditors_take_it_away(
    editor: User, auditor: User, published: Claim
) -> None:
    for person in (editor, auditor):
        answer = Api(person).get(f"claims/{published.public_id}/export/")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
        assert answer.content.decode() == export(Claim.objects.get(pk=published.pk))


def test_and_nobody_else(
    request: pytest.FixtureRequest, checker: User, editor: User, published: Claim
) -> None:
    path = f"claims/{published.public_id}/export/"
    for who, status in {
        "checker": 403,
        "reporter": 404,
        "admin_person": 404,
        "superuser": 401,  # without a role no token works
        "outsider": 404,
    }.items():
        assert is_problem(Api(request.getfixturevalue(who)).get(path), status), who
    assert is_problem(Api(editor, "claims:write").get(path), 403)
    assert is_problem(Api(editor).get(path, part="evidence"), 400)
    assert is_problem(Api(editor).post(path), 405)
