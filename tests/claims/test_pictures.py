"""A picture that stands also with another claim: found when it is attached, shown to
those who may see both, decided by a person, and never given to readers.
"""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from claims.choices import Action
from claims.evidence import files
from claims.evidence.attaching import EvidenceDetails, withdraw
from claims.evidence.files import FileUpload, attach_file
from claims.matching import pictures
from claims.matching.model import Likeness
from claims.models import Claim, Evidence, PictureDecision
from claims.workflow import apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.models import Picture
from tests import factories, picture_files
from tests.claims import whole_site
from tests.project.api import Api

pytestmark = pytest.mark.django_db
SCENE = picture_files.scene(11)
PHOTOGRAPH = picture_files.photograph(11)
COPIES = picture_files.changed(SCENE)


def attached(by: User, content: bytes, claim: Claim | None = None, **more: Any) -> Evidence:
    claim = claim or factories.claim(by, **more)
    if not claim.assignee_id:
        apply(claim, Action.TAKE, by=by)
    sent = FileUpload(content, "picture.jpg", "Agency of Evers", transcript="A square with people.")
    shows = EvidenceDetails(url="", stance="context", finding="It shows the square.")
    return attach_file(claim, by=by, sent=sent, item=shows)


def found(evidence: Evidence, by: User) -> list[tuple[Claim, bool, Likeness, bool]]:
    return [
        (match.claim, match.same_file, match.likeness, match.mirrored)
        for shown in pictures.on_claim(evidence.claim, by=by)
        for match in shown.matches
    ]


def test_copies_are_found_and_other_pictures_are_not(checker: User) -> None:
    first = attached(checker, PHOTOGRAPH)
    again = attached(checker, PHOTOGRAPH)
    mirrored = attached(checker, COPIES["mirrored"])
    attached(checker, picture_files.photograph(12))
    assert found(first, checker) == [
        (again.claim, True, Likeness.SAME, False),
        (mirrored.claim, False, Likeness.SAME, True),
    ]
    captioned = attached(checker, COPIES["captioned"])
    assert (first.claim, False, Likeness.SAME, False) in found(captioned, checker)
    withdraw(first, by=checker)
    assert first.claim not in [claim for claim, *_ in found(captioned, checker)]


def test_those_attached_before_pictures_were_read_are_read_by_command(
    checker: User, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as before:
        before.setattr(files, "keep_picture", lambda *_: None)
        earlier = attached(checker, PHOTOGRAPH)
    missing = attached(checker, COPIES["scaled"])
    assert found(earlier, checker) == []
    call_command("read_pictures")
    call_command("read_pictures")
    assert capsys.readouterr().out == "1 pictures read.\n0 pictures read.\n"
    assert found(earlier, checker) == [(missing.claim, False, Likeness.SAME, False)]


@pytest.mark.parametrize("kind", ["truncated", "dots"])
def test_what_cannot_be_read_is_evidence_all_the_same(checker: User, kind: str) -> None:
    item = attached(checker, picture_files.ALL[kind])
    picture = Picture.objects.get()
    assert (picture.sha256, picture.hashes.count()) == (item.capture.body_sha256, 0)
    assert picture.problem
    assert found(item, checker) == []


def test_the_desk_decides_and_it_is_remembered(
    checker: User, second_checker: User, client: Client
) -> None:
    first, copy = attached(checker, PHOTOGRAPH), attached(second_checker, COPIES["scaled"])
    ids = [pictures.on_claim(one.claim, by=checker)[0].picture.public_id for one in (copy, first)]
    place = f"/admin/claims/claim/{copy.claim_id}/"
    client.force_login(second_checker)
    html = client.get(f"{place}change/").text
    assert "This picture stands also with claim" in html
    assert picture_files.MODEL not in html
    for _ in range(2):
        client.post(f"{place}pictures/{ids[0]}/{ids[1]}/", {"answer": "different"})
    decision = PictureDecision.objects.get()
    assert (decision.claim, decision.same, decision.by) == (copy.claim, False, second_checker)
    # The other side of the pair says so too, and may say otherwise of itself.
    (match,) = pictures.on_claim(first.claim, by=checker)[0].matches
    assert match.decision == decision
    entry = AuditEntry.objects.get(action="match.picture")
    assert entry.changes["answer"] == ["", "different"]
    client.post(f"{place}pictures/{ids[0]}/{ids[1]}/", {"answer": ""})
    assert not PictureDecision.objects.exists()
    for nonsense in ({"answer": "maybe"}, {"answer": "\0"}):
        sent = client.post(f"{place}pictures/{ids[0]}/{ids[1]}/", nonsense)
        assert sent.status_code == 404
    assert client.post(f"{place}pictures/{ids[0]}/{ids[0]}/").status_code == 404


def test_staff_read_what_the_camera_wrote_with_a_caution(checker: User, client: Client) -> None:
    item = attached(checker, PHOTOGRAPH)
    client.force_login(checker)
    html = client.get(f"/admin/claims/claim/{item.claim_id}/change/").text
    for said in (picture_files.MODEL, picture_files.ARTIST, "33.50000° S", "It may be forged"):
        assert said in html


def test_the_preview_says_nothing_and_goes_to_those_who_may_read_the_evidence(
    checker: User, reporter: User, outsider: User, client: Client
) -> None:
    item = attached(checker, PHOTOGRAPH)
    (shown,) = pictures.on_claim(item.claim, by=checker)
    place = f"/admin/claims/claim/{item.claim_id}/pictures/{shown.picture.public_id}/preview/"
    client.force_login(checker)
    sent = client.get(place)
    body = b"".join(sent.streaming_content)  # type: ignore[attr-defined]
    assert (sent["Content-Type"], body[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert not any(mark.encode() in body for mark in picture_files.MARKS)
    assert "no-store" in sent["Cache-Control"]
    for other in (reporter, outsider):
        client.force_login(other)
        assert client.get(place).status_code == 404


def test_the_same_over_the_api(checker: User, reporter: User, outsider: User) -> None:
    first, copy = attached(checker, PHOTOGRAPH), attached(checker, COPIES["cropped"])
    api, place = Api(checker), f"claims/{copy.claim.public_id}/pictures/"
    (shown,) = api.get(place).json()["pictures"]
    (match,) = shown["matches"]
    assert (match["claim"], match["likeness"]) == (str(first.claim.public_id), "same")
    said = f"{place}{shown['id']}/matches/{match['picture']}/"
    for _ in range(2):
        (after,) = api.post(said, {"answer": "same"}).json()["pictures"]
    assert (after["matches"][0]["decision"]["same"], PictureDecision.objects.count()) == (True, 1)
    assert api.post(said, {"answer": "perhaps"}).status_code == 400
    there = api.get(f"claims/{first.claim.public_id}/pictures/").json()
    (original,) = there["pictures"]
    assert original["details"]["model"] == picture_files.MODEL
    preview = api.get(f"{place}{shown['id']}/preview/")
    assert (preview["Content-Type"], preview.getvalue()[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert Api(outsider).get(place).status_code == 404
    assert Api(reporter).get(place).status_code == 404
    assert Api(reporter).get(f"{place}{shown['id']}/preview/").status_code == 404
    assert Api(reporter).post(said, {"answer": "same"}).status_code == 404


def test_no_page_for_readers_has_the_picture_or_what_it_says(
    checker: User, editor: User, client: Client
) -> None:
    claim = factories.ready(checker)
    item = attached(checker, PHOTOGRAPH, claim=claim)
    picture = Picture.objects.get()
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    apply(claim, Action.PUBLISH, by=editor)
    secrets = (*picture_files.MARKS, picture.preview_sha256, str(picture.public_id), "-33.5")
    crawl = whole_site.Crawl()
    crawl.run("/", "/sitemap.xml", "/datafeed.json", f"/verdicts/{claim.address}/")
    assert f"/verdicts/{claim.address}/" in crawl.visits
    for address, visit in crawl.visits.items():
        assert not any(mark.encode() in visit.body for mark in secrets), address
        assert PHOTOGRAPH[:100] not in visit.body, address
    place = f"/verdicts/{claim.address}/"
    assert client.get(f"{place}evidence/{item.number}/").status_code == 404


def test_another_desk_is_told_nothing(checker: User, outsider: User, client: Client) -> None:
    secret = attached(checker, PHOTOGRAPH, text="The kumquat-3171 was shown.")
    own = attached(outsider, COPIES["recompressed"], on=outsider.memberships.get().desk)
    same_file = attached(outsider, PHOTOGRAPH, claim=own.claim)
    client.force_login(outsider)
    html = client.get(f"/admin/claims/claim/{own.claim_id}/change/").text
    assert "stands also with claim" not in html
    assert "kumquat" not in html
    assert found(same_file, outsider) == []
    mine, theirs = (
        Picture.objects.get(sha256=one.capture.body_sha256).public_id for one in (own, secret)
    )
    place = f"/admin/claims/claim/{own.claim_id}/pictures/{mine}/{theirs}/"
    assert client.post(place, {"answer": "same"}).status_code == 404
    assert not PictureDecision.objects.exists()
