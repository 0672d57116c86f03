"""HTML made safe for the parsers behind it, and plain text for pages
they fail on. All in linear time.
"""

from __future__ import annotations

import contextlib
import html
import re
from datetime import date

from sources.superscripts import raised

LONGEST_TAG = 1_000
BLOCKS = (
    "address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|"
    "footer|form|h[1-6]"
    "|header|hr|legend|li|main|nav|ol|option|p|pre|section|summary|table|tbody|td|tfoot|th|thead|"
    "title|tr|ul"
)

# Possessive quantifiers throughout: without backtracking no input makes a pattern slow.
_attribute = r"[\s/=]*+[^\s=>/]++(?:\s*+=\s*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\s>\"'][^\s>]*+)?+)?+"
_tag = re.compile(rf"<([a-zA-Z][a-zA-Z0-9:-]{{0,40}}+)(?:{_attribute})*+[\s/=]*+>?+")
_unseen = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|svg|iframe|select|title)\b.*?(?:</\1\s*>|"
    r"\Z)",
    re.DOTALL | re.IGNORECASE,
)
_struck = re.compile(r"<(del|s|strike)\b[^>]{0,500}>[^<]{0,500}</\1\s{0,9}>", re.IGNORECASE)
_raised = re.compile(r"<sup\b[^>]{0,500}>([^<]{1,60})</sup\s{0,9}>", re.IGNORECASE)
_block = re.compile(rf"</?(?:{BLOCKS})\b[^>]*+>?+", re.IGNORECASE)
_markup = re.compile(r"</?[a-zA-Z!?][^>]*+>?+")
_blanks = re.compile(r"[^\S\n]+")
# Dates in metadata only; those in the text or a copyright line may be about anything.
_dated_meta = re.compile(
    r"<(?:meta|time)\b(?=[^>]{0,300}?\s(?:property|name|"
    r"itemprop)\s*=\s*[\"']?(?:article:published_time|og:published_time|date|pubdate"
    r"|publishdate|publish-date|publication_date|datepublished|dc\.date|dc\.date\.issued|"
    r"dcterms\.created|dcterms\.issued|citation_date"
    r"|citation_publication_date|parsely-pub-date|sailthru\.date|article\.published)[\"'\s/>])"
    r"[^>]{0,300}?\s(?:content|datetime)\s*=\s*[\"']?\s*(\d{4}-\d\d-\d\d)(?!\d)",
    re.IGNORECASE,
)
_dated_json = re.compile(r"\"datePublished\"\s{0,5}:\s{0,5}\"(\d{4}-\d\d-\d\d)(?!\d)")
_title = re.compile(r"<title\b[^>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_language = re.compile(
    r"<html\b[^>]{0,2000}?\s(?:xml:)?lang"
    r"\s*=\s*[\"']?([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3})\b",
    re.IGNORECASE,
)


def tamed(page: str) -> str:
    """The page without oversized tags: libxml2 takes minutes for one
    tag with 200,000 attributes.
    """
    return _tag.sub(_shortened, page)


def tag_count(page: str) -> int:
    return page.count("<")


def bare_text(page: str) -> str:
    """Every visible word, a line per block, navigation included:
    dropping an unclosed <nav> or <head> would drop the page.
    """
    seen = _struck.sub("", _unseen.sub(" ", page))
    text = _block.sub("\n", _raised.sub(_written, seen))
    return lines_of(html.unescape(_markup.sub("", text)))


def lines_of(text: str) -> str:
    """Without blank lines, and with single spaces."""
    text = _blanks.sub(" ", text)
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line)


def title_of(page: str) -> str:
    match = _title.search(page[:200_000])
    return " ".join(html.unescape(match[1]).split()) if match else ""


def language_of(page: str) -> str:
    """The language the page declares, as a BCP 47 tag."""
    match = _language.search(page[:50_000])
    if match is None:
        return ""
    first, *rest = match[1].replace("_", "-").split("-")
    return "-".join(
        [
            first.lower(),
            *(
                part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower()
                for part in rest
            ),
        ]
    )


def date_of(page: str) -> date | None:
    """The day of first publication, where the page states it."""
    for pattern in (_dated_meta, _dated_json):
        match = pattern.search(page)
        with contextlib.suppress(ValueError, TypeError):
            return date.fromisoformat(match[1] if match else "")
    return None


def _written(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 20) : match.start()]
    return raised(match[1], before=before)


def _shortened(match: re.Match[str]) -> str:
    tag = match[0]
    if len(tag) <= LONGEST_TAG and tag.endswith(">"):
        return tag
    return f"<{match[1]}>"
