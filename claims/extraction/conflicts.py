"""Sentences that give different figures for what may be the same thing. Nothing is decided."""

import re
from collections import defaultdict
from dataclasses import dataclass

from claims.extraction.records import Quantity
from claims.extraction.wordlists import wordset

_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = wordset(
    "that this with from have been were their they which after than more over said says also some other would could "
    "about into when there what will nearly least almost around roughly according them then only just very such"
)
_COMPARED = 40
_SHARED_WORDS = 2
_SHARED_WITHOUT_NOUN = 3


@dataclass(frozen=True, slots=True)
class _Figure:
    sentence: int
    value: str
    words: frozenset[str]
    noun: str


def find(sentences: list[tuple[str, tuple[Quantity, ...]]]) -> frozenset[int]:
    """Indexes of the sentences whose figure has a rival with the same noun and unit.

    A figure without a noun may count what any other of its unit counts, and must share more words.
    """
    groups: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    bare: dict[str, list[_Figure]] = defaultdict(list)
    for index, (sentence, quantities) in enumerate(sentences):
        if not quantities:
            continue
        words = frozenset(_WORD.findall(sentence.lower())) - _COMMON
        for quantity in quantities:
            if quantity.modifier.endswith("s of"):
                continue  # "hundreds of" contradicts nothing
            noun = quantity.noun.lower()
            figure = _Figure(index, quantity.value, words - {noun}, noun)
            bare[quantity.unit].append(figure)
            if noun:
                groups[noun, quantity.unit].append(figure)
    found = {index for figures in groups.values() for index in _rivals(figures)}
    return frozenset(found.union(*(_bare_rivals(figures) for figures in bare.values())))


def _bare_rivals(figures: list[_Figure]) -> set[int]:
    found: set[int] = set()
    for position, figure in enumerate(figures):
        for other in figures[position + 1 : position + 1 + _COMPARED]:
            if (figure.noun and other.noun) or figure.sentence == other.sentence or figure.value == other.value:
                continue
            if len(figure.words & other.words) >= _SHARED_WITHOUT_NOUN:
                found.update((figure.sentence, other.sentence))
    return found


def _rivals(figures: list[_Figure]) -> set[int]:
    found: set[int] = set()
    for position, figure in enumerate(figures):
        for other in figures[position + 1 : position + 1 + _COMPARED]:
            if figure.sentence == other.sentence or figure.value == other.value:
                continue
            if len(figure.words & other.words) >= _SHARED_WORDS:
                found.update((figure.sentence, other.sentence))
    return found
