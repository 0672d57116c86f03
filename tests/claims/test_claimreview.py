"""The ClaimReview of a verdict says what the page says, to machines."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from lxml import html

from claims.exchange.claimreview import as_script, claim_review, web_address
from claims.models import Claim, Verdict
from claims.publication.repetitions import RepetitionDetails, add, confirm, withdraw
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, page, publish

URL = "https://paper.example/verdicts/x-00000000/"


def _embedded(client: Client, claim: Claim) -> dict[str, object]:
    blocks = html.fromstring(client.get(page(claim)).content).xpath(
        '//script[@type="application/ld+json"]'
    )
    assert len(blocks) == 1
    found: dict[str, object] = json.loads(blocks[0].text)
    return found


def test_a_verdict_becomes_a_claim_review(checker: User, editor: User) -> None:
    publish(checker, editor)
    verdict = Verdict.objects.published().get()
    assert verdict.published_at is not None
    assert claim_review(verdict, url=URL) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": URL,
        "claimReviewed": "The city planted twice as many trees as before.",
        "author": {
            "@type": "Organization",
            "name": "Fact-check desk",
            "url": "http://localhost:8000",
        },
        "datePublished": verdict.published_at.isoformat(timespec="seconds"),
        "inLanguage": "en",
        "itemReviewed": {
            "@type": "Claim",
            "name": "The city planted twice as many trees as before.",
            "author": {"@type": "Person", "name": "Mira Halloway"},
            "datePublished": "2026-05-01",
            "firstAppearance": {"@type": "CreativeWork", "url": "https://radio.example/morning"},
            "appearance": [{"@type": "CreativeWork", "url": "https://radio.example/morning"}],
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "False",
            "ratingExplanation": "It planted a tenth fewer.",
            "ratingValue": 1,
            "bestRating": 3,
            "worstRating": 1,
        },
    }


def test_a_word_off_the_scale_carries_no_number(checker: User, editor: User) -> None:
    publish(checker, editor, Words(rating="Satire"))
    rating = claim_review(Verdict.objects.get(), url=URL)["reviewRating"]
    assert rating == {
        "@type": "Rating",
        "alternateName": "Satire",
        "ratingExplanation": "It planted a tenth fewer.",
    }


def test_what_is_not_known_is_left_out(checker: User, editor: User) -> None:
    publish(checker, editor, Words(claimant="", appearance=""))
    claim = claim_review(Verdict.objects.get(), url=URL)["itemReviewed"]
    assert set(claim) == {"@type", "name", "datePublished"}


def test_the_page_holds_one_and_the_file_is_the_same(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor)
    answer = client.get(page(claim, "claimreview.json"))
    assert answer["Content-Type"] == "application/ld+json"
    assert answer.json() == _embedded(client, claim)
    assert answer.json()["url"] == f"http://localhost:8000{page(claim)}"
    assert client.get(page(claim)).text.count("ClaimReview") == 1


@pytest.mark.parametrize("text", [
    "</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c", (
        "\u202egnal"
        " \u2066x\u2069\u200f"
    ), "\\u003c \"quoted\" & 'single'", "🌳",
])  # fmt: skip
def test_nothing_in_a_claim_breaks_the_block(
    client: Client, checker: User, editor: User, text: str
) -> None:
    claim = publish(checker, editor, Words(claim=f"It is {text} here", answer=text))
    found = _embedded(client, claim)
    assert found["claimReviewed"] == claim.text
    assert as_script({"a": text}).isascii() and "<" not in as_script({"a": text})


def test_corrections_and_repetitions_are_those_of_the_page(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    details = RepetitionDetails(
        claimant=factories.claimant("Mira Halloway"),
        stated_date=date(2026, 6, 2),
        words="Twice as many trees!",
        appearance_url="https://tv.example/evening",
    )
    shown = confirm(add(claim, by=checker, details=details), by=editor)
    add(
        claim, by=checker, details=replace(details, appearance_url="https://tv.example/unconfirmed")
    )
    found = client.get(page(claim, "claimreview.json")).json()
    assert found == _embedded(client, claim)
    assert [comment["text"] for comment in found["correction"]] == ["It counted a street twice."]
    assert found["itemReviewed"]["appearance"] == [
        {
            "@type": "CreativeWork",
            "url": "https://tv.example/evening",
            "datePublished": "2026-06-02",
            "author": {"@type": "Person", "name": "Mira Halloway"},
        }
    ]
    withdraw(shown, by=editor, reason="It was about another town.")
    assert "appearance" not in client.get(page(claim, "claimreview.json")).json()["itemReviewed"]


@pytest.mark.parametrize("make", [factories.retracted, factories.approved])
def test_only_a_published_verdict_has_one(checker: User, editor: User, make: object) -> None:
    make(checker, editor)  # type: ignore[operator]
    with pytest.raises(ValueError, match="not published"):
        claim_review(Verdict.objects.get(), url=URL)


@pytest.mark.parametrize(("text", "expected"), [
    ("https://a.example/x", "https://a.example/x"), ("HTTP://A.example", "HTTP://A.example"), ("javascript:alert(1)", ""),
    (" https://a.example", ""), ("a leaflet", ""), ("", ""), ("data:text/html,x", ""),
])  # fmt: skip
def test_only_addresses_of_the_web_are_linked(text: str, expected: str) -> None:
    assert web_address(text) == expected
