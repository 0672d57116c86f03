"""A reader who follows every link of the site meets no dead end, no other host, no
heavy page, and no page that the checker of the W3C finds fault with.
"""

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from claims.public_site import list_pages
from tests.claims.html_checker import faults
from tests.claims.whole_site import Crawl, fill

HEAVIEST = 100_000
PAGES = [
    "claimant",
    "corrections",
    "embed",
    "evidence_copy",
    "home",
    "methodology",
    "methodology_version",
    "oembed",
    "request_correction",
    "submit",
    "tip",
    "topic",
    "verdict",
    "verdict_version",
    "verdicts",
]
_crawls: list[Crawl] = []


@pytest.fixture
def crawl(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Crawl:
    """One for all tests: what was seen needs no rows."""
    if not _crawls:
        people = ("checker", "editor", "second_editor", "admin_person")
        monkeypatch.setattr(list_pages, "PAGE_LENGTH", 5)
        tip = fill(*(request.getfixturevalue(name) for name in people))
        done = Crawl()
        done.run("/", "/sitemap.xml", "/sitemaps/news.xml", "/robots.txt", "/datafeed.json", tip)
        _crawls.append(done)
    return _crawls[0]


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(crawl: Crawl) -> None:
    # What readers are told of instead is no dead end.
    gone = re.compile(r"/verdicts/[^ ]* answers (410|404)")
    assert [one for one in crawl.wrong if not gone.match(one)] == []
    unmet = {name for name in PAGES if not any(_is(name, path) for path in crawl.visits)}
    assert not unmet


def _is(name: str, address: str) -> bool:
    try:
        return resolve(address.partition("?")[0]).view_name == f"claims:{name}"
    except Resolver404:
        return False


def test_no_page_is_heavy(crawl: Crawl) -> None:
    pages = [address for address, visit in crawl.visits.items() if visit.is_page]
    assert [address for address in pages if crawl.weight(address) > HEAVIEST] == []


def test_the_checker_of_the_w3c_finds_nothing(crawl: Crawl, tmp_path: Path) -> None:
    pages = {address: visit.body for address, visit in crawl.visits.items() if visit.is_page}
    # The positive control, in the same run: Java takes seconds to start.
    wrong = b"<!doctype html><html lang=en><title>Trees</title><img src=a><ul><p>No item</ul>"
    told = faults(pages | {"wrong": wrong}, tmp_path)
    # Characters that no page should have stand in the words of the hostile verdicts:
    # they are shown as they were signed.
    told = [line for line in told if "Forbidden code point" not in line]
    assert [line for line in told if not line.startswith("wrong: ")] == []
    assert len(told) == 2
