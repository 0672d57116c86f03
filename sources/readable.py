"""The readable content of a page: title, byline, date, text, and the hash that shows
changes.
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import trafilatura

from sources.charset import START, decoded
from sources.markup import bare_text, date_of, language_of, tag_count, tamed, title_of
from sources.plaintext import LIMIT, MAGIC, tidied

MAX_BODY = 5 * 2**20
# Beyond these trafilatura takes seconds, and on deeply nested pages almost a minute;
# see the tests.
THOROUGH_TAGS = 15_000
MOST_TAGS = 60_000
LONGEST_LINE = 300
SHORT = 250
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})

logger = logging.getLogger(__name__)
# They log each unreadable page as an error, with its URL; for us that is an ordinary
# result.
for name in ("trafilatura", "htmldate"):
    logging.getLogger(name).setLevel(logging.CRITICAL)

_looks_like_html = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype"
    r" html|html|head|body|div|p|h1|article|meta|title)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """`note` tells the checker why `text` is empty or incomplete.

    `page_text` is every word of an HTML page if that is more than `text`: captions and
    repeated paragraphs can be quoted too, and such a quote must not be reported
    missing. `pages` are the offsets in `text` at which the pages of a PDF begin.
    """

    title: str
    byline: str
    published: date | None
    site_name: str
    language: str
    text: str
    text_sha256: str
    body_sha256: str
    note: str = ""
    page_text: str = ""
    pages: tuple[int, ...] = ()


def read_page(body: bytes, *, url: str, content_type: str) -> Page:
    """The readable content of a body. Never raises, whatever the bytes are."""
    body_sha256 = hashlib.sha256(body).hexdigest()
    kind = content_type.partition(";")[0].strip().lower()
    if body.startswith(MAGIC) or not (kind in HTML_TYPES or kind.startswith("text/") or not kind):
        shown = _line(kind)[:60] or "binary data"
        return _page(
            body_sha256=body_sha256,
            note=(
                f"No text is read from this kind of document ({shown}); open it to check the quote."
            ),
        )
    content = decoded(body[:MAX_BODY], content_type=content_type)
    if kind in HTML_TYPES or (not kind and _looks_like_html.match(content)):
        return _read_html(content, url=url, body_sha256=body_sha256)
    if "\x00" in content:
        return _page(
            body_sha256=body_sha256,
            note="The document calls itself text but is binary; open it to check the quote.",
        )
    return _page(body_sha256=body_sha256, text=content)


def looks_like_html(body: bytes) -> bool:
    return bool(_looks_like_html.match(decoded(body[:START], content_type="")))


def text_fingerprint(text: str) -> str:
    """The SHA-256 of the text, ignoring differences in white space."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()


def _read_html(content: str, *, url: str, body_sha256: str) -> Page:
    content = content.replace("\x00", "")
    extracted = _extracted(content, url=url) if tag_count(content) <= MOST_TAGS else None
    text, note = _chosen_text(_field(extracted, "text").strip(), content)
    return _page(
        title=_line(_field(extracted, "title")) or _line(title_of(content)),
        byline=_line(_field(extracted, "author")),
        published=date_of(content),
        site_name=_line(_field(extracted, "sitename")),
        language=language_of(content),
        text=text,
        body_sha256=body_sha256,
        note=note,
        page_text=bare_text(content),
    )


def _chosen_text(extracted: str, content: str) -> tuple[str, str]:
    """The text and a note. On short pages the extraction drops words and breaks
    sentences, so the plain text is better there.
    """
    if len(extracted) >= SHORT:
        return extracted, ""
    plain = bare_text(content)
    if not plain:
        return "", "The page has no readable text."
    if extracted and len(plain) > 2 * SHORT:
        return extracted, ""
    return (
        plain,
        (
            ""
            if extracted
            else "The article could not be separated from the rest of the page; all words are kept."
        ),
    )


def _extracted(content: str, *, url: str) -> Any:
    try:
        return trafilatura.bare_extraction(
            tamed(content),
            url=url,
            fast=tag_count(content) > THOROUGH_TAGS,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            # Its dates are not used: they may be guesses from a copyright line.
            date_extraction_params={"extensive_search": False},
        )
    except Exception:
        logger.warning("extraction_failed", exc_info=True)
        return None


def _page(
    *,
    body_sha256: str,
    text: str = "",
    title: str = "",
    byline: str = "",
    published: date | None = None,
    site_name: str = "",
    language: str = "",
    note: str = "",
    page_text: str = "",
) -> Page:
    text = tidied(text, limit=LIMIT).strip()
    whole = tidied(page_text, limit=LIMIT).strip()
    return Page(
        title,
        byline,
        published,
        site_name,
        language,
        text,
        text_fingerprint(text),
        body_sha256,
        note,
        page_text=whole if whole != text else "",
    )


def _field(extracted: Any, name: str) -> str:
    value = getattr(extracted, name, None)
    return value if isinstance(value, str) else ""


def _line(value: str) -> str:
    return " ".join(tidied(value[:2_000]).split())[:LONGEST_LINE]
