"""The sentences of one article with their speakers, quotations carried
over their whole length.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.extraction import (
    attribution,
    attribution_arabic,
    attribution_other_languages,
    fragments,
    job_titles,
    measurements,
    quotes,
    sentences,
    transcripts,
)
from claims.extraction.articles import Article
from claims.extraction.attribution import Attribution
from claims.extraction.blocks import Block
from claims.extraction.placed_speakers import LayoutSpeakers
from claims.extraction.pronouns import PronounResolver
from claims.extraction.quotes import Quotation
from claims.extraction.results import DateMention, Quantity, UnreadFigure

Span = tuple[int, int]
_READ_KINDS = ("body", "headline")
_LONGEST = 1500  # characters; what is longer is a list or a table without stops


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    block: Block
    attribution: Attribution
    speaker: tuple[int, int] | None
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    unread: tuple[UnreadFigure, ...]


def read(
    folded: str,
    article: Article,
    published: datetime.date | None,
) -> list[Sentence]:
    anchor = article.date or published
    resolver = PronounResolver(holders=job_titles.title_holders(folded, article.start, article.end))
    sentences_read: list[Sentence] = []
    tail: Sentence | None = None
    turn_speaker: Span | None = None
    layout = LayoutSpeakers(folded, article.blocks)
    open_quotation: list[int] = []
    measures = measurements.Reader(anchor)
    for index, block in enumerate(article.blocks):
        if block.kind == "post time":
            # A post of a live blog stands alone: nobody speaks on from the one before.
            resolver.forget_speaker()
            tail, open_quotation = None, []
        if block.kind not in _READ_KINDS or layout.is_name_line(block):
            continue
        turn_speaker = block.speaker or turn_speaker
        quotations = quotes.find(folded[block.start : block.end], block.start)
        spoken_block = (
            block if block.speaker == turn_speaker else replace(block, speaker=turn_speaker)
        )
        paragraph = list(
            _sentences(folded, spoken_block, quotations, resolver, len(sentences_read), measures)
        )
        carried = _carry(folded, paragraph, quotations, tail)
        carried = _placed(folded, carried, layout.of(index), quotations)
        open_quotation = _continued(folded, sentences_read, open_quotation, carried, quotations)
        sentences_read += carried
        tail = _open_end(folded, carried, quotations)
        # A headline introduces nobody: "he" in the first paragraph is somebody of the
        # body.
        if block.kind == "headline":
            resolver.forget_speaker()
    return sentences_read


def _sentences(
    folded: str,
    block: Block,
    quotations: tuple[Quotation, ...],
    resolver: PronounResolver,
    count: int,
    measures: measurements.Reader,
) -> Iterator[Sentence]:
    for number, (start, end) in enumerate(
        sentences.spans(folded[block.start : block.end], block.start, language=block.language),
        start=count,
    ):
        # What holds no two words is a fragment whatever it measures: a megabyte of
        # “1. ” is 300,000 of them.
        if end - start > _LONGEST or not fragments.holds_words(folded, start, end):
            continue
        near = quotes.touching(quotations, start, end)
        attributed = _attributed(folded, start, end, near, block.language)
        if block.speaker:
            attributed = _in_turn_of(folded, attributed, resolver.full_name(folded, block.speaker))
        speaker = _speaker(folded, attributed, resolver, number)
        yield Sentence(
            start,
            end,
            block,
            attributed,
            speaker,
            *measures.read(folded[start:end], start, block.language),
        )


def _attributed(
    folded: str, start: int, end: int, near: tuple[Quotation, ...], language: str
) -> Attribution:
    if language in ("en", "und"):
        return attribution.read(folded, start, end, near)
    if language == "ar":
        return attribution_arabic.read(folded, start, end, near)
    if language in attribution_other_languages.LANGUAGES:
        return attribution_other_languages.read(folded, start, end, near, language)
    return attribution.NOBODY


def _in_turn_of(folded: str, attributed: Attribution, name: Span) -> Attribution:
    """In a transcript the speaker is whose turn it is; whom they quote
    is behind them.
    """
    quoted = (attributed.source,) if attributed.source and not attributed.pronoun else ()
    named_span = None if transcripts.unnamed(folded[name[0] : name[1]]) else name
    return Attribution(
        "direct",
        named_span,
        attributed.cue if quoted else None,
        tuple(dict.fromkeys((*quoted, *attributed.behind))),
        "",
    )


def _speaker(
    folded: str, attributed: Attribution, resolver: PronounResolver, number: int
) -> tuple[int, int] | None:
    speaker = attributed.source
    if speaker and attributed.pronoun:
        speaker = resolver.resolve(folded, attributed.pronoun, sentence=number, before=speaker[0])
    elif speaker:
        speaker = job_titles.resolve_title(folded, speaker, resolver.holders) or speaker
    if speaker:
        resolver.note_speaker(folded, speaker, sentence=number)
    elif attributed.source:
        resolver.forget_speaker()
    return speaker


def _carry(
    folded: str, paragraph: list[Sentence], quotations: tuple[Quotation, ...], tail: Sentence | None
) -> list[Sentence]:
    """A sentence entirely in quotation marks belongs to the speaker of
    the sentence beside it.
    """
    carried: list[Sentence] = []
    for index, sentence in enumerate(paragraph):
        if sentence.attribution.kind != "none" or not attribution.quotes_whole(
            sentence.start, sentence.end, quotations, folded
        ):
            carried.append(sentence)
            continue
        # A quotation is attributed within its first sentences or not at all.
        beside = _beside(carried, paragraph[index + 1 : index + 7], tail)
        attributed = replace(
            attribution.NOBODY, kind="direct", pronoun=beside.attribution.pronoun if beside else ""
        )
        carried.append(
            replace(sentence, attribution=attributed, speaker=beside.speaker if beside else None)
        )
    return carried


def _beside(
    before: list[Sentence], after: list[Sentence], tail: Sentence | None
) -> Sentence | None:
    for sentence in reversed(before):
        if sentence.attribution.kind != "none":
            return sentence
    if tail is not None and not before:
        return tail
    for sentence in after:
        if sentence.attribution.kind in ("direct", "mixed"):
            return sentence
    return None


def _placed(
    folded: str,
    carried: list[Sentence],
    named: Span | None,
    quotations: tuple[Quotation, ...],
) -> list[Sentence]:
    """The sentences of a quotation whose speaker the layout names; the
    name itself is no sentence.
    """
    if named is None:
        return carried
    placed = []
    for sentence in carried:
        near = quotes.touching(quotations, sentence.start, sentence.end)
        if sentence.start <= named[0] < sentence.end and (not near or near[0].start >= named[0]):
            continue
        if sentence.speaker is None and near:
            attributed = replace(attribution.NOBODY, kind="direct", source=named)
            placed.append(replace(sentence, attribution=attributed, speaker=named))
        else:
            placed.append(sentence)
    return placed


def _continued(
    folded: str,
    before: list[Sentence],
    waiting: list[int],
    carried: list[Sentence],
    quotations: tuple[Quotation, ...],
) -> list[int]:
    """Give a quotation that opens again in this paragraph the speaker
    whom this one names; return the sentences that still wait for
    theirs.
    """
    if not carried:
        return []
    opens = bool(quotations) and quotations[0].start <= carried[0].start
    if waiting and opens and carried[0].speaker and carried[0].attribution.kind != "declined":
        for at in waiting:
            before[at] = replace(
                before[at],
                speaker=carried[0].speaker,
                attribution=replace(before[at].attribution, pronoun=""),
            )
        waiting = []
    if not opens or quotations[-1].closed or quotations[-1].end < carried[-1].end:
        return []
    first = quotations[-1].start
    mine = [
        len(before) + at
        for at, sentence in enumerate(carried)
        if sentence.start >= first and sentence.speaker is None
    ]
    return [*waiting, *mine] if len(mine) == len(carried) else mine


def _open_end(
    folded: str, carried: list[Sentence], quotations: tuple[Quotation, ...]
) -> Sentence | None:
    """The last sentence, where its quotation continues in the next paragraph."""
    if not carried or carried[-1].attribution.kind == "none":
        return None
    last = carried[-1]
    runs_on = bool(quotations) and not quotations[-1].closed and quotations[-1].end >= last.end
    return last if runs_on or folded[last.end - 1] == ":" else None
