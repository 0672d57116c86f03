# ruff: noqa: RUF001 - marks at the end of sentences are the matter of this module
"""From chunks that may end in mid-sentence to whole sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from claims.extraction import fold, sentences
from claims.models import LiveChunk

# A stop after a digit or a single letter may be in mid-figure or mid-name: “4.” “5 per
# cent”, “J.” “Smith”. If it is not, the next chunk or the pause says so.
_ENDED = re.compile(r"(?:[!?…؟。！？]|(?<![\d.])(?<!\b[^\W\d_])\.)[”’\"')\]»]*\s*$")

_CUT = re.compile(r"\d[.,]\d$")  # a figure that two chunks share


@dataclass(frozen=True, slots=True)
class Place:
    """So many characters into the chunk of this number."""

    number: int
    characters: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence, the chunk in which it ends, and the place behind it.
    The time code is of the chunk in which it begins.
    """

    text: str
    speaker: str
    time_code: str
    chunk: LiveChunk
    end: Place


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int  # in the joined text
    skipped: int  # characters of the chunk that were read before
    chunk: LiveChunk


def read(
    chunks: Sequence[LiveChunk], place: Place, *, language: str, whole: bool
) -> tuple[list[Spoken], LiveChunk | None]:
    """The sentences after `place`, and the chunk in which one begins
    that is not whole yet. With `whole` nothing waits for more.
    """
    spoken: list[Spoken] = []
    turns = [list(turn) for _, turn in groupby(chunks, key=lambda chunk: chunk.speaker)]
    for number, turn in enumerate(turns, start=1):
        # Whoever is interrupted says no more of this sentence.
        ended = whole or number < len(turns)
        sentences_of_turn, waiting = _of_turn(turn, place, language, whole=ended)
        spoken += sentences_of_turn
    return spoken, waiting if chunks else None


def _of_turn(
    turn: Sequence[LiveChunk], place: Place, language: str, *, whole: bool
) -> tuple[list[Spoken], LiveChunk | None]:
    text, pieces = _joined(turn, place)
    found = sentences.spans(fold.fold(text), language=language)
    tail = None
    if found and not whole and not _ENDED.search(text):
        tail = _at(pieces, found.pop()[0]).chunk
    return [_spoken(text, pieces, span) for span in found], tail


def _spoken(text: str, pieces: list[_Piece], span: tuple[int, int]) -> Spoken:
    start, end = span
    first, last = _at(pieces, start), _at(pieces, end - 1)
    behind = Place(last.chunk.number, last.skipped + end - last.start)
    words = " ".join(text[start:end].split())
    return Spoken(words, first.chunk.speaker, first.chunk.time_code, last.chunk, behind)


def _at(pieces: list[_Piece], offset: int) -> _Piece:
    return next(piece for piece in reversed(pieces) if piece.start <= offset)


def _joined(turn: Sequence[LiveChunk], place: Place) -> tuple[str, list[_Piece]]:
    text, pieces = "", []
    for chunk, skipped in _unread(turn, place):
        if text and not text[-1].isspace() and not _CUT.search(text + chunk.text[skipped:][:1]):
            text += " "
        pieces.append(_Piece(len(text), skipped, chunk))
        text += chunk.text[skipped:]
    return text, pieces


def _unread(turn: Sequence[LiveChunk], place: Place) -> Iterator[tuple[LiveChunk, int]]:
    for chunk in turn:
        skipped = place.characters if chunk.number == place.number else 0
        if chunk.number >= place.number and chunk.text[skipped:].strip():
            yield chunk, skipped
