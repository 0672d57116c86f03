"""The readable content of a page of HTML. Runs in a reader only."""

from __future__ import annotations

import codecs
import logging
import re
import time
from datetime import date
from typing import Any

import trafilatura

from sources.charset import LABELS, decoded
from sources.plaintext import LIMIT, tidied
from sources.readers import article_dates, visible
from sources.readers.markup import bare_text, date_of, language_of, tag_count, tamed, title_of

# Beyond these trafilatura takes seconds, and on deeply nested pages almost a minute;
# see the tests.
THOROUGH_TAGS = 15_000
MOST_TAGS = 60_000
# Beyond these, who wrote it is not looked for: a third of the time.
METADATA_TAGS = 30_000
# Types in linked data, beyond which trafilatura takes quadratic time if it is broken.
MOST_TYPES = 50
LONGEST_LINE = 300
SHORT = 250

_host = re.compile(r"https?://([^/:?#\\@]+)")

# Read before the first page comes: a reader can open no file, and these libraries load
# word lists and suffixes of domains when they first need them. One page each way: with
# metadata and long, with metadata and short, with neither.
HEAD = """<!doctype html><html lang="en"><head><title>Minutes</title>
<meta name="author" content="A. Clerk"><meta property="article:published_time"
content="2024-03-05"><script type="application/ld+json">{"@type": "NewsArticle", "author":
{"name": "A. Clerk"}, "datePublished": "2024-03-05"}</script></head><body>"""
SHORT_PAGE = """<p>The council met on 5 March 2024 and planted 14 saplings.</p><ul><li>One</li>
</ul><table><tr><td>Trees</td><td>14</td></tr></table><a href="/minutes">Minutes</a>"""
SAMPLES = (
    HEAD + SHORT_PAGE + f"<article><p>{'The minutes say so, too. ' * 9}</p></article>" * 40,
    HEAD + SHORT_PAGE,
    SHORT_PAGE + "]> &k;",
)


def prepare() -> None:
    """Import and load all that reading needs later."""
    logging.disable(logging.CRITICAL)
    for encoding in {*LABELS.values(), "utf-8-sig", "idna", "punycode", "unicode_escape"}:
        codecs.lookup(encoding)
    time.strptime("2024", "%Y")
    for sample in SAMPLES:
        for url in ("", "https://example.org/2024/03/05/minutes", "https://a.example/"):
            read(sample.encode(), url=url, content_type="text/html")


def read(
    body: bytes,
    *,
    url: str,
    content_type: str,
    words_only: bool = False,
    text_only: bool = False,
) -> dict[str, Any]:
    """`words_only` leaves the parsers out: for a page that was too much
    for them. `text_only` leaves out byline and site, for copies: a
    third of the time.
    """
    host = _host.match(url)
    content = decoded(body, content_type=content_type, domain=host[1] if host else "")
    content = content.replace("\x00", "")
    tags = tag_count(content)
    tree = None if words_only or tags > MOST_TAGS else _tree_as_read(content)
    published = date_of(content) if tree is None else article_dates.published_on(tree, url=url)
    fast = text_only or tags > THOROUGH_TAGS
    bare = text_only or tags > METADATA_TAGS
    extracted = None if tree is None else _extracted(tree, url=url, fast=fast, bare=bare)
    page_text = bare_text(content) if tree is None else visible.words_of(tree)
    text, note = _chosen_text(_field(extracted, "text").strip(), page_text)
    return {
        "title": _line(_field(extracted, "title")) or _line(title_of(content)),
        "byline": _line(_field(extracted, "author")),
        "published": published.isoformat() if isinstance(published, date) else "",
        "site_name": _line(_field(extracted, "sitename")),
        "language": language_of(content),
        "text": text[:LIMIT],
        "note": note,
        "page_text": page_text[:LIMIT] if page_text != text else "",
    }


def _chosen_text(extracted: str, plain: str) -> tuple[str, str]:
    """The text and a note. On short pages the extraction drops words
    and breaks sentences, so the plain text is better there.
    """
    if len(extracted) >= SHORT:
        return extracted, ""
    if not plain:
        return "", "nothing"
    if extracted and len(plain) > 2 * SHORT:
        return extracted, ""
    return plain, "" if extracted else "whole"


def _tree_as_read(content: str) -> Any:
    try:
        tree = visible.parsed(tamed(content))
        if tree is not None:
            visible.as_read(tree)
        return tree
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (whatever a hostile page provokes, its words are kept)
        return None


def _extracted(tree: Any, *, url: str, fast: bool, bare: bool) -> Any:
    _drop_broken_data(tree)
    try:
        return trafilatura.bare_extraction(
            tree,
            url=url,
            fast=fast,
            include_comments=False,
            include_tables=True,
            with_metadata=not bare,
            # Its dates are not used: they may be guesses from a copyright line.
            date_extraction_params={"extensive_search": False},
        )
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (as above)
        return None


def _drop_broken_data(tree: Any) -> None:
    for script in tree.iter("script"):
        data = script.text or ""
        if data.count('"@type"') > MOST_TYPES and article_dates.loaded(data) is None:
            script.text = None


def _field(extracted: Any, name: str) -> str:
    value = getattr(extracted, name, None)
    return value if isinstance(value, str) else ""


def _line(value: str) -> str:
    return " ".join(tidied(value[:2_000]).split())[:LONGEST_LINE]
