"""Tips over the API: listed without a word of the reader, decided once, by who may."""

from claims.choices import Action
from claims.models import Claim, Recheck, Tip
from claims.workflow import apply
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.tip_cases import WORDS, asked_to_correct, sent
from tests.project.api import Api, is_problem


def test_the_list_tells_what_came_and_not_who_sent_it(
    desk: Desk, checker: User, auditor: User, outsider: User
) -> None:
    tip = sent(desk)
    sent(outsider.memberships.get().desk, text="Another.")
    api, one = Api(checker), f"tips/{tip.public_id}/"
    listed = api.get("tips/?state=waiting&kind=claim")
    [row] = listed.json()["results"]
    assert row == api.get(one).json() and row["id"] == str(tip.public_id)
    assert WORDS.text not in listed.text and "mail.example" not in listed.text
    assert api.get("tips/?kind=correction").json()["results"] == []
    assert api.get(f"{one}message/").json()["text"] == WORDS.text
    assert "mail.example" not in api.get(f"{one}message/").text
    assert api.get(f"{one}sender/").json()["email"] == WORDS.email
    for path in ("message/", "sender/"):
        assert is_problem(Api(checker, "read").get(one + path), 403)
    assert Api(auditor).get("tips/").json()["results"] == []
    [other] = Api(outsider).get("tips/").json()["results"]
    assert other["desk"] != row["desk"]
    for path in ("", "message/", "sender/"):
        assert is_problem(Api(outsider).get(one + path), 404)


def test_a_tip_is_joined_made_a_claim_and_closed_once(
    desk: Desk, checker: User, editor: User, outsider: User
) -> None:
    api, claim = Api(checker), factories.claim(checker)
    first, second, third = (sent(desk, text=f"Text {number}.") for number in range(3))
    body = {"claim": str(claim.public_id)}
    for _ in range(2):
        joined = api.post(f"tips/{first.public_id}/join/", body).json()
        assert (joined["state"], joined["claim"]) == ("joined", str(claim.public_id))
    assert is_problem(Api(editor).post(f"tips/{first.public_id}/join/", body), 409)
    foreign = {"claim": str(factories.claim(outsider).public_id)}
    assert is_problem(api.post(f"tips/{second.public_id}/join/", foreign), 404)
    path = f"tips/{second.public_id}/claim/"
    assert is_problem(api.post(path, {"text": " "}), 400)
    assert is_problem(api.post(path, {"text": "It closes.", "appearance_url": "ftp://x"}), 400)
    made = api.post(path, {"text": "It closes.", "appearance_url": "https://radio.example/"})
    assert (made.status_code, made.json()["state"]) == (200, "made")
    assert Claim.objects.get(public_id=made.json()["claim"]).from_reader
    assert is_problem(api.post(f"tips/{third.public_id}/close/", {"reason": "boring"}), 400)
    closed = api.post(f"tips/{third.public_id}/close/", {"reason": "spam"}).json()
    assert (closed["state"], closed["decided_by"]) == ("closed", "checker")
    assert is_problem(api.client.delete(f"/api/v1/tips/{first.public_id}/sender/"), 403)
    erased = Api(editor).client.delete(f"/api/v1/tips/{first.public_id}/sender/").json()
    assert erased["email"] == "" and erased["erased_at"]
    assert Tip.objects.waiting().count() == 0


def test_an_editor_has_the_verdict_rechecked(checker: User, editor: User, published: Claim) -> None:
    tip = asked_to_correct(published)
    path, body = f"tips/{tip.public_id}/recheck/", {"note": "The table is of 2024."}
    assert is_problem(Api(checker).post(path, body), 403)
    made = Api(editor).post(path, body).json()
    assert made["recheck"] == str(Recheck.objects.get().public_id)
    assert Api(editor).get("rechecks/?cause=reader").json()["results"][0]["note"] == body["note"]
    other = asked_to_correct(published, email="")
    apply(published, Action.RETRACT, by=editor, data=factories.note("It was wrong."))
    assert is_problem(Api(editor).post(f"tips/{other.public_id}/recheck/", body), 409)
