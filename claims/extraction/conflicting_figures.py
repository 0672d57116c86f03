"""Sentences that give different figures for what may be the same thing. Nothing is
decided.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from claims.extraction.results import Quantity
from claims.extraction.word_lists import wordset

_WORD = re.compile(r"[^\W\d_]{4,}")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_COMMON = wordset(
    "that this with from have been were their they which after than more over said says also some"
    " other would could about into when there what will nearly least almost around roughly"
    " according them then only just very such"
)
_COMPARED = 40  # figures after each one; all pairs of a long text would be quadratic
SHARED_WORDS = 2
_SHARED_WITHOUT_NOUN = 3
_MAX_CONFLICTING = 5  # a sentence; a table would otherwise conflict with all its rows
# More than ten times as many is a count of something else; without a noun to compare,
# even less.
APART, _APART_WITHOUT_NOUN = 10, 2.5


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
    """By sentence: its figure, the sentence with a conflicting one of the same noun and
    unit, and that figure.

    A figure without a noun is compared with all of its unit, and must share more words.
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
    pairs: Pairs = {}
    for figures in groups.values():
        _compare(figures, pairs, shared=SHARED_WORDS, apart=APART, nouns=True)
    for figures in bare.values():
        _compare(
            figures, pairs, shared=_SHARED_WITHOUT_NOUN, apart=_APART_WITHOUT_NOUN, nouns=False
        )
    return pairs


def words_of(sentence: str) -> frozenset[str]:
    """The words that show whether two sentences are about the same thing."""
    return frozenset(_WORD.findall(sentence.lower())) - _COMMON


def years_of(sentence: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(sentence))


def of_other_years(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name years and share none: two years of one series do not conflict.

    Days are ignored, as they tell when something was said.
    """
    return bool(one and other) and one.isdisjoint(other)


def differ(one: str, other: str, *, apart: float = APART) -> bool:
    """Whether two values may be of the same thing and cannot both be right."""
    if one == other:
        return False
    low, high = sorted((_magnitude(one), _magnitude(other)))
    return low != high and high <= apart * low


# A text compares the same values again and again; exact fractions would take seconds.
@lru_cache(maxsize=4096)
def _magnitude(value: str) -> float:
    return abs(float(Fraction(value)))


def _compare(
    figures: list[_Figure], pairs: Pairs, *, shared: int, apart: float, nouns: bool
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
                _note(pairs, figure, other)
                _note(pairs, other, figure)


def _note(pairs: Pairs, figure: _Figure, other: _Figure) -> None:
    listed = pairs.setdefault(figure.sentence, [])
    if len(listed) < _MAX_CONFLICTING and all(number != other.sentence for _, number, _ in listed):
        listed.append((figure.quantity, other.sentence, other.quantity))
