# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Every attribution of a text as three spans: source, cue and content."""

from dataclasses import dataclass
from typing import Any

from claims.extraction import blocks, fold, quotes, relations, sentences
from claims.extraction.quotes import Quotation
from claims.extraction.relation import Relation
from claims.extraction.tokens import Token, tokenize

Span = tuple[int, int]
_LONGEST = 1500  # characters; what is longer is a list or a table without stops
_EDGES = " \n,:;—–-"


@dataclass(frozen=True, slots=True)
class AttributionSpans:
    cue: Span
    source: Span | None
    content: Span | None

    def to_json(self) -> dict[str, Any]:
        return {
            "cue": list(self.cue),
            "source": list(self.source) if self.source else None,
            "content": list(self.content) if self.content else None,
        }


def attributions(text: str) -> tuple[AttributionSpans, ...]:
    """All attributions in the order of the text, of every block,
    boilerplate included.
    """
    folded = fold.fold(text)
    spans: list[AttributionSpans] = []
    for block in blocks.split(folded):
        quotations = quotes.find(folded[block.start : block.end], block.start)
        for start, end in sentences.spans(
            folded[block.start : block.end], block.start, language=block.language
        ):
            if end - start <= _LONGEST:
                spans += _of_sentence(folded, start, end, quotations)
    return tuple(spans)


def _of_sentence(
    folded: str, start: int, end: int, quotations: tuple[Quotation, ...]
) -> list[AttributionSpans]:
    near = tuple(
        (max(0, quote.start - start), min(end, quote.end) - start)
        for quote in quotes.touching(quotations, start, end)
    )
    tokens = tokenize(folded[start:end], near)
    return [
        AttributionSpans(
            _shift(tokens, relation.cue, start),
            _source(tokens, relation, start),
            _with_quotation(_content(folded, tokens, relation, start, end), quotations),
        )
        for relation in relations.find(tokens)
    ]


def _source(tokens: list[Token], relation: Relation, start: int) -> Span | None:
    """The source, with the "who" of a relative clause."""
    if not relation.source:
        return None
    first, last = relation.source
    return _shift(tokens, (first, relation.cue[0] if relation.place == "relative" else last), start)


def _with_quotation(
    content: Span | None,
    quotations: tuple[Quotation, ...],
) -> Span | None:
    """The content extended to whole quotations, also over several sentences."""
    if content is None:
        return None
    touched = quotes.touching(quotations, *content)
    return (
        min([content[0], *(one.start for one in touched)]),
        max([content[1], *(one.end for one in touched)]),
    )


def _shift(tokens: list[Token], span: Span, start: int) -> Span:
    return (start + tokens[span[0]].start, start + tokens[span[1] - 1].end)


def _content(
    folded: str, tokens: list[Token], relation: Relation, start: int, end: int
) -> Span | None:
    """The part of the sentence before the source and cue, or after them."""
    own = [relation.cue] + ([relation.source] if relation.source else [])
    first = start + tokens[min(span[0] for span in own)].start
    last = start + tokens[max(span[1] for span in own) - 1].end
    before = _trimmed(folded, start, first)
    if relation.place == "after":
        return before
    after = _trimmed(folded, last, end)
    return before or after if relation.place == "according" else after or before


def _trimmed(folded: str, start: int, end: int) -> Span | None:
    while start < end and folded[start] in _EDGES:
        start += 1
    while end > start and folded[end - 1] in _EDGES + ".":
        end -= 1
    return (start, end) if end > start else None
