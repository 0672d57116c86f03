"""ClaimReview as sites publish it, the feeds made of it, and the answers
of Google's Fact Check Tools: whatever their nesting, one record each.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from claims.exchange.importing.tables import FAULT, Record, checked

# The item as it came, beside our own fields.
ITEM = "@item"
LARGEST_ITEM = 50_000
FIELDS_READ = (
    "claim", "rating", "address", "claimant", "stated_date", "publisher", "author", "title",
    "explanation", "published_date", "language",
)  # fmt: skip
# JSON-LD stands in script elements, which hold no markup: no parser is needed to find
# them, and none meets the page.
_opening = re.compile(r"<script\b([^>]{0,300})>", re.IGNORECASE)
_closing = re.compile(r"</script", re.IGNORECASE)
MOST_SCRIPTS = 50


def reviews_in(found: Any) -> Iterator[Record]:
    """The fact checks anywhere inside, in their order."""
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            if "ClaimReview" in _types(value):
                yield _review(value)
            elif isinstance(value.get("claimReview"), list) and "text" in value:
                yield from _of_tools(value)
            else:
                waiting += reversed([*value.values()])


def scripts_in(page: str) -> list[str]:
    """The JSON-LD of a page, in one walk over it."""
    found: list[str] = []
    at = 0
    while len(found) < MOST_SCRIPTS and (opening := _opening.search(page, at)):
        closing = _closing.search(page, opening.end())
        if closing is None:
            break
        if "ld+json" in opening[1].lower():
            found.append(page[opening.end() : closing.start()])
        at = closing.end()
    return found


def _types(value: dict[str, Any]) -> list[str]:
    kinds = value.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def _review(item: dict[str, Any]) -> Record:
    claim, rating = _object(item, "itemReviewed"), _object(item, "reviewRating")
    writer, publisher = _object(item, "author"), _object(item, "publisher")
    by_person = "Person" in _types(writer)
    record = {
        "claim": _text(item, "claimReviewed") or _text(claim, "name") or _text(claim, "text"),
        "rating": _text(rating, "alternateName") or _text(rating, "name") or _number(rating),
        "address": _text(item, "url") or _text(item, "mainEntityOfPage") or _text(item, "@id"),
        "claimant": _name(claim, "author"),
        "stated_date": _text(claim, "datePublished"),
        "publisher": _text(publisher, "name") or ("" if by_person else _name(item, "author")),
        "author": _name(item, "author") if by_person else "",
        "title": _text(item, "headline") or _text(item, "name"),
        "explanation": _text(rating, "ratingExplanation") or _text(item, "reviewBody"),
        "published_date": _text(item, "datePublished"),
        "language": _text(item, "inLanguage"),
    }
    return _whole(record, item)


def _of_tools(claim: dict[str, Any]) -> Iterator[Record]:
    """A claim of `claims:search`, with all its reviews."""
    for review in claim["claimReview"]:
        if not isinstance(review, dict):
            continue
        publisher = _object(review, "publisher")
        record = {
            "claim": _text(claim, "text"),
            "rating": _text(review, "textualRating"),
            "address": _text(review, "url"),
            "claimant": _text(claim, "claimant"),
            "stated_date": _text(claim, "claimDate"),
            "publisher": _text(publisher, "name") or _text(publisher, "site"),
            "title": _text(review, "title"),
            "published_date": _text(review, "reviewDate"),
            "language": _text(review, "languageCode"),
        }
        yield _whole(record, {**claim, "claimReview": [review]})


def _whole(record: Record, item: dict[str, Any]) -> Record:
    filled = checked({name: text for name, text in record.items() if text.strip()})
    try:
        original = json.dumps(item, ensure_ascii=False, sort_keys=True)
    except RecursionError:
        original = ""
    if FAULT in filled or not 0 < len(original) <= LARGEST_ITEM:
        return filled
    with_item = {**filled, ITEM: original}
    return with_item if checked(with_item) == with_item else filled


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _object(item: dict[str, Any], name: str) -> dict[str, Any]:
    value = _first(item.get(name))
    if isinstance(value, str):
        return {"name": value}
    return value if isinstance(value, dict) else {}


def _text(item: dict[str, Any], name: str) -> str:
    value = _first(item.get(name))
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id") or value.get("name")
    return value if isinstance(value, str) else ""


def _name(item: dict[str, Any], name: str) -> str:
    return _text(_object(item, name), "name")


def _number(rating: dict[str, Any]) -> str:
    """Where a rating has no word: “2 / 5” is what they said."""
    value, best = _text(rating, "ratingValue"), _text(rating, "bestRating")
    return f"{value} / {best}" if value and best else value
