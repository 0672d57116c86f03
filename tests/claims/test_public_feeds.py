"""Feeds: parsed by readers that others wrote, and right at once after each change."""

import json
from datetime import UTC, datetime
from html import unescape

import feedparser
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from claims.choices import Action
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.intake.topics import add_topic, set_topic
from claims.models import Claim
from claims.public_site import feeds
from claims.public_site.feed_formats import FORMATS, Feed, Item, xml_text
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, page, publish
from tests.claims.times import Clock, times
from tests.golden import assert_golden

__all__ = ["times"]
SITE = "http://localhost:8000"
KINDS = ("atom", "rss", "json")
NOON = datetime(2031, 6, 1, 12, tzinfo=UTC)
RETRACT = MoveData(note="The register was misread.")


def _titles(client: Client, name: str = "verdicts", kind: str = "atom") -> list[str]:
    answer = client.get(f"/feeds/{name}.{kind}")
    assert answer.status_code == 200, answer
    if kind == "json":
        return [item["title"] for item in answer.json()["items"]]
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, parsed
    return [entry.title for entry in parsed.entries]


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_reads_as_written_down(
    client: Client, checker: User, editor: User, times: Clock, kind: str
) -> None:
    times.set(NOON)
    publish(checker, editor, public_id="abcdef01000000000000000000000001")
    assert_golden(f"feed.{kind}", client.get(f"/feeds/verdicts.{kind}").content)


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_reader_finds_the_verdict(
    client: Client, checker: User, editor: User, kind: str
) -> None:
    claim = publish(checker, editor, Words(language="de"))
    parsed = feedparser.parse(client.get(f"/feeds/verdicts.{kind}").content)
    assert parsed.version == {"atom": "atom10", "rss": "rss20"}[kind] and not parsed.bozo
    (entry,) = parsed.entries
    assert entry.title == f"False: {claim.text}"
    assert entry.link == f"{SITE}{page(claim)}"
    assert entry.id == claim.public_id.urn
    assert entry.summary == "It planted a tenth fewer."
    if kind == "atom":
        assert entry.title_detail.language == "de"


def test_pages_name_the_feeds(client: Client, checker: User, editor: User) -> None:
    claim = publish(checker, editor)
    for path in ("/verdicts/", page(claim)):
        found = feedparser.parse(client.get(path).content).feed.links
        linked = [link.href for link in found if link.rel == "alternate"]
        assert {"/feeds/verdicts.atom", "/feeds/verdicts.rss", "/feeds/verdicts.json"} <= set(
            linked
        )
        for address in linked:
            assert client.get(address).status_code == 200


def _correct(claim: Claim, editor: User, approver: User) -> None:
    data = MoveData(note="A street twice.", category="correction")
    apply(claim, Action.CORRECT, by=editor, data=data)
    factories.written(claim, editor, answer="It planted half.")
    apply(claim, Action.SUBMIT, by=editor)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=approver)


@pytest.mark.parametrize("kind", KINDS)
def test_a_correction_replaces_the_item_and_moves_its_date(
    client: Client, checker: User, editor: User, second_editor: User, times: Clock, kind: str
) -> None:
    times.set(NOON)
    claim = factories.published(checker, editor)
    before = client.get(f"/feeds/verdicts.{kind}")
    times.set(NOON.replace(hour=13))
    _correct(claim, editor, second_editor)
    after = client.get(f"/feeds/verdicts.{kind}", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200 and "It planted half." in after.text
    assert after["Last-Modified"] != before["Last-Modified"]
    assert "It planted fewer." not in after.text
    assert f"Correction: {claim.text}" in _titles(client, "corrections", kind)


def test_an_old_verdict_that_is_corrected_comes_up_again(
    client: Client,
    checker: User,
    editor: User,
    second_editor: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feeds, "LENGTH", 1)
    claim = publish(checker, editor, Words(claim="Trees were planted."))
    publish(checker, editor, Words(claim="Ships were counted."))
    assert _titles(client) == ["False: Ships were counted."]
    _correct(claim, editor, second_editor)
    assert _titles(client) == ["False: Trees were planted."]


@pytest.mark.parametrize("kind", KINDS)
def test_a_retraction_leaves_the_verdicts_and_enters_the_corrections(
    client: Client, editor: User, kind: str, published: Claim
) -> None:
    assert _titles(client, kind=kind) == [f"False: {published.text}"]
    apply(published, Action.RETRACT, by=editor, data=RETRACT)
    assert _titles(client, kind=kind) == []
    assert _titles(client, "corrections", kind) == [f"Retraction: {published.text}"]


@pytest.mark.parametrize("meanwhile", ["under_review", "withheld"])
def test_what_is_in_doubt_is_in_no_feed(
    client: Client, checker: User, editor: User, meanwhile: str
) -> None:
    factories.correcting(checker, editor, meanwhile=meanwhile)
    assert [_titles(client, kind=kind) for kind in KINDS] == [[], [], []]


def test_a_topic_and_a_claimant_have_feeds_of_their_own(
    client: Client, checker: User, editor: User
) -> None:
    about_trees, other = (
        publish(checker, editor),
        publish(checker, editor, Words(claimant="Nobody")),
    )
    topic, _ = add_topic(about_trees.desk, by=editor, name="Trees & <parks>")
    set_topic(about_trees, by=editor, topic=topic)
    assert _titles(client, f"topics/{topic.public_id}") == [f"False: {about_trees.text}"]
    assert other.claimant is not None
    address = f"/feeds/claimants/{other.claimant.public_id}.atom"
    parsed = feedparser.parse(client.get(address).content)
    assert parsed.feed.title == "Fact-check desk: Verdicts on claims by Nobody"
    assert [entry.id for entry in parsed.entries] == [other.public_id.urn]


def test_a_claimant_of_an_unpublished_correction_is_told_to_nobody(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor)
    before, secret = claim.claimant, factories.claimant("Secret Name")
    assert before is not None
    data = MoveData(note="Somebody else said it.", category="correction", meanwhile="unchanged")
    apply(claim, Action.CORRECT, by=editor, data=data)
    claim.refresh_from_db()
    words = ClaimEdit(claim.text, secret, claim.stated_date, claim.appearance_url, None)
    edit_claim(claim, by=editor, words=words)
    assert client.get(f"/feeds/claimants/{secret.public_id}.atom").status_code == 404
    assert _titles(client, f"claimants/{before.public_id}") == [f"False: {claim.text}"]


@pytest.mark.parametrize("path", [
    "verdicts.xml", "verdicts.", "verdicts.atom.json", "corrections.pdf", "topics/1.atom",
    "topics/00000000-0000-0000-0000-000000000000.atom", "claimants/%00.atom",
    "claimants/00000000-0000-0000-0000-000000000000.json",
])  # fmt: skip
def test_nonsense_is_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(f"/feeds/{path}").status_code == 404


@given(text=st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    item = Item("urn:uuid:1", f"{SITE}/x/", text, text, NOON, NOON, "en", (text,))
    feed = Feed(text, f"{SITE}/", f"{SITE}/feed", NOON, [item])
    expected = xml_text(text)
    atom = etree.fromstring(FORMATS["atom"](feed).content)
    assert _same(unescape(atom.findtext("{*}entry/{*}summary")), expected)
    assert _same(atom.findtext("{*}title"), expected)
    assert _same(atom.find("{*}entry/{*}category").get("term"), expected.replace("\t", " "))
    rss = etree.fromstring(FORMATS["rss"](feed).content)
    assert _same(unescape(rss.findtext("channel/item/description")), expected)
    assert json.loads(FORMATS["json"](feed).content)["items"][0]["title"] == text


def _same(read: str | None, written: str) -> bool:
    """But for line ends, which XML reads as one kind."""
    return " ".join((read or "").split()) == " ".join(written.split())
