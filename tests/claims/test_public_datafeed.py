"""The feed of all verdicts in bulk."""

import gzip
import json
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, page, publish

GZIP = {"Accept-Encoding": "gzip"}


def _feed(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get("/datafeed.json").getvalue())
    return found


def test_it_holds_the_claim_review_of_each_verdict(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    corrected = factories.corrected(checker, editor, second_editor)
    other = publish(checker, editor, Words(claim="</script> \u2028 \u202e \"bread\" & 'milk'"))
    feed = _feed(client)
    assert (feed["@context"], feed["@type"]) == ("https://schema.org", "DataFeed")
    elements = {element["url"]: element for element in feed["dataFeedElement"]}
    for claim in (corrected, other):
        review = client.get(page(claim, "claimreview.json")).json()
        element = elements[review["url"]]
        assert element["item"] == [{**review, "sdPublisher": review["author"]}]
        assert element["@type"] == "DataFeedItem" and element["dateModified"]
    assert elements[f"http://localhost:8000{page(other)}"]["item"][0]["claimReviewed"] == other.text


@override_settings(DATA_LICENSE="https://licence.example/by")
def test_the_licence_of_the_newsroom_is_named(client: Client, checker: User, editor: User) -> None:
    publish(checker, editor)
    (element,) = _feed(client)["dataFeedElement"]
    assert element["item"][0]["sdLicense"] == "https://licence.example/by"


def test_it_is_compressed_for_who_asks(client: Client, checker: User, editor: User) -> None:
    publish(checker, editor)
    answer = client.get("/datafeed.json", headers=GZIP)
    assert answer["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer["Vary"]
    assert len(json.loads(gzip.decompress(answer.getvalue()))["dataFeedElement"]) == 1


def test_an_empty_one_is_valid(client: Client, db: None) -> None:
    assert _feed(client)["dataFeedElement"] == []


def test_it_is_sent_again_only_when_something_changed(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor)
    for headers in ({}, GZIP):
        tag = client.get("/datafeed.json", headers=headers)["ETag"]
        asked = {**headers, "If-None-Match": tag}
        assert client.get("/datafeed.json", headers=asked).status_code == 304
    apply(claim, Action.RETRACT, by=editor, data=MoveData(note="The register was misread."))
    again = client.get("/datafeed.json", headers={"If-None-Match": tag})
    assert again.status_code == 200 and json.loads(again.getvalue())["dataFeedElement"] == []


def test_what_is_in_doubt_is_left_out(client: Client, checker: User, editor: User) -> None:
    factories.correcting(checker, editor, meanwhile="under_review")
    factories.correcting(checker, editor, meanwhile="withheld")
    assert _feed(client)["dataFeedElement"] == []


def test_more_verdicts_take_no_more_queries(client: Client, checker: User, editor: User) -> None:
    publish(checker, editor)
    with CaptureQueriesContext(connection) as few:
        _feed(client)
    for _ in range(4):
        publish(checker, editor)
    with CaptureQueriesContext(connection) as more:
        _feed(client)
    assert len(more) == len(few)
