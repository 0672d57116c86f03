"""From a text to its articles and candidates: the steps of the
extractor in their order.
"""

import datetime
from dataclasses import replace
from typing import TypeVar

from claims.extraction import articles as article_spans
from claims.extraction import (
    blocks,
    conflicting_figures,
    fold,
    fragments,
    measurements,
    notices,
    paragraphs,
    phrases,
    scoring,
    trends,
)
from claims.extraction.articles import Article
from claims.extraction.paragraphs import Sentence
from claims.extraction.repeated_sentences import Repeats
from claims.extraction.results import (
    ArticleSpan,
    Candidate,
    ConflictingFigure,
    DateMention,
    Passage,
    Quantity,
)

Span = tuple[int, int]
Read = TypeVar("Read", Quantity, DateMention)
LONGEST_RATED = 3000


def articles(text: str) -> tuple[ArticleSpan, ...]:
    """The articles of a pasted page, in its order."""
    return tuple(
        ArticleSpan(
            number,
            article.start,
            article.end,
            article.headline,
            article.byline,
            article.date,
            article.language,
        )
        for number, article in enumerate(_segment(fold.fold(text), text))
    )


def extract(
    text: str,
    *,
    published: datetime.date | None = None,
) -> tuple[Candidate, ...]:
    """Candidates, article by article in the order of the page, best
    first within each.
    """
    folded = fold.fold(text)
    read = [
        (number, sentence)
        for number, article in enumerate(_segment(folded, text))
        for sentence in paragraphs.read(folded, article, published)
        if not _is_fragment(folded, sentence)
    ]
    pairs = conflicting_figures.find(
        [(folded[sentence.start : sentence.end], sentence.quantities) for _, sentence in read]
    )
    candidates = []
    for index, (number, sentence) in enumerate(read):
        others = tuple(
            _conflicting_figure(text, figure, read[place][1], other)
            for figure, place, other in pairs.get(index, ())
        )
        candidates.append(_candidate(text, folded, number, sentence, others))
    return tuple(_ranked(folded, candidates))


def _conflicting_figure(
    text: str, figure: Quantity, sentence: Sentence, other: Quantity
) -> ConflictingFigure:
    where = Passage(sentence.start, sentence.end, text[sentence.start : sentence.end])
    return ConflictingFigure(text[figure.start : figure.end], text[other.start : other.end], where)


def rate(sentence: str) -> float:
    """How likely a sentence without an article, such as a line of a
    debate, is worth checking.
    """
    # A file of a shared task may hold anything; patterns are not run over a megabyte on
    # one line.
    folded = fold.fold(sentence)[:LONGEST_RATED]
    measures = measurements.find(folded, 0, None)
    return scoring.rate(
        folded, scoring.indicators_of(folded, measures.figures, measures.dates)
    ).score


def _segment(folded: str, text: str) -> tuple[Article, ...]:
    return article_spans.segment(folded, text, blocks.split(folded))


def _is_fragment(folded: str, sentence: Sentence) -> bool:
    words, block = folded[sentence.start : sentence.end], sentence.block
    return notices.is_notice(words) or fragments.is_fragment(
        words, sentence.quantities, kind=block.kind, language=block.language
    )


def _ranked(folded: str, candidates: list[Candidate]) -> list[Candidate]:
    """Without candidates below the floor; a repeated sentence is noted
    at its first candidate.
    """
    ranked: list[Candidate] = []
    repeated_at: dict[int, list[Passage]] = {}
    repeats: dict[int, Repeats] = {}
    # In the order of the text, but headlines last: a headline often repeats a sentence
    # of the body, and the sentence has the speaker and the context.
    for candidate in sorted(
        candidates, key=lambda one: (one.article, "headline" in one.reasons, one.start)
    ):
        if candidate.score < scoring.FLOOR:
            continue
        first_index = repeats.setdefault(candidate.article, Repeats()).add(
            folded[candidate.start : candidate.end], len(ranked)
        )
        if first_index is None:
            ranked.append(candidate)
        else:
            repeated_at.setdefault(first_index, []).append(
                Passage(candidate.start, candidate.end, candidate.text)
            )
    whole = [
        replace(one, repeated_at=tuple(repeated_at[at])) if at in repeated_at else one
        for at, one in enumerate(ranked)
    ]
    return sorted(whole, key=lambda one: (one.article, -one.score, one.start))


def _candidate(
    text: str,
    folded: str,
    number: int,
    sentence: Sentence,
    conflicting_figures: tuple[ConflictingFigure, ...],
) -> Candidate:
    trained = sentence.block.language in scoring.TRAINED
    indicators = _indicators(
        folded, sentence, trained=trained, in_conflict=bool(conflicting_figures)
    )
    rating = (
        scoring.rate(folded[sentence.start : sentence.end], indicators, article=True)
        if trained
        else scoring.rate_untrained(indicators)
    )
    attributed = sentence.attribution
    chain = [sentence.speaker] if sentence.speaker else []
    chain += [span for span in attributed.behind if span not in chain]
    return Candidate(
        article=number,
        start=sentence.start,
        end=sentence.end,
        text=text[sentence.start : sentence.end],
        score=rating.score,
        reasons=rating.reasons + _speaker_reason(text, sentence) + _unread_reasons(text, sentence),
        kind=attributed.kind,
        speaker=_words(text, sentence.speaker),
        speaker_span=sentence.speaker,
        cue=_words(text, attributed.cue),
        chain=tuple(_words(text, span) for span in chain),
        quantities=tuple(_as_written(text, one) for one in sentence.quantities),
        dates=tuple(_as_written(text, one) for one in sentence.dates),
        language=sentence.block.language,
        trained=trained,
        conflicting_figures=conflicting_figures,
    )


def _as_written(text: str, read: Read) -> Read:
    """With the words of the text, where folding changed them."""
    words = text[read.start : read.end]
    return read if read.text == words else replace(read, text=words)


def _words(text: str, span: Span | None) -> str:
    return text[span[0] : span[1]] if span else ""


def _indicators(
    folded: str, sentence: Sentence, *, trained: bool, in_conflict: bool
) -> frozenset[str]:
    read = scoring.indicators_of if trained else scoring.plain_indicators_of
    indicators = set(
        read(
            folded[sentence.start : sentence.end],
            sentence.quantities + sentence.unread,
            sentence.dates,
        )
    )
    indicators.update(("conflict",) if in_conflict else ())
    language = sentence.block.language
    if trends.is_trend(folded[sentence.start : sentence.end], language):
        indicators = (indicators - {"very short", "short", "no verb"}) | {"trend"}
    indicators.update(("headline",) if sentence.block.kind == "headline" else ())
    if sentence.speaker:
        indicators.add(
            "named speaker"
            if phrases.has_name(folded[sentence.speaker[0] : sentence.speaker[1]])
            else "role speaker"
        )
    elif sentence.attribution.kind != "none":
        indicators.add("unknown speaker")
    return frozenset(indicators)


def _unread_reasons(text: str, sentence: Sentence) -> tuple[str, ...]:
    return tuple(
        f"“{text[one.start : one.end]}” is not read as a figure: {one.reason}"
        for one in sentence.unread
    )


def _speaker_reason(text: str, sentence: Sentence) -> tuple[str, ...]:
    attributed = sentence.attribution
    if attributed.kind == "none":
        return ()
    if sentence.speaker:
        if attributed.source and attributed.source != sentence.speaker:
            return (
                f"“{_words(text, attributed.source)}” read as {_words(text, sentence.speaker)}",
            )
        return ()
    if attributed.pronoun:
        return (f"the speaker is only a pronoun (“{attributed.pronoun}”)",)
    return ("no speaker is named",)
