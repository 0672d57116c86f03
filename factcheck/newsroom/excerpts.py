"""Where the words that were searched for stand in a text, marked."""

import re
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from factcheck.ledger.full_text import SHORTEST_BEGINNING, folded, phrases

SHOWN = 240
BEFORE = 80  # characters before the first word that was found
_LETTERS = range(0xC0, 0x2000)


def pattern_of(typed: str) -> re.Pattern[str] | None:
    """Any of the words, as the index compares them; None where none was typed."""
    words = sorted({word for phrase in phrases(typed) for word in phrase}, key=len, reverse=True)
    if not words:
        return None
    # The index knows where a phrase ends; here each word may go on.
    bodies = (
        _letters(word) + (r"[\w\u0300-\u036f]*" if len(word) >= SHORTEST_BEGINNING else r"(?!\w)")
        for word in words
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(bodies)})", re.IGNORECASE)


def excerpt(text: str, pattern: re.Pattern[str] | None) -> SafeString:
    """The text, or of a long one what stands around the first word that was found."""
    first = pattern.search(text) if pattern else None
    start = max(0, first.start() - BEFORE) if first and len(text) > SHOWN else 0
    # Begin with a whole word.
    start = text.rfind(" ", max(0, start - BEFORE), start) + 1 or start
    piece = text[start : start + SHOWN]
    marked = _marked(piece, pattern) if pattern else format_html("{}", piece)
    end = "…" if start + SHOWN < len(text) else ""
    return format_html("{}{}{}", "…" if start else "", marked, end)


def _marked(text: str, pattern: re.Pattern[str]) -> SafeString:
    pieces, at = [], 0
    for match in pattern.finditer(text):
        pieces.append((text[at : match.start()], match[0]))
        at = match.end()
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[at:])


def _letters(word: str) -> str:
    return "".join(
        f"[{re.escape(letter)}{_accented().get(letter, '')}][\u0300-\u036f]*"
        for letter in folded(word)
    )


@cache
def _accented() -> dict[str, str]:
    """The letters that are compared like each plain one."""
    found: dict[str, str] = {}
    for code in _LETTERS:
        plain = folded(chr(code))
        if len(plain) == 1 and plain != chr(code):
            found[plain] = found.get(plain, "") + chr(code)
    return found
