"""Sentences that give different figures for what may be the same thing. Nothing is decided."""

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from claims.extraction.results import Quantity
from claims.extraction.word_lists import wordset

_WORD = re.compile(r"[^\W\d_]{4,}")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_COMMON = wordset(
    "that this with from have been were their they which after than more over said says also some"
    " other would could about into when there what will nearly least almost around roughly"
    " according them then only just very such"
)
_COMPARED = 40
SHARED_WORDS = 2
_SHARED_WITHOUT_NOUN = 3
_MAX_CONFLICTING = 5
# Whoever counts ten times as many counts something else; without a noun to tell, even less.
APART, _APART_WITHOUT_NOUN = 10, Decimal("2.5")


@dataclass(frozen=True, slots=True)
class _Figure:
    sentence: int
    quantity: Quantity
    words: frozenset[str]
    years: frozenset[str]

    @property
    def noun(self) -> str:
        return self.quantity.noun.lower()


Pairs = dict[int, list[tuple[Quantity, int, Quantity]]]


def find(sentences: list[tuple[str, tuple[Quantity, ...]]]) -> Pairs:
    """By sentence, its figure, the sentence with a rival of the same noun and unit, and that rival.

    A figure without a noun may count what any other of its unit counts, and must share more words.
    """
    groups: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    bare: dict[str, list[_Figure]] = defaultdict(list)
    for index, (sentence, quantities) in enumerate(sentences):
        words = words_of(sentence) if quantities else frozenset()
        years = years_of(sentence) if quantities else frozenset()
        for quantity in quantities:
            if quantity.modifier.endswith("s of"):
                continue  # "hundreds of" contradicts nothing
            noun = quantity.noun.lower()
            figure = _Figure(index, quantity, words - {noun}, years)
            bare[quantity.unit].append(figure)
            if noun:
                groups[noun, quantity.unit].append(figure)
    found: Pairs = {}
    for figures in groups.values():
        _compare(figures, found, shared=SHARED_WORDS, apart=Decimal(APART), nouns=True)
    for figures in bare.values():
        _compare(
            figures, found, shared=_SHARED_WITHOUT_NOUN, apart=_APART_WITHOUT_NOUN, nouns=False
        )
    return found


def words_of(sentence: str) -> frozenset[str]:
    """By which two sentences are known to speak of one thing."""
    return frozenset(_WORD.findall(sentence.lower())) - _COMMON


def years_of(sentence: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(sentence))


def of_other_years(one: frozenset[str], other: frozenset[str]) -> bool:
    """Two years of one series differ, and contradict nothing. Days tell when it was said, and are
    not asked.
    """
    return bool(one and other) and one.isdisjoint(other)


def differ(one: str, other: str, *, apart: Decimal = Decimal(APART)) -> bool:
    """Whether two values may be told of one thing and cannot both be right."""
    low, high = sorted((Decimal(one), Decimal(other)))
    return low != high and high <= apart * low


def _compare(
    figures: list[_Figure], found: Pairs, *, shared: int, apart: Decimal, nouns: bool
) -> None:
    for position, figure in enumerate(figures):
        for other in figures[position + 1 : position + 1 + _COMPARED]:
            if figure.sentence == other.sentence or not differ(
                figure.quantity.value, other.quantity.value, apart=apart
            ):
                continue
            if (not nouns and figure.noun and other.noun) or of_other_years(
                figure.years, other.years
            ):
                continue
            if len(figure.words & other.words) >= shared:
                _note(found, figure, other)
                _note(found, other, figure)


def _note(found: Pairs, figure: _Figure, other: _Figure) -> None:
    conflicting_figures = found.setdefault(figure.sentence, [])
    if len(conflicting_figures) < _MAX_CONFLICTING and all(
        known != other.sentence for _, known, _ in conflicting_figures
    ):
        conflicting_figures.append((figure.quantity, other.sentence, other.quantity))
