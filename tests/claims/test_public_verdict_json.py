"""`/verdicts/<address>.json`: the stable form of a verdict for programs."""

import hashlib
import re
from pathlib import Path

import pytest
from django.test import Client

from claims.choices import Action
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, page, publish

SITE = "http://localhost:8000"
DOCUMENTED = Path(__file__).parents[2] / "docs" / "formats.md"


def _address(claim: object) -> str:
    return page(claim).rstrip("/") + ".json"  # type: ignore[arg-type]


def test_it_says_what_the_page_says(client: Client, checker: User, editor: User) -> None:
    words = Words(claim='Bread <b>is</b> "cheaper" \u2028 & \u202ebetter.', quote="page says")
    claim = publish(checker, editor, words)
    found = client.get(_address(claim)).json()
    assert (found["kind"], found["schema"], found["version"]) == ("factcheck.verdict", 1, 1)
    assert found["claim"] == claim.text and found["url"] == f"{SITE}{page(claim)}"
    assert found["claimant"]["name"] == "Mira Halloway"
    assert found["rating"]["name"] == "False" and found["rating"]["value"] == 1
    assert [item["quote"] for item in found["evidence"]] == ["page says", ""]
    assert not found["under_review"] and not found["corrections"]
    content = client.get(found["content_url"].removeprefix(SITE)).content
    assert hashlib.sha256(content).hexdigest() == found["content_hash"]


def test_each_name_in_it_is_documented(client: Client, checker: User, editor: User) -> None:
    found = client.get(_address(publish(checker, editor))).json()
    documented = set(re.findall(r"`(\w+)`", DOCUMENTED.read_text("utf-8")))
    names = {*found, *found["rating"], *found["evidence"][0], *found["claimant"]}
    assert names <= documented


def test_a_correction_stands_in_it(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    found = client.get(_address(claim)).json()
    assert found["version"] == 2 and found["short_answer"] == "It planted half."
    assert [row["what_was_wrong"] for row in found["corrections"]] == ["It counted a street twice."]


def test_a_verdict_in_doubt_says_so(client: Client, checker: User, editor: User) -> None:
    claim = factories.correcting(checker, editor, meanwhile="under_review")
    assert client.get(_address(claim)).json()["under_review"] is True


def test_nothing_is_told_of_a_withheld_or_retracted_one(
    client: Client, checker: User, editor: User
) -> None:
    withheld = factories.correcting(checker, editor, meanwhile="withheld")
    assert client.get(_address(withheld)).status_code == 404
    retracted = factories.published(checker, editor)
    before = client.get(_address(retracted))
    apply(retracted, Action.RETRACT, by=editor, data=MoveData(note="The register was misread."))
    again = client.get(_address(retracted), headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 410 and "It planted fewer." not in again.text


def test_an_unchanged_one_is_not_sent_again(client: Client, checker: User, editor: User) -> None:
    claim = publish(checker, editor)
    first = client.get(_address(claim))
    for header, value in (
        ("If-None-Match", first["ETag"]),
        ("If-Modified-Since", first["Last-Modified"]),
    ):
        assert client.get(_address(claim), headers={header: value}).status_code == 304


@pytest.mark.parametrize("address", ["nothing", "a-00000000", "%00-00000000", "a-1234567", "."])
def test_nonsense_is_not_found(client: Client, db: None, address: str) -> None:
    assert client.get(f"/verdicts/{address}.json").status_code == 404
