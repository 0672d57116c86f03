"""The list of verdicts as readers narrow, search and page it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action, Meanwhile
from claims.intake.topics import add_topic, set_topic
from claims.models import Claim, Topic
from claims.public_site import list_pages
from claims.public_site import published as published_lists
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, copies, publish

pytestmark = [pytest.mark.django_db]
LIST = "/verdicts/"


def _with_topic(claim: Claim, editor: User, name: str) -> Topic:
    topic, _ = add_topic(claim.desk, by=editor, name=name)
    set_topic(claim, by=editor, topic=topic)
    return topic


def _linked(html: str, label: str) -> str:
    """Where the link with this text leads."""
    found = re.search(rf'href="([^"]+)"[^>]*>\s*(?:<bdi>)?{re.escape(label)}', html)
    assert found, label
    return found[1].replace("&amp;", "&")


def test_the_list_offers_what_narrows_it_with_counts(
    client: Client, checker: User, editor: User
) -> None:
    trees = publish(checker, editor, Words(claim="Trees were planted.", claimant="Mira Halloway"))
    ships = publish(checker, editor, Words(claim="Ships were counted.", claimant="Jon Okafor"))
    _with_topic(trees, editor, "Parks")
    _with_topic(ships, editor, "Harbour")
    shown = client.get(LIST).text
    for label, other in (("Parks", "Ships"), ("Mira Halloway", "Ships"), ("Harbour", "Trees")):
        narrowed = client.get(_linked(shown, label))
        assert narrowed.status_code == 200
        assert other not in narrowed.text and "1 claim checked" in narrowed.text


def test_filters_combine_and_each_can_be_removed(
    client: Client, checker: User, editor: User
) -> None:
    publish(checker, editor, Words(claim="Trees were planted."))
    publish(checker, editor, Words(claim="Ships were counted.", rating="Unproven"))
    both = f"{LIST}?rating=Unproven&publisher=radio.example"
    shown = client.get(both).text
    assert "Ships were counted." in shown and "Trees were planted." not in shown
    assert "Trees were planted." in client.get(_linked(shown, "remove")).text
    assert "No published verdict matches" in client.get(f"{both}&language=fr").text


def test_what_was_checked_in_one_article(client: Client, checker: User, editor: User) -> None:
    page = "https://paper.example/debate"
    publish(checker, editor, Words(claim="Trees were planted.", appearance=page))
    publish(checker, editor, Words(claim="Ships were counted."))
    shown = client.get(f"{LIST}?article={page}?utm_source=mail").text
    assert "Trees were planted." in shown and "Ships" not in shown


def test_the_words_that_were_searched_for_are_marked(
    client: Client, checker: User, editor: User
) -> None:
    words = Words(claim="The city planted <b>lindens</b>.", explanation="Lindéns & maples stood.")
    publish(checker, editor, words)
    factories.published(checker, editor)
    shown = client.get(f"{LIST}?q=lindens").text
    assert "planted &lt;b&gt;<mark>lindens</mark>&lt;/b&gt;." in shown
    assert "<mark>Lindéns</mark> &amp; maples stood." in shown
    assert "1 claim checked" in shown and 'value="lindens"' in shown
    # What search finds stands in no order of dates.
    assert "newest first" not in shown.partition("<main")[2]
    assert "newest first" in client.get(LIST).text.partition("<main")[2]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("q=" + "x" * 201, "Search for at most 200 characters."),
        ("q=%3F%3F", "Enter a word or a number to search for."),
        ("topic=parks", "is no valid ID"),
        ("claimant=%00", "too long or damaged"),
        ("rating=%00", "too long or damaged"),
        ("publisher=" + "x" * 601, "too long or damaged"),
        ("article=the radio", "contains a space"),
    ],
)
def test_nonsense_is_answered_with_what_to_do(client: Client, asked: str, says: str) -> None:
    answer = client.get(f"{LIST}?{asked}")
    assert answer.status_code == 400
    assert says in answer.text and "Show all verdicts" in answer.text


@pytest.mark.parametrize("asked", ["before=x", "before=" + "0" * 32, "page=2", "page=x"])
def test_a_page_that_never_was_is_not_found(client: Client, asked: str) -> None:
    assert client.get(f"{LIST}?{asked}").status_code == 404


def test_unknown_names_in_the_address_change_nothing(client: Client) -> None:
    assert client.get(f"{LIST}?utm_source=mail&fbclid=1").status_code == 200


def test_no_filter_word_or_number_tells_of_what_is_not_published(
    client: Client, checker: User, editor: User
) -> None:
    publish(checker, editor, Words(claim="Trees were planted."))
    secret = factories.approved(checker, editor, text="The canary sang at noon.")
    held = publish(checker, editor, Words(claim="The canary flew.", claimant="Canary Keeper"))
    topic = _with_topic(secret, editor, "Canaries")
    set_topic(held, by=editor, topic=topic)
    move = MoveData(note="Wrong.", category="correction", meanwhile=Meanwhile.WITHHELD)
    apply(held, Action.CORRECT, by=editor, data=move)
    assert held.claimant
    for asked in (
        "",
        "?q=canary",
        f"?topic={topic.public_id}",
        f"?claimant={held.claimant.public_id}",
        "?rating=False",
    ):
        shown = client.get(LIST + asked).text.replace('value="canary"', "")
        assert "canary sang" not in shown.lower() and "canary flew" not in shown.lower(), asked
        assert "Canaries" not in shown and "Canary Keeper" not in shown, asked


def test_a_retracted_verdict_leaves_every_list(client: Client, checker: User, editor: User) -> None:
    claim = publish(checker, editor, Words(claim="The canary flew."))
    asked = ("", "?q=canary", "?rating=False", "?publisher=radio.example")
    assert all("flew" in client.get(LIST + each).text for each in asked)
    apply(claim, Action.RETRACT, by=editor, data=factories.note("Misread."))
    assert not any("flew" in client.get(LIST + each).text for each in asked)


@pytest.mark.parametrize("asked", ["", "?q=planted", "?rating=False"])
def test_the_list_asks_as_often_for_200_verdicts_as_for_two(
    client: Client, asked: str, published: Claim
) -> None:
    claim, counts = published, []
    for more in (1, 198):
        copies(claim, more)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(LIST + asked)
        counts.append(len(queries))
    assert "200 claims checked" in answer.text and "Older" in answer.text
    assert counts[0] == counts[1]


def test_a_search_looks_its_words_up_once(client: Client, published: Claim) -> None:
    copies(published, 30)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"{LIST}?q=planted")
    assert "31 claims checked" in answer.text and "Older" in answer.text
    looked_up = [one["sql"] for one in queries if "FROM search_verdict" in one["sql"]]
    # On PostgreSQL it is also asked how many it expects.
    assert sum(not sql.startswith("EXPLAIN") for sql in looked_up) == 1
    older = client.get(_linked(answer.text, "Older"))
    assert "31 claims checked" in older.text and older.text.count("<article") < 31


def test_what_nobody_may_read_takes_no_place_in_the_count(
    client: Client, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published_lists, "MOST_COUNTED", 1)
    monkeypatch.setattr(list_pages, "MOST_COUNTED", 1)
    publish(checker, editor, Words(claim="The canary sang."))
    assert "1 claim checked" in client.get(f"{LIST}?q=canary").text
    for deed in ("flew", "fell"):
        held = publish(checker, editor, Words(claim=f"The canary {deed}."))
        move = MoveData(note="Wrong.", category="correction", meanwhile=Meanwhile.WITHHELD)
        apply(held, Action.CORRECT, by=editor, data=move)
    shown = client.get(f"{LIST}?q=canary").text
    assert "1 claim checked" in shown and "More than" not in shown and "sang" in shown
    publish(checker, editor, Words(claim="The canary slept."))
    assert "More than 1 claim" in client.get(f"{LIST}?q=canary").text
