"""A text that looks like a broken address is taken in by every door, and gets a title:
what people write is never an error of the server, nor lost.
"""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from factcheck.newsroom.models import User
from sources.classify import retry_after
from sources.fetch_types import FetchResult
from sources.models import Article
from sources.readable import read_page
from sources.readers.markup import date_of
from tests import factories
from tests.project.api import Api

LINES = [
    "//[caption] The mayor at the quay",
    "https://[link] says the mayor",
    "//℀ a letter that NFKC turns into a slash",
    "http://[::1 the bracket that nobody closed",
    "//[fe80::1%25eth0]/ and a zone",
    "https://user]:x@[/",
    "//\u2100\uff0f\uff1a a full-width colon",
]
REST = "\nThe city planted 600 trees last year.\n"


@pytest.mark.parametrize("line", LINES)
def test_the_api_takes_the_text_in(checker: User, line: str) -> None:
    sent = Api(checker).post("articles/", {"text": line + REST})
    assert sent.status_code == 201, sent.content[:300]
    assert sent.json()["title"]


@pytest.mark.parametrize("line", LINES)
def test_the_paste_page_takes_the_text_in(client: Client, checker: User, line: str) -> None:
    client.force_login(checker)
    sent = client.post("/admin/sources/article/add/", {"text": line + REST})
    assert sent.status_code == 302, sent.text[:300]
    assert Article.objects.get().title


@pytest.mark.parametrize("line", LINES)
def test_every_text_of_a_claim_takes_it_in(checker: User, line: str) -> None:
    api, claim = Api(checker), factories.claim(checker)
    assert api.post("claims/", {"text": line}).status_code == 201
    api.post(f"claims/{claim.public_id}/transitions/", {"action": "take"})
    item = {"url": "https://paper.example/1", "stance": "supports", "quote": line, "locator": line}
    assert api.post(f"claims/{claim.public_id}/evidence/", item).status_code == 201
    factories.scale()
    words = {"rating": "False", "short_answer": line, "explanation": f"[x]({line}) <{line}> {line}"}
    assert api.put(f"claims/{claim.public_id}/verdict/", words).status_code == 200


@pytest.mark.parametrize("line", LINES)
def test_as_an_address_it_is_refused_in_words_or_taken(checker: User, line: str) -> None:
    api = Api(checker)
    for body in (
        {"url": line},
        {"text": REST, "address": line},
        {"text": f"<html><head><link rel=canonical href='{line}'></head><p>{REST * 9}</html>"},
    ):
        assert api.post("articles/", body).status_code in {201, 400}, body
    refused = api.post("claims/", {"text": "A claim.", "appearance_url": line})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "appearance_url"


@pytest.mark.parametrize("line", LINES)
def test_a_fetched_page_full_of_them_is_read(line: str) -> None:
    body = (
        f'<html><head><base href="{line}"><link rel="canonical" href="{line}">'
        f'<meta property="og:url" content="{line}"><meta name="date" content="2026-02-31">'
        f'<script type="application/ld+json">{{"@id": "{line}", "datePublished": "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0661"}}'
        f'</script></head><body><article><p><a href="{line}">{REST}</a>'
        f'<img src="{line}">{REST * 20}</p></article></body></html>'
    )
    page = read_page(body.encode(), url="https://paper.example/", content_type="text/html")
    # 31 February is passed over, and Arabic digits are a day as good as any.
    assert "600 trees" in page.text and page.published == date(2026, 1, 1)
    assert date_of(body) is None


@pytest.mark.parametrize(
    "value",
    [
        "²", "9" * 5000, "-1", "1e400", "Mon, 31 Feb 2026 99:99:99 +9999999", "Sun, 01 Jan 0001 00:00:00 +2359",
        "Fri, 31 Dec 9999 23:59:59 -2359", "\0", "Mon", "x" * 100_000,
    ],
)  # fmt: skip
def test_a_server_that_says_nonsense_is_waited_for_a_while(value: str) -> None:
    answer = FetchResult(
        url="https://a.example/",
        final_url="https://a.example/",
        status=429,
        headers=(("Retry-After", value), ("Date", value)),
    )
    seconds = retry_after(answer, now=datetime.now(UTC))
    assert seconds is not None and 0 <= seconds <= 7 * 24 * 3600
