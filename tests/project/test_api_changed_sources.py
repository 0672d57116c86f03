"""Changed sources, copies with their records, and publishers through the API."""

import pytest

from claims.choices import Action
from claims.evidence.source_changes import detect, log_changes
from claims.models import Claim, Evidence, SourceChange
from claims.workflow import apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.models import Owner, Publisher, ReliabilityNote
from tests import factories
from tests.project.api import Api

pytestmark = pytest.mark.django_db
OLD, NEW = "The register lists 812 trees.", "The register lists 700 trees."


@pytest.fixture
def claim(checker: User) -> Claim:
    made = factories.claim(checker)
    apply(made, Action.TAKE, by=checker)
    return made


@pytest.fixture
def item(claim: Claim, checker: User) -> Evidence:
    return factories.evidence(claim, checker, quote="812 trees", text=OLD)


@pytest.fixture
def change(item: Evidence) -> SourceChange:
    log_changes(detect(item.link, factories.captured(item.link, NEW)))
    return item.changes.get()


def test_a_change_is_listed_read_with_its_difference_and_decided_once(
    checker: User, editor: User, change: SourceChange
) -> None:
    api, path = Api(checker), f"source-changes/{change.public_id}/"
    (row,) = api.get(
        "source-changes/", decision="pending", claim=change.evidence.claim.public_id
    ).json()["results"]
    assert (row["id"], row["number"], row["quote_state"], row["decision"]) == (
        str(change.public_id),
        1,
        "not_found",
        "pending",
    )
    data = api.get(path).json()
    assert [(piece["kind"], piece["text"].strip()) for piece in data["difference"]][1:3] == [
        ("removed", "812"),
        ("added", "700"),
    ]
    for _ in range(2):
        done = api.post(f"{path}decision/", {"note": "They count in spring."})
        assert (done.status_code, done.json()["decision"], done.json()["decided_by"]) == (
            200,
            "still_supports",
            "checker",
        )
    assert Api(editor).post(f"{path}decision/", {}).status_code == 409
    assert api.get("source-changes/", decision="pending").json()["results"] == []
    assert AuditEntry.objects.filter(action="source_change.decide").count() == 1


def test_who_may_not_is_refused_and_bad_input_is_said(
    checker: User, auditor: User, reporter: User, outsider: User, change: SourceChange
) -> None:
    path = f"source-changes/{change.public_id}/"
    for person, read, decided in ((auditor, 200, 403), (reporter, 404, 404), (outsider, 404, 404)):
        api = Api(person)
        assert (api.get(path).status_code, api.post(f"{path}decision/", {}).status_code) == (
            read,
            decided,
        ), person
    assert Api(outsider).get("source-changes/").json()["results"] == []
    assert Api(checker, "read").post(f"{path}decision/", {}).status_code == 403
    api = Api(checker)
    assert api.get("source-changes/", decision="lost").status_code == 400
    for body in ({"note": "x" * 2001}, {"note": 1}, {"more": "x"}, {"note": "\x00"}, []):
        assert api.post(f"{path}decision/", body).status_code == 400, body
    assert SourceChange.objects.pending().exists()


def test_the_copy_is_read_with_the_place_of_the_quote(
    checker: User, outsider: User, item: Evidence
) -> None:
    data = Api(checker).get(f"evidence/{item.public_id}/capture/").json()
    assert (
        data["text"][data["quote_start"] : data["quote_end"]] == "812 trees" and data["page"] == 0
    )
    assert Api(outsider).get(f"evidence/{item.public_id}/capture/").status_code == 404
    assert (
        Api(checker).get(f"evidence/{item.public_id}/warc/").status_code == 404
    )  # made by hand: no fetch, no record
    data = Api(checker).get(f"evidence/{item.public_id}/").json()
    assert data["unchanged_at"] is None and data["capture"]["warc_size"] == 0


def test_a_publisher_is_noted_with_its_history_and_knows_who_uses_it(
    checker: User, editor: User, auditor: User, outsider: User, item: Evidence
) -> None:
    api, publisher = Api(checker), item.link.publisher
    path = f"publishers/{publisher.public_id}/"
    (row,) = api.get("publishers/", domain=publisher.domain).json()["results"]
    assert (row["id"], row["owner"], row["desk"]) == (
        str(publisher.public_id),
        publisher.owner.name,
        None,
    ) and api.get(path).json() == row
    request_body = {"level": "with_care", "reason": "It prints what it is sent."}
    first, again = api.post(f"{path}notes/", request_body), api.post(f"{path}notes/", request_body)
    assert first.status_code == 201 and first.json() == again.json()
    Api(editor).post(f"{path}notes/", {"level": "not_trusted", "reason": "It made a figure up."})
    history = Api(auditor).get(f"{path}notes/").json()["results"]
    assert [(note["level"], note["by"]) for note in history] == [
        ("not_trusted", "editor"),
        ("with_care", "checker"),
    ]
    entry = AuditEntry.objects.filter(action="publisher.note").first()
    assert (
        entry
        and entry.changes["level"] == ["with_care", "not_trusted"]
        and entry.desk_id == item.desk_id
    )
    assert [use["claim"] for use in api.get(f"{path}citations/").json()["results"]] == [
        str(item.claim.public_id)
    ]

    elsewhere = Api(
        outsider
    )  # a desk's view of a paper, and its claims, are its own; the paper is known to all
    assert elsewhere.get(path).status_code == 200
    assert (
        elsewhere.get(f"{path}notes/").json()["results"]
        == elsewhere.get(f"{path}citations/").json()["results"]
        == []
    )
    for body in (
        {},
        {"level": "fine", "reason": "x"},
        {"level": "trusted", "reason": ""},
        {**request_body, "desk": str(item.claim.desk.public_id), "by": "me"},
    ):
        assert api.post(f"{path}notes/", body).status_code == 400, body
    assert (
        elsewhere.post(
            f"{path}notes/", {**request_body, "desk": str(item.claim.desk.public_id)}
        ).status_code
        == 400
    )
    assert Api(auditor).post(f"{path}notes/", request_body).status_code == 403
    assert ReliabilityNote.objects.count() == 2


def test_who_is_known_to_one_desk_is_unknown_to_the_others(
    checker: User, reporter: User, outsider: User, claim: Claim
) -> None:
    owner = Owner.objects.create(name="Jana Brook", desk=claim.desk)
    person = Publisher.objects.create(name="Jana Brook", owner=owner, desk=claim.desk)
    assert Api(checker).get(f"publishers/{person.public_id}/").json()["desk"] == str(
        claim.desk.public_id
    )
    assert Api(outsider).get(f"publishers/{person.public_id}/").status_code == 404
    assert "Brook" not in Api(outsider).get("publishers/").text
    assert Api(reporter).get("publishers/").status_code == 403
