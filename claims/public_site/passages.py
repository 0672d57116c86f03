"""The passage of a text that holds a quote, with the text around it."""

from dataclasses import dataclass

from sources.quotes import find_quote


@dataclass(frozen=True, slots=True)
class Passage:
    before: str
    quote: str
    after: str


def passage_in(text: str, quote: str, *, context: int | None = None) -> Passage | None:
    """The quote in the text with `context` characters around it, or
    with all of the text if that is None. None if the text does not hold
    the quote.
    """
    # find_quote compares folded spellings, so the span it returns is shown rather than
    # the quote: readers see what the source says, with its own quotation marks and
    # spaces
    match = find_quote(quote, text) if quote and text else None
    if match is None:
        return None
    first = 0 if context is None else max(0, match.start - context)
    last = len(text) if context is None else match.end + context
    before = ("…" if first else "") + text[first : match.start]
    return Passage(
        before,
        text[match.start : match.end],
        text[match.end : last] + ("…" if last < len(text) else ""),
    )
