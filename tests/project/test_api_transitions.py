"""Moves through the API: the same refusals as everywhere, in the same order."""

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem


def test_a_move_is_told_as_it_was_written_down(checker: User) -> None:
    claim, api = factories.claim(checker), Api(checker)
    made = api.post(f"claims/{claim.public_id}/transitions/", {"action": "take", "version": 1})
    assert made.status_code == 201
    data = made.json()
    assert (data["number"], data["action"], data["from_status"], data["to_status"], data["by"]) == (
        1,
        "take",
        "open",
        "in_progress",
        "checker",
    )
    now = {"status": "in_progress", "version": data["version"]}
    (row,) = api.get(f"claims/{claim.public_id}/transitions/").json()["results"]
    assert row | now == data


def test_the_same_move_twice_is_one_move(checker: User, ready: Claim) -> None:
    claim, api = ready, Api(checker)
    path = f"claims/{claim.public_id}/transitions/"
    first, again = api.post(path, {"action": "submit"}), api.post(path, {"action": "submit"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() and first.json()["content_hash"]


def test_an_editor_assigns_and_reassigns(checker: User, second_checker: User, editor: User) -> None:
    claim, api = factories.claim(checker), Api(editor)
    path = f"claims/{claim.public_id}/transitions/"
    due = {"due_at": "2026-06-01T15:00:00Z"}
    assert api.post(path, {"action": "assign", "assignee": "checker"} | due).status_code == 201
    assert api.get(f"claims/{claim.public_id}/").json()["due_at"] == due["due_at"]
    moved = {"action": "reassign", "assignee": "second_checker", "note": "Knows the register."}
    assert api.post(path, moved).status_code == 201
    assert api.get(f"claims/{claim.public_id}/").json()["assignee"] == "second_checker"
    held = api.post(path, {"action": "hold", "note": "Later."} | due)
    assert is_problem(held, 400) and held.json()["errors"][0]["field"] == "due_at"


def test_a_refused_move_says_who_may(checker: User, submitted: Claim) -> None:
    path = f"claims/{submitted.public_id}/transitions/"
    for action, who in (("approve", "editor"), ("assign", "editor")):
        refused = Api(checker).post(path, {"action": action})
        assert is_problem(refused, 403)
        assert f"Ask who may: {who}." in refused.json()["detail"]


def test_a_version_that_never_was_is_nobodys_change(checker: User) -> None:
    path = f"claims/{factories.claim(checker).public_id}/transitions/"
    refused = Api(checker).post(path, {"action": "take", "version": 7})
    assert is_problem(refused, 412)
    assert "no version 7 yet" in refused.json()["detail"]


def test_nobody_is_assigned_who_is_not_of_the_desk(
    checker: User, auditor: User, editor: User, outsider: User
) -> None:
    path = f"claims/{factories.claim(checker).public_id}/transitions/"
    for name in ("outsider", "auditor", "nobody", "checker\u202e"):
        refused = Api(editor).post(path, {"action": "assign", "assignee": name})
        assert is_problem(refused, 400) and refused.json()["errors"][0]["field"] == "assignee"
    assert is_problem(Api(editor).post(path, {"action": "assign"}), 422)


def test_a_wrong_state_a_wrong_person_and_an_old_version_are_told_apart(
    second_checker: User, editor: User, submitted: Claim
) -> None:
    path = f"claims/{submitted.public_id}/transitions/"
    assert is_problem(Api(second_checker).post(path, {"action": "approve"}), 403)
    assert is_problem(Api(editor).post(path, {"action": "publish"}), 409)
    assert is_problem(Api(editor).post(path, {"action": "approve", "version": 1}), 412)
    assert is_problem(Api(editor).post(path, {"action": "approve"}, if_match='"v1"'), 412)
    assert is_problem(Api(editor).post(path, {"action": "approve"}, if_match="yesterday"), 400)
    assert is_problem(Api(editor).post(path, {"action": "request_changes"}), 422)
    assert (
        Api(editor)
        .post(path, {"action": "approve"}, if_match=f'"v{submitted.version}"')
        .status_code
        == 201
    )


def test_the_author_cannot_approve(editor: User) -> None:
    claim = factories.submitted(editor)
    refused = Api(editor).post(
        f"claims/{claim.public_id}/transitions/", {"action": "approve_and_publish"}
    )
    assert is_problem(refused, 422)
    assert [gap["code"] for gap in refused.json()["errors"]] == ["second_person"]


def test_an_outsider_learns_nothing(checker: User, outsider: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    path = f"claims/{claim.public_id}/transitions/"
    refused, unknown = (
        Api(outsider).get(path),
        Api(outsider).get(path.replace(str(claim.public_id)[:4], "0000")),
    )
    assert is_problem(refused, 404) and is_problem(unknown, 404)
    assert is_problem(Api(outsider).post(path, {"action": "release", "note": "Mine."}), 404)


def test_the_moves_shown_are_the_moves_allowed(
    checker: User, editor: User, submitted: Claim
) -> None:
    shown = {
        person.username: set(Api(person).get(f"claims/{submitted.public_id}/").json()["moves"])
        for person in (checker, editor)
    }
    assert shown["checker"] == {"release", "sign", "recall"}
    assert {"approve", "approve_and_publish", "request_changes", "decline", "hold"} <= shown[
        "editor"
    ]
