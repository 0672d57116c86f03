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


@dataclass(frozen=True, slots=True)
class _Figure:
    sentence: int
    value: str
    words: frozenset[str]


def find(sentences: list[tuple[str, tuple[Quantity, ...]]]) -> frozenset[int]:
    """Indexes of the sentences whose figure has a rival with the same noun and unit."""
    groups: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    for index, (sentence, quantities) in enumerate(sentences):
        counted = [quantity for quantity in quantities if quantity.noun]
        if not counted:
            continue
        words = frozenset(_WORD.findall(sentence.lower())) - _COMMON
        for quantity in counted:
            noun = quantity.noun.lower()
            groups[noun, quantity.unit].append(_Figure(index, quantity.value, words - {noun}))
    return frozenset(index for figures in groups.values() for index in _rivals(figures))


def _rivals(figures: list[_Figure]) -> set[int]:
    found: set[int] = set()
    for position, figure in enumerate(figures):
        for other in figures[position + 1 : position + 1 + _COMPARED]:
            if figure.sentence == other.sentence or figure.value == other.value:
                continue
            if len(figure.words & other.words) >= _SHARED_WORDS:
                found.update((figure.sentence, other.sentence))
    return found
