"""The place of a text in which a quote stands, with the words around it."""

from dataclasses import dataclass

from sources.quotes import find_quote


@dataclass(frozen=True, slots=True)
class Passage:
    before: str
    quote: str
    after: str


def passage_in(text: str, quote: str, *, context: int | None = None) -> Passage | None:
    """Where the quote stands, with so many characters around it; all of the text if `context` is
    None.
    """
    found = find_quote(quote, text) if quote and text else None
    if found is None:
        return None
    first = 0 if context is None else max(0, found.start - context)
    last = len(text) if context is None else found.end + context
    before = ("…" if first else "") + text[first : found.start]
    return Passage(
        before,
        text[found.start : found.end],
        text[found.end : last] + ("…" if last < len(text) else ""),
    )
