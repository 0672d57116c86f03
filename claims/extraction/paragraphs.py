"""The sentences of one article with their speakers, quotations carried over their whole length."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.extraction import attribution, job_titles, measurements, quotes, sentences, transcripts
from claims.extraction.articles import Article
from claims.extraction.attribution import Attribution
from claims.extraction.blocks import Block
from claims.extraction.pronouns import PronounResolver
from claims.extraction.quotes import Quotation
from claims.extraction.results import DateMention, Quantity

Span = tuple[int, int]
_READ_KINDS = ("body", "headline")
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    block: Block
    attribution: Attribution
    speaker: tuple[int, int] | None
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]


def read(folded: str, article: Article, published: datetime.date | None) -> list[Sentence]:
    anchor = article.date or published
    voices = PronounResolver(holders=job_titles.held(folded, article.start, article.end))
    found: list[Sentence] = []
    tail: Sentence | None = None
    voice: Span | None = None
    for block in article.blocks:
        if block.kind not in _READ_KINDS:
            continue
        voice = block.voice or voice
        quotations = quotes.find(folded[block.start : block.end], block.start)
        format_local = block if block.voice == voice else replace(block, voice=voice)
        paragraph = list(_sentences(folded, format_local, quotations, voices, len(found), anchor))
        carried = _carry(folded, paragraph, quotations, tail)
        found += carried
        tail = _open_end(folded, carried, quotations)
        if block.kind == "headline":
            voices.silence()
    return found


def _sentences(
    folded: str,
    block: Block,
    quotations: tuple[Quotation, ...],
    voices: PronounResolver,
    count: int,
    anchor: datetime.date | None,
) -> Iterator[Sentence]:
    for number, (start, end) in enumerate(
        sentences.spans(folded[block.start : block.end], block.start), start=count
    ):
        if end - start > _LONGEST:
            continue
        said = attribution.NOBODY
        if block.language in ("en", "und"):
            near = tuple(quote for quote in quotations if quote.start < end and quote.end > start)
            said = attribution.read(folded, start, end, near)
        if block.voice:
            said = _in_voice(folded, said, voices.whole_name(folded, block.voice))
        speaker = _speaker(folded, said, voices, number)
        yield Sentence(
            start,
            end,
            block,
            said,
            speaker,
            *measurements.find(folded[start:end], start, anchor, block.language),
        )


def _in_voice(folded: str, said: Attribution, name: Span) -> Attribution:
    """In a transcript the voice is the one whose turn it is; whom it quotes stands behind."""
    quoted = (said.source,) if said.source and not said.pronoun else ()
    known = None if transcripts.unnamed(folded[name[0] : name[1]]) else name
    return Attribution(
        "direct",
        known,
        said.cue if quoted else None,
        tuple(dict.fromkeys((*quoted, *said.behind))),
        "",
    )


def _speaker(
    folded: str, said: Attribution, voices: PronounResolver, number: int
) -> tuple[int, int] | None:
    speaker = said.source
    if speaker and said.pronoun:
        speaker = voices.resolve(folded, said.pronoun, sentence=number, before=speaker[0])
    elif speaker:
        speaker = job_titles.holder(folded, speaker, voices.holders) or speaker
    if speaker:
        voices.spoke(folded, speaker, sentence=number)
    elif said.source:
        voices.silence()
    return speaker


def _carry(
    folded: str, paragraph: list[Sentence], quotations: tuple[Quotation, ...], tail: Sentence | None
) -> list[Sentence]:
    """A sentence wholly inside quotation marks belongs to whoever speaks beside it."""
    carried: list[Sentence] = []
    for index, sentence in enumerate(paragraph):
        if sentence.attribution.kind != "none" or not attribution.quotes_whole(
            sentence.start, sentence.end, quotations, folded
        ):
            carried.append(sentence)
            continue
        beside = _beside(carried, paragraph[index + 1 :], tail)
        said = replace(
            attribution.NOBODY, kind="direct", pronoun=beside.attribution.pronoun if beside else ""
        )
        carried.append(
            replace(sentence, attribution=said, speaker=beside.speaker if beside else None)
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
    for sentence in after[:6]:
        if sentence.attribution.kind in ("direct", "mixed"):
            return sentence
    return None


def _open_end(
    folded: str, carried: list[Sentence], quotations: tuple[Quotation, ...]
) -> Sentence | None:
    """The speaker whose quotation runs on into the next paragraph."""
    if not carried or carried[-1].attribution.kind == "none":
        return None
    last = carried[-1]
    runs_on = bool(quotations) and not quotations[-1].closed and quotations[-1].end >= last.end
    return last if runs_on or folded[last.end - 1] == ":" else None
