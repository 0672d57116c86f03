"""The passage of a text that holds a quote, with the text around it."""

import re
from dataclasses import dataclass

from sources.quotes import find_quote

# A figure may have spaces in it, and goes with its next word: “12.5 million” is not cut
# to “million”.
_LONGEST_PART = 80
_left_of_cut = re.compile(r"(?<!\S)(?:\S?\d[\d.,]*\s){0,3}\S*\Z")
_right_of_cut = re.compile(r"\S*(?:(?:(?<=\d)|(?<=\d[.,]))\s\S+){0,3}")


@dataclass(frozen=True, slots=True)
class Passage:
    before: str
    quote: str
    after: str


def passage_in(text: str, quote: str, *, context: int | None = None) -> Passage | None:
    """The quote in the text with about `context` characters around it,
    in whole words, or with all of the text if that is None. None if the
    text does not hold the quote.
    """
    # find_quote compares folded spellings, so the span it returns is shown rather than
    # the quote: readers see what the source says, with its own quotation marks and
    # spaces
    match = find_quote(quote, text) if quote and text else None
    if match is None:
        return None
    first, last = 0, len(text)
    if context is not None:
        first = _begin(text, max(0, match.start - context))
        last = _end(text, match.end + context)
    before = ("…" if first else "") + text[first : match.start]
    return Passage(
        before,
        text[match.start : match.end],
        text[match.end : last] + ("…" if last < len(text) else ""),
    )


def _begin(text: str, at: int) -> int:
    part = _left_of_cut.search(text[max(0, at - _LONGEST_PART) : at])
    return at - len(part[0]) if part else at


def _end(text: str, at: int) -> int:
    while text[at - 1 : at].isspace():
        at -= 1
    part = _right_of_cut.match(text[at - 1 : at + _LONGEST_PART])
    return at - 1 + part.end() if part else at
