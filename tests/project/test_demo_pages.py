"""The demo's own page holds what it is there to show, and its evidence says what the
demo's checker quotes.
"""

import pytest

from claims.extraction import articles, extract
from demo.briefs import BRIEFS, Brief
from demo.serve_pages import HOSTS, PAGES, addresses
from demo.story import missing_from_page
from sources.plaintext import stored_text
from sources.quotes import find_quote
from sources.readable import read_page

TEXT = (PAGES / "bulletin" / "evening.txt").read_text("utf-8")


def test_the_page_is_three_articles_in_one() -> None:
    text = stored_text(TEXT)
    assert len(articles(text)) == 3
    assert {candidate.article for candidate in extract(text)} == {0, 1, 2}


@pytest.mark.parametrize(
    "trap",
    [
        "By\xa0",
        "•\xa0",
        "Related News",
        "ALSO READ",
        "Shares",
        "\N{LEFT SINGLE QUOTATION MARK}temporary",
        "According to",
        "P.M.",
    ],
)
def test_the_page_has_the_traps_of_scraped_pages(trap: str) -> None:
    assert trap in TEXT


def test_no_furniture_of_the_page_is_suggested() -> None:
    suggested = " ".join(candidate.text for candidate in extract(stored_text(TEXT)))
    for furniture in (
        "Related News",
        "ALSO READ",
        "Click to see",
        "Shares",
        "Photo:",
        "Ferry service",
    ):
        assert furniture not in suggested


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.phrase)
def test_every_brief_finds_its_suggestion(brief: Brief) -> None:
    assert sum(brief.phrase in candidate.text for candidate in extract(stored_text(TEXT))) == 1


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.phrase)
def test_every_quote_stands_in_its_page_and_the_sources_are_independent(brief: Brief) -> None:
    assert len({source.publisher for source in brief.sources}) >= 2
    for source in brief.sources:
        body = (PAGES / source.publisher / source.page).read_bytes()
        page = read_page(
            body, url=f"http://127.0.0.1/{source.page}", content_type="text/html; charset=utf-8"
        )
        assert find_quote(source.quote, page.text), source.page


def test_each_publisher_has_an_address_of_its_own() -> None:
    assert len(set(addresses(9).values())) == len(HOSTS)


def test_a_page_without_the_claim_or_with_another_rating_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brief = BRIEFS[0]
    wrong = (
        '<p>Nothing.</p><script type="application/ld+json">{"@type": "ClaimReview", "reviewRating":'
        ' {"alternateName": "True", "ratingValue": 5}}</script>'
    )
    monkeypatch.setattr("demo.story.page", lambda address: wrong)
    gaps = missing_from_page("http://127.0.0.1/verdicts/x/", {"text": brief.text}, brief)
    assert [gap.split()[1] for gap in gaps] == ["claim", "short", "rating"]
