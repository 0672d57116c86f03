"""Two hundred verdicts whose words try to break each format come out of each as they
went in, as readers that others wrote see them.
"""

import json
from html import unescape
from typing import Any

import feedparser
import pytest
from django.test import Client
from lxml import etree
from micawber import Provider
from rdflib.namespace import RDF

from claims.models import Verdict
from claims.public_site import feeds
from claims.public_site.addresses import address_of
from claims.public_site.feed_formats import xml_text
from claims.rules.headlines import headline_of, wording_of
from factcheck.newsroom.models import User
from tests.claims.hostile_verdicts import publish_hostile
from tests.claims.linked_data import SCHEMA, assert_fits, of_json, of_page
from tests.claims.public_pages import publish
from tests.claims.test_public_claims_search import google_client

SITE, NUMBER = "http://localhost:8000", 200
Json = dict[str, Any]
Contents = dict[str, Json]


def _linked(client: Client, expected: Contents) -> None:
    graph = of_json(client.get("/datafeed.json").getvalue().decode())
    assert_fits(graph)
    found = {
        str(graph.value(review, SCHEMA.url)): (
            str(graph.value(review, SCHEMA.claimReviewed)),
            *(
                str(graph.value(graph.value(review, SCHEMA.reviewRating), name))
                for name in (SCHEMA.alternateName, SCHEMA.ratingExplanation)
            ),
        )
        for review in graph.subjects(RDF.type, SCHEMA.ClaimReview)
    }
    assert found == {
        url: (wording_of(content), content["rating"]["name"], content["short_answer"])
        for url, content in expected.items()
    }


def _feeds(client: Client, expected: Contents) -> None:
    items = client.get("/feeds/verdicts.json").json()["items"]
    assert {item["url"]: (item["title"], item["content_text"]) for item in items} == {
        url: (headline_of(content), content["short_answer"]) for url, content in expected.items()
    }
    for kind, entry in (("atom", "{*}entry"), ("rss", "channel/item")):
        answer = client.get(f"/feeds/verdicts.{kind}").content
        assert len(feedparser.parse(answer).entries) == NUMBER + 1
        # feedparser drops markup that it takes for harmful; so the text itself by XML.
        found = {_link(one): _texts(one) for one in etree.fromstring(answer).findall(entry)}
        assert found == {
            url: (_xml(headline_of(content)), _xml(content["short_answer"]))
            for url, content in expected.items()
        }


def _link(entry: Any) -> str:
    return str(entry.findtext("link") or entry.find("{*}link").get("href"))


def _texts(entry: Any) -> tuple[str, str]:
    summary = entry.findtext("{*}summary") or entry.findtext("description")
    # Of a summary both formats say that it is HTML, of a title that it is not.
    return _line(entry.findtext("{*}title")), _line(unescape(summary))


def _xml(text: str) -> str:
    return _line(xml_text(text))


def _line(text: str) -> str:
    """XML reads all ends of lines as one kind."""
    return " ".join(text.split())


def _searched(client: Client, expected: Contents) -> None:
    service, found = google_client(client), {}
    request = service.claims().search(reviewPublisherSiteFilter="localhost", pageSize=100)
    while request is not None:
        answer = request.execute()
        for one in answer["claims"]:
            review = one["claimReview"][0]
            found[review["url"]] = (one["text"], one["claimant"], review["textualRating"])
        request = service.claims().search_next(request, answer)
    assert found == {
        url: (wording_of(content), content["claimant"]["name"], content["rating"]["name"])
        for url, content in expected.items()
    }


def _mapped(client: Client, expected: Contents) -> None:
    news = etree.fromstring(client.get("/sitemaps/news.xml").content)
    found = {
        one.findtext("{*}loc"): _line(one.findtext(".//{*}title")) for one in news.findall("{*}url")
    }
    assert found == {url: _xml(headline_of(row)) for url, row in expected.items()}


class _OEmbed(Provider):
    def __init__(self, client: Client) -> None:
        super().__init__(f"{SITE}/oembed")
        self._client = client

    def fetch(self, url: str) -> str:
        return self._client.get(url.removeprefix(SITE)).text


def _embedded(client: Client, expected: Contents) -> None:
    consumer = _OEmbed(client)
    for url, content in list(expected.items())[::10]:
        found = consumer.request(url, maxwidth=400)
        assert found["title"] == headline_of(content)
        frame = etree.HTML(found["html"]).find(".//iframe")
        assert frame.get("src") == f"{url}embed/" and not frame.get("title").isspace()


def _itself(client: Client, expected: Contents) -> None:
    for url, content in list(expected.items())[::10]:
        path = url.removeprefix(SITE).rstrip("/")
        found = client.get(f"{path}.json").json()
        names = ("claim", "short_answer", "explanation", "claimant", "language")
        assert {name: found[name] for name in names} == {name: content[name] for name in names}
        markup = of_page(client.get(f"{path}/").text)
        assert_fits(markup)
        (review,) = markup.subjects(RDF.type, SCHEMA.ClaimReview)
        assert str(markup.value(review, SCHEMA.claimReviewed)) == wording_of(content)


def test_what_went_in_comes_out_of_each_format(
    client: Client, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "LENGTH", NUMBER + 1)
    model = publish(checker, editor)
    contents = publish_hostile(model, NUMBER, seed=15)
    rows = Verdict.objects.exclude(claim=model).select_related("claim").order_by("pk")
    expected = {address_of(row): content for row, content in zip(rows, contents, strict=True)}
    own = address_of(model.verdicts.select_related("claim").get())
    expected[own] = json.loads(model.verdicts.get().content)
    for check in (_linked, _feeds, _searched, _mapped, _embedded, _itself):
        check(client, expected)
