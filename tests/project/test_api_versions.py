"""No write over the API on what one has not seen: a claim or verdict is named with its
version, and a move with the content.
"""

import pytest

from claims.choices import Action, Stance
from claims.desk.right_of_reply import ReplyRequestDetails, request_reply
from claims.evidence.attaching import EvidenceDetails, attach, withdraw
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim, Rating, Suggestion, Verdict
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests import factories
from tests.project.api import Api, is_problem

WORDS = {
    "rating": "False",
    "short_answer": "It planted half.",
    "explanation": "The register shows it.",
}


def _path(claim: Claim, tail: str = "") -> str:
    return f"claims/{claim.public_id}/{tail}"


def test_a_write_that_names_no_version_is_told_how(checker: User, ready: Claim) -> None:
    claim, api = ready, Api(checker)
    before = Claim.objects.values().get(), Verdict.objects.values().get()
    for sent in (
        api.post(_path(claim, "transitions/"), {"action": "submit"}, if_match=""),
        api.post(_path(claim, "transitions/"), {"action": "submit"}, if_match="*"),
        api.patch(_path(claim), {"text": "Other."}, if_match=""),
        api.put(_path(claim, "verdict/"), WORDS, if_match=""),
    ):
        assert is_problem(sent, 428)
        assert "If-Match" in sent.json()["detail"] and "`version`" in sent.json()["detail"]
    assert (Claim.objects.values().get(), Verdict.objects.values().get()) == before


def test_who_may_not_see_it_hears_404_with_and_without_a_version(
    outsider: User, ready: Claim
) -> None:
    claim, api = ready, Api(outsider)
    for match in ("", '"v1"'):
        assert is_problem(
            api.post(_path(claim, "transitions/"), {"action": "take"}, if_match=match), 404
        )
        assert is_problem(api.patch(_path(claim), {"text": "Other."}, if_match=match), 404)
        assert is_problem(api.put(_path(claim, "verdict/"), WORDS, if_match=match), 404)


def test_the_etag_that_was_read_is_accepted_and_the_next_one_comes_with_the_answer(
    editor: User, submitted: Claim
) -> None:
    api = Api(editor)
    read = api.get(_path(submitted))
    approved = api.post(
        _path(submitted, "transitions/"), {"action": "approve"}, if_match=read["ETag"]
    )
    assert approved.status_code == 201
    assert (
        api.post(
            _path(submitted, "transitions/"), {"action": "publish"}, if_match=approved["ETag"]
        ).status_code
        == 201
    )


def test_the_same_move_on_the_same_version_is_safe_twice(editor: User, submitted: Claim) -> None:
    claim, api = submitted, Api(editor)
    sent = [
        api.post(_path(claim, "transitions/"), {"action": "approve", "version": claim.version})
        for _ in range(2)
    ]
    assert [one.status_code for one in sent] == [201, 200] and sent[0].json() == sent[1].json()
    assert claim.transitions.filter(action="approve").count() == 1


def test_a_stale_write_hears_the_version_and_who_changed_what(
    editor: User, submitted: Claim
) -> None:
    version = submitted.version
    factories.written(submitted, editor, answer="It planted a third.")
    refused = Api(editor).post(
        _path(submitted, "transitions/"), {"action": "approve", "version": version}
    )
    assert is_problem(refused, 412)
    assert f"current is {version + 1}" in refused.json()["detail"]
    data = refused.json()["errors"][0]["text"]
    assert data.startswith("editor, ") and data.endswith("verdict.write (short_answer).")
    stale = Api(editor).put(_path(submitted, "verdict/"), WORDS | {"version": 1})
    assert is_problem(stale, 412) and "verdict.write" in stale.json()["errors"][0]["text"]


def test_who_may_not_read_the_evidence_is_not_told_who_changed_what(
    reporter: User, checker: User
) -> None:
    suggestion = factories.article_read(reporter).suggestions.order_by("rank")[0]
    claim = Claim.objects.get(
        public_id=Api(checker).post(f"suggestions/{suggestion.public_id}/accept/").json()["id"]
    )
    assert Api(reporter).get(_path(claim)).json()["content_hash"] == ""
    sent = Api(reporter).post(_path(claim, "transitions/"), {"action": "take", "version": 99})
    assert is_problem(sent, 403) and sent.json()["errors"] == []


CHANGES = {
    "words of the verdict": lambda claim, by: factories.written(claim, by, answer=(
        "Another"
        " answer."
    )),
    "evidence": lambda claim, by: attach(
        claim, by=by, details=EvidenceDetails(url="https://more.example/", stance=Stance.CONTEXT, finding="It tells more.")
    ),
    "evidence withdrawn": lambda claim, by: withdraw(claim.evidence.get(number=2), by=by),
    "words of the claim": lambda claim, by: edit_claim(
        claim, by=by, words=ClaimEdit("Other words.", claim.claimant, None, "", None)
    ),
    "contact": lambda claim, by: request_reply(claim, by=by, details=ReplyRequestDetails("The mayor", "email", (
        "Which"
        " register?"
    ))),
    "sole source": lambda claim, by: write_verdict(
        claim, by=by, details=VerdictDetails(factories.rating(), "It planted fewer.", "The register of trees shows it.", True)
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("action", ["approve", "approve_and_publish"])
def test_nobody_approves_what_changed_since_they_read_it_though_it_is_signed_again(
    checker: User, editor: User, second_editor: User, what: str, action: str, submitted: Claim
) -> None:
    Claim.objects.filter(pk=submitted.pk).update(claimant=Claimant.objects.create(name="The mayor"))
    apply(submitted, Action.SIGN, by=checker)
    read = Api(second_editor).get(_path(submitted))
    CHANGES[what](submitted, editor)
    if what not in {"evidence withdrawn", "sole source"}:  # those two no longer pass a gate
        apply(submitted, Action.SIGN, by=checker)
    assert is_problem(
        Api(second_editor).post(
            _path(submitted, "transitions/"), {"action": action}, if_match=read["ETag"]
        ),
        412,
    )
    assert submitted.verdicts.get().state == "working"


def test_a_definition_that_changes_under_the_signature_is_no_version_and_still_refused(
    checker: User, ready: Claim
) -> None:
    claim, api = ready, Api(checker)
    read = api.get(_path(claim)).json()
    Rating.objects.update(definition="Another meaning.")
    body = {
        "action": "submit",
        "version": read["version"],
        "expected_content_hash": read["content_hash"],
    }
    refused = api.post(_path(claim, "transitions/"), body)
    assert (
        is_problem(refused, 412)
        and "content changed since you opened the page" in refused.json()["detail"]
    )
    now = api.get(_path(claim)).json()["content_hash"]
    signed = api.post(_path(claim, "transitions/"), body | {"expected_content_hash": now})
    assert signed.status_code == 201 and signed.json()["content_hash"] == now


def test_the_version_of_an_earlier_verdict_does_not_pass_for_the_correction_s(
    editor: User, published: Claim
) -> None:
    read = Api(editor).get(_path(published, "verdict/"))
    apply(
        published,
        Action.CORRECT,
        by=editor,
        data=MoveData(note="It counted a street twice.", category="correction"),
    )
    assert is_problem(
        Api(editor).put(_path(published, "verdict/"), WORDS, if_match=read["ETag"]), 412
    )


def test_the_first_words_are_written_on_version_0(checker: User, editor: User) -> None:
    factories.scale()
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    path = _path(claim, "verdict/")
    assert "version 0" in Api(checker).get(path).json()["detail"]
    assert is_problem(Api(checker).put(path, WORDS | {"version": 3}), 412)
    assert Api(checker).put(path, WORDS | {"version": 0}).status_code == 200
    assert is_problem(Api(editor).put(path, WORDS | {"version": 0, "short_answer": "Mine."}), 412)


def test_each_write_tells_the_version_that_the_next_action_names(checker: User) -> None:
    """From the first read on, nothing is read between the writes."""
    factories.rating()
    Rating.objects.filter(name="False").update(needs_reply=True)
    api = Api(checker)
    body = {"text": "The city planted 600 trees.", "claimant": {"name": "The mayor"}}
    made = api.post("claims/", body)
    claim = made.json()
    assert claim["needs_reply"] == ["False"]
    assert made["Claim-Version"] == made["ETag"] == '"v1"'
    suggestion = Suggestion.objects.filter(article=factories.article_read(checker))[0]
    assert api.post(f"suggestions/{suggestion.public_id}/accept/")["Claim-Version"] == '"v1"'
    at = f"claims/{claim['id']}/"
    taken = api.post(f"{at}transitions/", {"action": "take", "version": claim["version"]})
    assert taken.json()["status"] == "in_progress"
    told = [taken["Claim-Version"], f'"v{taken.json()["version"]}"']
    for sent in (
        api.post(
            f"{at}evidence/", {"url": "https://a.example/1", "stance": "refutes", "finding": "F"}
        ),
        api.put(f"{at}verdict/", {"version": 0, **WORDS, "quote_accuracy": "accurate"}),
        api.post(f"{at}queries/", {"text": "Which register?"}),
        api.put(f"{at}tags/", {"tags": ["parks"]}),
    ):
        assert sent.status_code in {200, 201}, sent.content
        told.append(sent["Claim-Version"])
    read = api.get(at)
    assert "Claim-Version" not in read and told[-1] == read["ETag"] and told[0] == told[1]
    released = {"action": "release", "note": "Somebody else knows more."}
    moved = api.post(f"{at}transitions/", released, **{"If-Match": told[-1]})
    assert moved.status_code == 201
    # Nothing changed: nothing is told.
    assert "Claim-Version" not in api.post(f"{at}transitions/", {"action": "submit", "version": 1})
