"""The reader of RSS and Atom feeds."""

from __future__ import annotations

from typing import Any

import feedparser

MOST_ITEMS = 200
# Two hundred items have fewer; of more, feedparser takes seconds.
MOST_TAGS = 30_000


def prepare() -> None:
    """Before a reader may open no file any more: what feedparser loads
    when it is first used.
    """
    feedparser.parse(b"<rss version='2.0'><channel><item/></channel></rss>")


def read(body: bytes, *, url: str, content_type: str) -> dict[str, Any]:
    """`is_feed`, `title`, and `items` in the order of the feed, each with
    `id`, `url` and `title`.
    """
    headers = {"content-type": content_type, "content-location": url}
    # Nothing but words and addresses is taken from it.
    parsed = feedparser.parse(_beginning(body), response_headers=headers, sanitize_html=False)
    return {
        "is_feed": bool(parsed.get("version")),
        "title": _line(parsed.feed.get("title")),
        "items": [
            {
                "id": str(item.get("id") or ""),
                "url": str(item.get("link") or ""),
                "title": _line(item.get("title")),
            }
            for item in parsed.entries[:MOST_ITEMS]
        ],
    }


def _beginning(body: bytes) -> bytes:
    """The feed, or as much of it as is read, with its end."""
    if body.count(b"<") <= MOST_TAGS:
        return body
    start = b"<".join(body.split(b"<", MOST_TAGS)[:MOST_TAGS])
    last = max(start.rfind(b"</item>"), start.rfind(b"</entry>"))
    if last < 0:
        return start
    closing = b"</feed>" if b"<feed" in start[:2_000] else b"</channel></rss>"
    return start[: start.index(b">", last) + 1] + closing


def _line(text: Any) -> str:
    return " ".join(str(text or "").split())[:300]
