"""The markup of pages and the feed in bulk, read by programs for linked data that
others wrote.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings
from lxml import html
from rdflib import Literal
from rdflib.namespace import RDF
from trafilatura.metadata import examine_meta, extract_opengraph

from factcheck.newsroom.models import User
from tests import factories
from tests.claims.linked_data import SCHEMA, assert_fits, of_json, of_page
from tests.claims.public_pages import Words, page, publish
from tests.claims.test_public_media_review import media_claim

SITE = "http://localhost:8000"
Json = dict[str, Any]


@override_settings(DATA_LICENSE="https://licence.example/by")
def test_all_markup_fits_the_shapes_and_says_what_was_signed(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    media = media_claim(checker, editor)
    claims = [
        factories.corrected(checker, editor, second_editor),
        publish(checker, editor, Words(rating="Satire", claimant="", appearance="")),
        media,
    ]
    for claim in claims:
        graph = of_page(client.get(page(claim)).text)
        assert_fits(graph)
        (review,) = graph.subjects(RDF.type, SCHEMA.ClaimReview)
        assert graph.value(review, SCHEMA.claimReviewed) == Literal(claim.text)
        assert str(graph.value(review, SCHEMA.url)) == f"{SITE}{page(claim)}"
        media_reviews = list(graph.subjects(RDF.type, SCHEMA.MediaReview))
        assert len(media_reviews) == (claim == media)
    feed = of_json(client.get("/datafeed.json").getvalue().decode())
    assert_fits(feed)
    (top,) = feed.subjects(RDF.type, SCHEMA.DataFeed)
    assert len(list(feed.objects(top, SCHEMA.dataFeedElement))) == len(claims)


def _no_words(review: Json) -> None:
    del review["reviewRating"]["alternateName"]


def _beyond_the_scale(review: Json) -> None:
    review["reviewRating"]["ratingValue"] = 4


def _no_address(review: Json) -> None:
    review["url"] = "verdict 1"


def _unknown_name(review: Json) -> None:
    review["itemReviewed"]["claimant"] = "Mira Halloway"


@pytest.mark.parametrize("spoil", [_no_words, _beyond_the_scale, _no_address, _unknown_name])
def test_the_shapes_refuse_a_wrong_review(spoil: Callable[[Json], None]) -> None:
    author = {"@type": "Organization", "name": "Desk", "url": SITE}
    rating = {"alternateName": "False", "ratingExplanation": "It was not.", "@type": "Rating"}
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{SITE}/verdicts/x/",
        "claimReviewed": "Trees grew.",
        "author": author,
        "datePublished": "2031-06-01T12:00:00+00:00",
        "inLanguage": "en",
        "itemReviewed": {"@type": "Claim", "name": "Trees grew."},
        "reviewRating": {**rating, "ratingValue": 1, "bestRating": 3, "worstRating": 1},
    }
    assert_fits(of_json(json.dumps(review)))
    spoil(review)
    with pytest.raises(AssertionError):
        assert_fits(of_json(json.dumps(review)))


def test_a_preview_of_the_page_shows_the_verdict(
    client: Client, checker: User, editor: User
) -> None:
    words = Words(claim='Über "bread" & 半分です', answer='It\'s "cheaper" & 5 < 6.')
    claim = publish(checker, editor, words)
    document = html.document_fromstring(client.get(page(claim)).content)
    graph = extract_opengraph(document)
    assert (graph["title"], graph["description"]) == (f"False: {words.claim}", words.answer)
    assert (graph["sitename"], graph["url"]) == ("Fact-check desk", f"{SITE}{page(claim)}")
    for other in document.xpath("//meta[@property] | //meta[@name='description'] | //title"):
        other.getparent().remove(other)
    card = examine_meta(document)
    assert (card.title, card.description) == (f"False: {words.claim}", words.answer)
