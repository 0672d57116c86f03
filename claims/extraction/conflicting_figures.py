"""Sentences that give different figures for the same thing, measure,
place and period. Nothing is decided; where one of them may differ,
nothing is said.
"""

import math
import re
from collections import defaultdict
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from claims.extraction import comparable
from claims.extraction.comparable import Statement
from claims.extraction.results import Quantity

_COMPARED = 40  # figures after each one; all pairs of a long text would be quadratic
SHARED_WORDS = 2
_SHARED_WITHOUT_NOUN = 3
_MAX_CONFLICTING = 5  # a sentence; a table would otherwise conflict with all its rows
# More than ten times as many is a count of something else; without a noun to compare,
# even less.
_APART, _APART_WITHOUT_NOUN = 10, 2.5
# "More than 40" is said of 42, hardly of 60; "about 40" of 37.
_ROUNDING = 0.1
_ABOVE = re.compile(r"\b(?:more|greater|higher|over|above|excess|mehr|über|plus|más|أكثر)\b")
_BELOW = re.compile(r"\b(?:fewer|less|lower|under|below|weniger|unter|moins|menos|أقل)\b")
_NEGATED = re.compile(r"\b(?:no|not|nicht|pas|no)\b")
_AT_LEAST = re.compile(r"\b(?:at least|mindestens|au moins|al menos|por lo menos)\b|ما لا يقل")
_AT_MOST = re.compile(r"\b(?:at most|up to|höchstens|bis zu|au plus|jusqu|hasta)\b")
_ROUGHLY = re.compile(
    r"\b(?:nearly|almost|about|around|approximately|roughly|close to|some|estimated|rund|etwa|fast|"
    r"knapp|ungefähr|près de|environ|quelque|presque|cerca de|casi|unos|unas)\b|نحو|حوالي|قرابة"
)
_LEAD = re.compile(r"\b(from|to|by|von|auf|um|de|à|a)\s$")
_FIRST_WORDS = re.compile(r"[^\W\d_]{3,}")


class Figure(NamedTuple):
    """`lead` is the word before it, where that tells a change from a
    state; `kind` are the words between the number and its noun.
    """

    noun: str
    unit: str
    text: str
    low: float
    high: float
    lead: str
    kind: frozenset[str]


class Read(NamedTuple):
    """A sentence with its figures, ready to be compared."""

    statement: Statement
    figures: tuple[Figure, ...]


Pairs = dict[int, list[tuple[Quantity, int, Quantity]]]


def read(sentence: str, quantities: tuple[Quantity, ...]) -> Read:
    """`sentence` is folded. What names no single figure contradicts nothing."""
    return Read(
        comparable.read(sentence),
        tuple(_figure(sentence, one) for one in quantities if not one.modifier.endswith("s of")),
    )


def conflicting(one: Read, other: Read) -> tuple[Figure, Figure] | None:
    """The first figure of one sentence that another of the other contradicts."""
    if not comparable.same(one.statement, other.statement):
        return None
    for figure in one.figures:
        if _agrees_with_any(figure, other.figures):
            continue
        for rival in other.figures:
            if _differ(one, figure, other, rival) and not _agrees_with_any(rival, one.figures):
                return figure, rival
    return None


def find(sentences: list[tuple[str, tuple[Quantity, ...]]]) -> Pairs:
    """By sentence: its figure, the sentence with a conflicting one, and that figure."""
    reads: dict[int, Read] = {}
    known: dict[str, Read] = {}  # a sentence said again is read, and compared, once
    by_unit: dict[str, list[int]] = defaultdict(list)
    for index, (sentence, quantities) in enumerate(sentences):
        if quantities:
            reads[index] = known.get(sentence) or known.setdefault(
                sentence, read(sentence, quantities)
            )
            for unit in {figure.unit for figure in reads[index].figures}:
                by_unit[unit].append(index)
    pairs: Pairs = {}
    full: set[int] = set()
    periods = _bits({index: one.statement.periods for index, one in reads.items()})
    for places in by_unit.values():
        for position, index in enumerate(places):
            one, mine_at = reads[index], periods[index]
            is_full = index in full
            for other in places[position + 1 : position + 1 + _COMPARED]:
                # Most pairs of a long text end here: no call for those.
                theirs_at = periods[other]
                if mine_at and theirs_at and not mine_at & theirs_at:
                    continue
                if (is_full and other in full) or one is reads[other]:
                    continue
                found = conflicting(one, reads[other])
                if found:
                    mine = _quantity(sentences[index][1], found[0])
                    theirs = _quantity(sentences[other][1], found[1])
                    _note(pairs, index, mine, other, theirs)
                    _note(pairs, other, theirs, index, mine)
                    full.update(at for at in (index, other) if len(pairs[at]) >= _MAX_CONFLICTING)
                    is_full = index in full
    return pairs


def _bits(sets: dict[int, frozenset[str]]) -> dict[int, int]:
    """Each set as a number with a bit for each of its words: two that
    share a word share a bit.
    """
    words = {word: 1 << at for at, word in enumerate(sorted(set().union(*sets.values())))}
    return {index: sum(words[word] for word in found) for index, found in sets.items()}


def _quantity(quantities: tuple[Quantity, ...], figure: Figure) -> Quantity:
    return next(one for one in quantities if one.text == figure.text)


def _note(
    pairs: Pairs,
    sentence: int,
    mine: Quantity,
    other: int,
    theirs: Quantity,
) -> None:
    listed = pairs.setdefault(sentence, [])
    if len(listed) < _MAX_CONFLICTING and all(number != other for _, number, _ in listed):
        listed.append((mine, other, theirs))


def _figure(sentence: str, one: Quantity) -> Figure:
    at = max(0, sentence.find(one.text))
    lead = _LEAD.search(sentence, max(0, at - 6), at)
    between = one.text[len(one.modifier) :].lower()
    kind = frozenset(_FIRST_WORDS.findall(between)) - {one.noun.lower(), one.unit.lower()}
    low, high = _bounds(one.modifier, one.value, one.to)
    counted = kind if one.noun and not one.unit else frozenset()
    return Figure(
        one.noun.lower(), one.unit, one.text, low, high, lead.group(1) if lead else "", counted
    )


@lru_cache(maxsize=4096)
def _bounds(modifier: str, value: str, to: str) -> tuple[float, float]:
    """What the figure may be: a text compares the same ones again and again."""
    low, high = _number(value), _number(to or value)
    above, below = _ABOVE.search(modifier), _BELOW.search(modifier)
    if above and _NEGATED.search(modifier):
        above, below = None, above
    elif below and _NEGATED.search(modifier):
        above, below = below, None
    room = _ROUNDING * max(abs(low), abs(high))
    if _AT_LEAST.search(modifier):
        return low, math.inf
    if below or _AT_MOST.search(modifier):
        return -math.inf, high
    if above:
        return low, high + room
    return (low - room, high + room) if _ROUGHLY.search(modifier) else (low, high)


def _number(value: str) -> float:
    try:
        return float(Fraction(value))
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan


def _agree(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit and one.low <= other.high and other.low <= one.high


def _agrees_with_any(one: Figure, others: tuple[Figure, ...]) -> bool:
    # A loop, as this is asked for each pair of a long text.
    for other in others:  # noqa: SIM110
        if _agree(one, other):
            return True
    return False


def _differ(one: Read, figure: Figure, other: Read, rival: Figure) -> bool:
    if figure.unit != rival.unit or (figure.lead and rival.lead and figure.lead != rival.lead):
        return False
    nouns = bool(figure.noun) and figure.noun == rival.noun
    if not nouns and figure.noun and rival.noun:
        return False
    apart = _APART if nouns else _APART_WITHOUT_NOUN
    if not _of_one_size(figure, rival, apart):
        return False
    if figure.kind and rival.kind and figure.kind.isdisjoint(rival.kind):
        return False
    if _each_its_own(one.statement.subject, other.statement.subject, {figure.noun, rival.noun}):
        return False
    shared = (one.statement.words & other.statement.words) - {figure.noun}
    return len(shared) >= (SHARED_WORDS if nouns else _SHARED_WITHOUT_NOUN)


def _each_its_own(one: frozenset[str], other: frozenset[str], nouns: set[str]) -> bool:
    """Bus fares and train fares; the storm and the storm of May may be one."""
    return bool(one - other - nouns) and bool(other - one - nouns)


def _of_one_size(one: Figure, other: Figure, apart: float) -> bool:
    """Whether they lie near each other without meeting; a bound without
    an end counts as its other end.
    """
    mine = abs(one.low if one.high == math.inf else one.high)
    theirs = abs(other.low if other.high == math.inf else other.high)
    if mine != mine or theirs != theirs or _agree(one, other):  # not a number
        return False
    return max(mine, theirs) <= apart * min(mine, theirs)
