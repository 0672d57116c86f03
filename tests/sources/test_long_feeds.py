"""Of a long feed, its beginning is read, and that quickly."""

from __future__ import annotations

import time

import pytest

from sources.readers import feed

RSS = '<rss version="2.0"><channel><title>Radio</title>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Radio</title>{}</feed>'
ITEM = "<item><title>Noon &amp; {0}</title><link>https://a.example/{0}</link>{1}</item>"
ENTRY = '<entry><title>Noon &amp; {0}</title><link href="https://a.example/{0}"/>{1}</entry>'
SECONDS = 5


@pytest.mark.parametrize(("frame", "item"), [(RSS, ITEM), (ATOM, ENTRY)])
def test_the_first_items_of_thousands_are_read(frame: str, item: str) -> None:
    more = "<category>a</category>" * 6
    body = frame.format("".join(item.format(n, more) for n in range(4_000)))
    began = time.process_time()
    read = feed.read(body.encode(), url="https://a.example/feed", content_type="text/xml")
    assert time.process_time() - began < SECONDS
    assert read["is_feed"] and read["title"] == "Radio"
    assert len(read["items"]) == feed.MOST_ITEMS
    assert read["items"][-1]["title"] == "Noon & 199"


@pytest.mark.parametrize("piece", ["<rss><channel><item><title>x</title>", "<feed><entry>", "<a>"])
def test_a_feed_of_nothing_but_beginnings_ends(piece: str) -> None:
    body = (piece * (1_000_000 // len(piece))).encode()
    began = time.process_time()
    feed.read(body, url="https://a.example/feed", content_type="text/xml")
    assert time.process_time() - began < SECONDS
