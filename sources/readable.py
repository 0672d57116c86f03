"""The readable content of a page: title, byline, date, text, and the
hash that shows changes.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sources import sandbox
from sources.charset import START, decoded
from sources.plaintext import LIMIT, MAGIC, tidied
from sources.process_slots import slot
from sources.sandbox import Limits, UnreadableError

MAX_BODY = 5 * 2**20
LONGEST_LINE = 300
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
PAGES_AT_ONCE = 8
PATIENCE = 30.0  # seconds to wait for a slot
# The slowest pages of the tests take a third of it.
LIMITS = Limits(seconds=20, memory=768 * 2**20)

TOO_HEAVY = (
    "The page could not be read: it takes too much time or memory. Save the part that matters as"
    " text or PDF, and attach that."
)
NOTES = {
    "": "",
    "nothing": "The page has no readable text.",
    "whole": ("The article could not be separated from the rest of the page; all words are kept."),
}

_looks_like_html = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype"
    r" html|html|head|body|div|p|h1|article|meta|title)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """`note` tells the checker why `text` is empty or incomplete.

    `page_text` is every word of an HTML page if that is more than
    `text`: captions and repeated paragraphs can be quoted too, and such
    a quote must not be reported missing. `pages` are the offsets in
    `text` at which the pages of a PDF begin.
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


def read_page(
    body: bytes, *, url: str, content_type: str, shared: bool = False, text_only: bool = False
) -> Page:
    """The readable content of a body. Raises BusyError if no page can
    be read now, and nothing for what the bytes are.

    `shared` pages may be read by one process after another: for pages
    of the web. `text_only` leaves out byline and site: for copies of
    cited pages.
    """
    options = {"text_only": True} if text_only else {}
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
    if kind in HTML_TYPES:
        return _read_html(body, url, content_type, body_sha256, shared=shared, more=options)
    content = decoded(body[:MAX_BODY], content_type=content_type)
    if not kind and _looks_like_html.match(content):
        return _read_html(body, url, content_type, body_sha256, shared=shared, more=options)
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


def _read_html(
    body: bytes, url: str, content_type: str, digest: str, *, shared: bool, more: dict[str, bool]
) -> Page:
    options: dict[str, Any] = {"url": url[:4_000], "content_type": content_type[:1_000], **more}
    with slot("page", places=PAGES_AT_ONCE, seconds=PATIENCE):
        for attempt in ({}, {"words_only": True}):
            try:
                answer = sandbox.read(
                    "page",
                    body[:MAX_BODY],
                    options={**options, **attempt},
                    limits=LIMITS,
                    shared=shared and not attempt,
                )
                return _checked(answer, digest)
            except UnreadableError:
                continue  # the parsers failed on it, but its words may still be had
    return _page(body_sha256=digest, note=TOO_HEAVY)


def _checked(answer: Any, digest: str) -> Page:
    """The page, of an answer that a hostile page may have written."""
    if not isinstance(answer, dict) or not all(isinstance(value, str) for value in answer.values()):
        raise UnreadableError("The reader gave another answer than expected.")
    published = None
    with contextlib.suppress(ValueError):
        published = date.fromisoformat(answer.get("published", ""))
    return _page(
        title=_line(answer.get("title", "")),
        byline=_line(answer.get("byline", "")),
        published=published,
        site_name=_line(answer.get("site_name", "")),
        language=_line(answer.get("language", "")),
        text=answer.get("text", ""),
        body_sha256=digest,
        note=NOTES.get(answer.get("note", ""), ""),
        page_text=answer.get("page_text", ""),
    )


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


def _line(value: str) -> str:
    return " ".join(tidied(value[:2_000]).split())[:LONGEST_LINE]
