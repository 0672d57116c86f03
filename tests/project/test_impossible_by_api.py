"""What must be impossible, tried over the API by people who hold a token of their own
with every scope.
"""

from collections.abc import Callable
from typing import Any

import pytest

from claims.choices import Action, Status
from claims.models import Claim, Suggestion, Verdict
from claims.workflow import apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from sources.models import Article
from tests import factories
from tests.project.api import Api, is_problem

Make = Callable[[User, User], Claim]
STAGES: dict[str, Make] = {
    "in_progress": lambda checker, _: factories.ready(checker),
    "in_review": lambda checker, _: factories.submitted(checker),
    "approved": factories.approved,
    "published": factories.published,
}
CANARY = "Canary of Metro"


def moves(claim: Claim) -> str:
    return f"claims/{claim.public_id}/transitions/"


@pytest.mark.parametrize(
    "field",
    [
        "status",
        "slug",
        "moves",
        "assignee",
        "held_from",
        "created_by",
        "desk",
        "verdict",
        "content_hash",
    ],
)
def test_no_write_sets_what_only_a_move_sets(checker: User, field: str, ready: Claim) -> None:
    claim, api = ready, Api(checker)
    before = Claim.objects.values().get(pk=claim.pk)
    for send, path, body in (
        (api.patch, f"claims/{claim.public_id}/", {"text": "Other."}),
        (
            api.put,
            f"claims/{claim.public_id}/verdict/",
            {"rating": None, "short_answer": "", "explanation": ""},
        ),
        (
            api.post,
            f"claims/{claim.public_id}/evidence/",
            {"url": "https://x.example/", "stance": "context", "finding": "It."},
        ),
        (api.post, moves(claim), {"action": "submit"}),
    ):
        if field != "assignee" or path != moves(claim):
            assert is_problem(send(path, {**body, field: "published"}), 400), path
    assert Claim.objects.values().get(pk=claim.pk) == before


@pytest.mark.parametrize("method", ["patch", "put", "post"])
def test_verdicts_and_transitions_have_no_entry_point_of_their_own(
    editor: User, method: str, approved: Claim
) -> None:
    verdict, send = approved.verdicts.get(), getattr(Api(editor), method)
    for path in (f"verdicts/{verdict.public_id}/", "verdicts/", f"{moves(approved)}1/", "ratings/"):
        assert send(path, {"state": "published"}).status_code in {403, 404, 405}
    assert approved.verdicts.get().state == "approved"


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    "who", ["checker", "auditor", "admin_person", "superuser", "outsider", "reporter"]
)
def test_nobody_but_an_editor_approves_publishes_or_retracts(
    request: pytest.FixtureRequest, checker: User, editor: User, stage: str, who: str
) -> None:
    claim = STAGES[stage](checker, editor)
    before, api = claim.verdicts.values().get(), Api(request.getfixturevalue(who))
    for action in ("approve", "publish", "approve_and_publish", "retract"):
        assert api.post(moves(claim), {"action": action, "note": "Now."}).status_code in {
            401,
            403,
            404,
        }
    assert claim.verdicts.values().get() == before


@pytest.mark.parametrize("stage", ["approved", "published"])
def test_signed_work_is_edited_through_no_address(checker: User, editor: User, stage: str) -> None:
    claim, api = STAGES[stage](checker, editor), Api(editor)
    item, before = claim.evidence.first(), claim.verdicts.values().get()
    assert item is not None
    new = {"rating": "False", "short_answer": "No.", "explanation": "So."}
    source = {"url": "https://new.example/", "stance": "context", "finding": "It."}
    assert is_problem(api.put(f"claims/{claim.public_id}/verdict/", new), 409)
    assert is_problem(api.patch(f"claims/{claim.public_id}/", {"text": "Other."}), 409)
    assert is_problem(api.post(f"claims/{claim.public_id}/evidence/", source), 409)
    assert is_problem(api.post(f"evidence/{item.public_id}/withdraw/"), 409)
    assert is_problem(api.post(f"evidence/{item.public_id}/refresh/"), 409)
    assert claim.verdicts.values().get() == before


def test_who_is_editor_and_admin_still_needs_somebody_else(desk: Desk) -> None:
    both = factories.person("both", desk, "editor")
    claim = factories.submitted(both)
    for role in ("admin", "checker"):
        Membership.objects.create(user=both, desk=desk, role=role)
    assert is_problem(Api(both).post(moves(claim), {"action": "approve_and_publish"}), 422)
    both.username = "renamed"
    both.save()
    refused = Api(both).post(moves(claim), {"action": "approve"})
    assert [gap["code"] for gap in refused.json()["errors"]] == ["second_person"]
    assert not Verdict.objects.exclude(state="working").exists()


@pytest.mark.parametrize("end", ["inactive", "ended", "elsewhere"])
def test_a_token_ends_with_the_powers_of_its_owner(
    editor: User, end: str, submitted: Claim
) -> None:
    claim, api = submitted, Api(editor)
    if end == "inactive":
        User.objects.filter(pk=editor.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=editor).update(end_date="2020-01-01")
    if end == "elsewhere":
        Membership.objects.create(user=editor, desk=factories.desk("Sports"), role="editor")
    assert api.post(moves(claim), {"action": "approve"}).status_code in {401, 404}
    assert claim.verdicts.get().state == "working"


def test_a_second_edit_is_signed_a_second_time(
    checker: User, editor: User, submitted: Claim
) -> None:
    claim, api = submitted, Api(checker)
    for answer in ("It planted far fewer.", "It planted none."):
        factories.written(claim, editor, answer=answer)
        assert is_problem(
            api.post(moves(claim), {"action": "submit"}), 409
        )  # a repetition, were it not for the edit
        assert api.post(moves(claim), {"action": "sign"}).status_code == 201
    assert api.post(moves(claim), {"action": "sign"}).status_code == 200
    assert Api(editor).post(moves(claim), {"action": "approve"}).status_code == 201


def secret_of_metro(checker: User, editor: User) -> Claim:
    claim = factories.ready(checker, text=f"{CANARY}: the claim.")
    factories.evidence(
        claim,
        checker,
        "canary.example",
        quote=f"{CANARY}: the quote.",
        text=f"{CANARY}: the quote. More.",
    )
    factories.written(claim, checker, answer=f"{CANARY}: the answer.")
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    factories.article(
        checker,
        text=f"{CANARY} said that 412 ships called at Port Evers last year, 38 more than before.",
    )
    return claim


def addresses(claim: Claim) -> list[tuple[str, dict[str, Any]]]:
    one, verdict, item = f"claims/{claim.public_id}/", claim.verdicts.get(), claim.evidence.first()
    article = Article.objects.get()
    found: list[tuple[str, dict[str, Any]]] = [
        (path, {})
        for path in ("me/", "schema/", "articles/", "suggestions/", "claims/", "verdicts/")
    ]
    found += [
        ("claims/", query)
        for query in (
            {"q": CANARY},
            {"status": "approved"},
            {"desk": claim.desk.public_id},
            {"assignee": "checker"},
        )
    ]
    found += [
        ("verdicts/", {"state": "approved"}),
        ("articles/", {"desk": claim.desk.public_id}),
        ("suggestions/", {"article": article.public_id}),
    ]
    found += [(one + tail, {}) for tail in ("", "transitions/", "evidence/", "verdict/")]
    return [
        *found,
        (f"verdicts/{verdict.public_id}/", {}),
        (f"evidence/{item and item.public_id}/", {}),
        (f"articles/{article.public_id}/", {}),
    ]


@pytest.mark.parametrize("who", ["outsider", "admin_person", "superuser", "reporter"])
def test_no_address_tells_strangers_of_the_work_of_a_desk(
    request: pytest.FixtureRequest, checker: User, editor: User, who: str
) -> None:
    claim = secret_of_metro(checker, editor)
    api = Api(request.getfixturevalue(who))
    for path, query in addresses(claim):
        answer = api.get(path, **query)
        assert (
            CANARY not in answer.content.decode()
            and "canary.example" not in answer.content.decode()
        ), path
        assert answer.get("ETag") is None or answer.status_code == 200
        assert answer.status_code == 404 or not answer.json().get("results"), path


def test_a_reporter_reads_the_own_claim_without_its_evidence(
    reporter: User, checker: User, editor: User
) -> None:
    suggestion: Suggestion = factories.article_read(reporter).suggestions.order_by("rank")[0]
    checked = Api(checker).post(f"suggestions/{suggestion.public_id}/accept/").json()
    claim = Claim.objects.get(public_id=checked["id"])
    apply(claim, Action.TAKE, by=checker)
    for _ in range(2):
        factories.evidence(
            claim, checker, quote=f"{CANARY}: the quote.", text=f"{CANARY}: the quote."
        )
    factories.written(claim, checker)
    apply(claim, Action.SUBMIT, by=checker)
    api, verdict = Api(reporter), claim.verdicts.get()
    assert api.get(f"claims/{claim.public_id}/").json()["status"] == Status.IN_REVIEW
    assert CANARY not in api.get(f"verdicts/{verdict.public_id}/").content.decode()
    assert CANARY in Api(checker).get(f"verdicts/{verdict.public_id}/").json()["content"]
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    assert (
        CANARY in api.get(f"verdicts/{verdict.public_id}/").json()["content"]
    )  # as every reader may now


def test_a_reporter_neither_reads_nor_changes_what_somebody_else_sent(
    reporter: User, checker: User
) -> None:
    body = {"text": factories.ARTICLE, "address": "https://paper.example/ships", "title": CANARY}
    assert Api(checker).post("articles/", body).status_code == 201
    again = Api(reporter).post("articles/", {"url": body["address"]})
    refused = Api(reporter).post("articles/", {**body, "text": "Another text.", "title": "Mine"})
    assert again.status_code == 200 and is_problem(refused, 403)
    assert CANARY not in again.content.decode() + refused.content.decode()
    assert Article.objects.get().versions.count() == 1


def test_every_write_leaves_an_entry_with_person_entry_point_and_request(
    checker: User, editor: User
) -> None:
    api, address = Api(checker), {"address": "https://paper.example/ships"}
    claim = factories.ready(checker)
    one, item = f"claims/{claim.public_id}/", claim.evidence.get(number=1)
    body = {"x_request_id": "r-1"}
    writes: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("article.submit", lambda: api.post("articles/", {"text": "A text.", **address}, **body)),
        (
            "article.version",
            lambda: api.post("articles/", {"text": "A later text.", **address}, **body),
        ),
        (
            "claim.create",
            lambda: api.post("claims/", {"text": "A claim.", "claimant": {"name": "New"}}, **body),
        ),
        ("claimant.add", lambda: api.patch(one, {"claimant": {"name": "Newer"}}, **body)),
        ("claim.edit", lambda: api.patch(one, {"text": "Better words."}, **body)),
        ("evidence.refresh", lambda: api.post(f"evidence/{item.public_id}/refresh/", **body)),
        ("evidence.withdraw", lambda: api.post(f"evidence/{item.public_id}/withdraw/", **body)),
        (
            "evidence.attach",
            lambda: api.post(
                f"{one}evidence/",
                {"url": "https://new.example/", "stance": "context", "finding": "It."},
                **body,
            ),
        ),
        (
            "verdict.write",
            lambda: api.put(
                f"{one}verdict/",
                {"rating": "True", "short_answer": "Yes.", "explanation": "So."},
                **body,
            ),
        ),
        (
            "claim.release",
            lambda: api.post(moves(claim), {"action": "release", "note": "Enough."}, **body),
        ),
    )
    for action, write in writes:
        last = AuditEntry.objects.order_by("-seq").values_list("seq", flat=True)[0]
        assert write().status_code in {200, 201, 202}, action
        entries = AuditEntry.objects.filter(seq__gt=last)
        assert action in {entry.action for entry in entries}
        assert {
            (entry.actor, entry.actor_id, entry.entry_point, entry.request_id) for entry in entries
        } == {("checker", checker.pk, "api", "r-1")}
