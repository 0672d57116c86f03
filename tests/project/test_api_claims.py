"""Claims through the API: made, worded, and never overwritten unseen."""

from datetime import timedelta
from typing import Any

import pytest

from claims.choices import Action
from claims.intake.topics import add_topic, set_topic
from claims.models import Claim
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from sources.models import Claimant
from tests import factories
from tests.project.api import Api, is_problem

WHOLE = {
    "text": "The city planted 4,200 trees.",
    "claimant": {
        "name": "Ada  Example",
        "kind": "Person",
        "description": "mayor",
        "same_as": "https://people.example/ada",
    },
    "stated_date": "2026-05-03",
    "appearance_url": "https://radio.example/interview",
    "language": "de-AT",
    "due_at": "2026-05-04T12:00:00Z",
}


def test_a_claim_made_is_shown_as_it_was_sent(checker: User, desk: Desk) -> None:
    made = Api(checker).post("claims/", WHOLE)
    assert made.status_code == 201 and made["ETag"] == '"v1"'
    data = made.json()
    assert {name: data[name] for name in WHOLE} == WHOLE | {
        "claimant": WHOLE["claimant"] | {"name": "Ada Example"}
    }  # type: ignore[operator]
    assert (data["status"], data["desk"], data["address"], data["moves"]) == (
        "open",
        str(desk.public_id),
        "",
        ["take"],
    )
    assert AuditEntry.objects.get(action="claim.create").entry_point == "api"


def test_the_same_claim_sent_twice_is_one_claim(checker: User, editor: User) -> None:
    api = Api(checker)
    first, again = api.post("claims/", WHOLE), api.post("claims/", WHOLE)
    assert (first.status_code, again.status_code) == (201, 200) and first.json()[
        "id"
    ] == again.json()["id"]
    assert (
        Api(editor).post("claims/", WHOLE).status_code == 201
    )  # somebody else may have heard it elsewhere
    assert Claimant.objects.count() == 1


def test_a_patch_changes_what_it_names_and_nothing_else(checker: User) -> None:
    api = Api(checker)
    path = f"claims/{api.post('claims/', WHOLE).json()['id']}/"
    api.post(f"{path}transitions/", {"action": "take"})
    before = api.get(path).json()
    after = api.patch(path, {"claimant": None, "stated_date": "2026-05-02"}, if_match='"v2"')
    assert after.status_code == 200
    changed = {name for name, value in after.json().items() if value != before[name]}
    assert changed == {
        "claimant",
        "stated_date",
        "version",
        "missing",
    }  # whether they said it is asked of somebody named
    assert (
        api.patch(path, {"claimant": None}).json() == after.json()
    )  # again: nothing left to change


def test_the_address_where_it_was_said_is_one_a_browser_can_open(checker: User) -> None:
    api = Api(checker)
    path = f"claims/{api.post('claims/', WHOLE).json()['id']}/"
    api.post(f"{path}transitions/", {"action": "take"})
    for refused in (
        api.post("claims/", WHOLE | {"appearance_url": "javascript:x"}),
        api.patch(path, {"appearance_url": "the radio"}),
    ):
        assert is_problem(refused, 400) and refused.json()["errors"][0]["field"] == "appearance_url"
    tracked = {"appearance_url": "https://radio.example/interview?utm_source=mail"}
    assert api.post("claims/", WHOLE | tracked).json()["id"] == api.get(path).json()["id"]


@pytest.mark.parametrize("how", ["version", "If-Match"])
def test_a_patch_of_an_old_version_is_refused(checker: User, how: str) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    api, path = Api(checker), f"claims/{claim.public_id}/"
    body: dict[str, Any] = {"text": "Other words."}
    sent = (
        api.patch(path, body | {"version": 1})
        if how == "version"
        else api.patch(path, body, if_match='"v1"')
    )
    assert is_problem(sent, 412) and "current is 2" in sent.json()["detail"]


@pytest.mark.parametrize(
    "name", ["status", "version", "assignee", "moves", "id", "sta\u202etus", "\u2028"]
)
def test_a_field_that_cannot_be_set_is_refused_by_name(checker: User, name: str) -> None:
    refused = Api(checker).post("claims/", {"text": "A claim.", name: 1})
    assert is_problem(refused, 400)
    assert [error["field"] for error in refused.json()["errors"]] == [name]
    assert not Claim.objects.exists()


def test_the_wrong_person_changes_nothing(
    checker: User, second_checker: User, auditor: User, outsider: User
) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    path = f"claims/{claim.public_id}/"
    for person, status in ((second_checker, 403), (auditor, 403), (outsider, 404)):
        assert is_problem(
            Api(person).patch(path, {"text": "Mine.", "claimant": {"name": "Nobody"}}), status
        )
    assert is_problem(
        Api(auditor).post("claims/", {"text": "Mine.", "claimant": {"name": "Nobody"}}), 403
    )
    assert not Claimant.objects.exists()


def test_a_published_claim_is_closed(editor: User, published: Claim) -> None:
    assert is_problem(
        Api(editor).patch(f"claims/{published.public_id}/", {"text": "Other words."}), 409
    )


def test_who_works_on_two_desks_says_which(checker: User) -> None:
    sports = factories.desk("Sports")
    Membership.objects.create(user=checker, desk=sports, role="checker")
    api = Api(checker)
    refused = api.post("claims/", {"text": "A claim."})
    assert is_problem(refused, 400) and refused.json()["errors"][0]["field"] == "desk"
    assert api.post("claims/", {"text": "A claim.", "desk": str(sports.public_id)}).json()[
        "desk"
    ] == str(sports.public_id)
    elsewhere = factories.desk("Culture")
    assert is_problem(
        api.post("claims/", {"text": "A claim.", "desk": str(elsewhere.public_id)}), 400
    )


def test_it_is_narrowed_as_the_list_of_the_desk_is(checker: User, editor: User) -> None:
    late, signed = factories.claim(checker, text="Late."), factories.submitted(checker)
    Claim.objects.filter(pk=late.pk).update(
        due_at=clock.now() - timedelta(days=1), language="de-AT"
    )
    set_topic(late, by=editor, topic=add_topic(late.desk, by=editor, name="Floods")[0])
    api = Api(checker)
    cases = {
        "due=overdue": [late.text],
        "due=today": [],
        "language=de": [late.text],
        "topic=Floods": [late.text],
        "checker=me": [signed.text],
        "checker=nobody_here": [],
        "claimant=brandt": [],
    }
    wrong = {}
    for asked, wanted in cases.items():
        found = [one["text"] for one in api.get(f"claims/?{asked}").json()["results"]]
        if found != wanted:
            wrong[asked] = found
    assert not wrong
    for asked in ("due=soon", "language=%5B", "topic=%00"):
        assert api.get(f"claims/?{asked}").status_code == 400, asked


def test_claims_are_listed_by_the_article_that_they_were_found_in(checker: User) -> None:
    article = factories.article_read(checker)
    suggestion = article.suggestions.order_by("part", "rank")[0]
    api = Api(checker)
    found = api.post(f"suggestions/{suggestion.public_id}/accept/").json()
    factories.claim(checker)
    listed = api.get("claims/", article=str(article.public_id)).json()["results"]
    assert [row["suggestion"] for row in listed] == [str(suggestion.public_id)], found
    assert api.get("claims/", article="none").status_code == 400
