# ruff: noqa: RUF001 - primes and curly marks are the matter of this module
"""Measures of two units or three, such as “5ft 11in” and “2 hours and
15 minutes”: one figure, counted in the smallest of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from claims.extraction import fold, number_words
from sources import word_lists
from sources.word_lists import Words

_LISTS = word_lists.beside(__file__)
_EVERYWHERE = _LISTS["everywhere"]
_STEPS = {tuple(pair.split()): int(factor) for pair, factor in _EVERYWHERE.table("steps").items()}
_LARGER = {larger for larger, _ in _STEPS}
_TWO_DIGITS = {"cm", "cent", "minute"}
# What may stand behind a measure whose last number has no unit.
_CLOSED = r"(?=[.,;:!?)”’\"]|$|\s(?:and|or|but|is|who|und|oder|et|ou|y|o|tall|high|groß|hoch)\b)"


class Compound(NamedTuple):
    start: int
    end: int
    value: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class _Written:
    """How a language writes them; `units` are patterns with what each may mean."""

    pattern: re.Pattern[str]
    units: list[tuple[re.Pattern[str], str]]
    small: dict[str, int]
    bare: dict[str, str]


def _listed(name: str) -> _Written:
    lists = _LISTS[name]
    small = number_words.BY_LANGUAGE[name].small
    words = _patterns(_EVERYWHERE) | _patterns(lists)
    # A unit is tried under each of its meanings: “m” is a metre, or a minute.
    units = [
        (re.compile(word), unit)
        for table in (_patterns(_EVERYWHERE), _patterns(lists))
        for word, meanings in table.items()
        for unit in meanings
    ]
    unit = "|".join(sorted(words, key=len, reverse=True))
    number = rf"(?:\d{{1,4}}|{'|'.join(sorted(small, key=len, reverse=True))})"
    bare = f"(?:{'|'.join(small)})"
    join = "|".join(lists.ordered("joins"))
    gap = rf"(?:,?\s(?:{join})\s?|,\s|[\s-]{{0,2}})"
    measure = rf"[\s-]?(?:{unit})(?![^\W\d_])"
    return _Written(
        pattern=re.compile(
            rf"(?<![\w.,/:-])(?P<n1>{number})(?P<u1>{measure})"
            rf"(?:{gap}(?P<n2>{number}(?:\.\d+)?)(?P<u2>{measure})"
            rf"(?:{gap}(?P<n3>{number}(?:\.\d+)?)(?P<u3>{measure}))?"
            rf"|[\s-]?(?P<bare>\d\d?|(?<=\s){bare}){_CLOSED})"
        ),
        units=units,
        small=small,
        bare=_EVERYWHERE.table("bare") | (lists.table("bare") if "bare" in lists else {}),
    )


def _patterns(lists: Words) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for unit, words in lists.table("written").items():
        for word in words.split():
            table.setdefault(word, []).append(unit)
    return table


_BY_LANGUAGE = {name: _listed(name) for name in _LISTS if name != "everywhere"}


def find(sentence: str, language: str) -> Iterator[Compound]:
    """In the order of the sentence, which is folded."""
    words = _BY_LANGUAGE.get(language, _BY_LANGUAGE["en"])
    for match in words.pattern.finditer(fold.lower(sentence)):
        if compound := _read(match, words):
            yield compound


def _read(match: re.Match[str], words: _Written) -> Compound | None:
    numbers = [_number(match.group(name), words) for name in ("n1", "n2", "n3")]
    meanings = [_meanings(match.group(name), words) for name in ("u1", "u2", "u3")]
    if bare := match.group("bare"):
        return _without_unit(match, numbers[0], meanings[0], bare, words)
    parts = [
        (number, units)
        for number, units in zip(numbers, meanings, strict=True)
        if number is not None
    ]
    units = _fitting([one for _, one in parts])
    if len(units) < 2:
        return None
    value = parts[0][0] or Fraction(0)
    for (larger, smaller), (number, _) in zip(pairwise(units), parts[1:], strict=False):
        factor = _STEPS[larger, smaller]
        if number is None or number >= factor:
            return None
        value = value * factor + number
    end = match.end(f"u{len(units)}")
    return Compound(match.start(), end, value, units[-1])


def _fitting(meanings: list[list[str]]) -> list[str]:
    """The chain of units of which each is a part of the one before."""
    for first in meanings[0]:
        chain = [first]
        for options in meanings[1:]:
            smaller = next((one for one in options if (chain[-1], one) in _STEPS), "")
            if not smaller:
                break
            chain.append(smaller)
        if len(chain) > 1:
            return chain
    return []


def _without_unit(
    match: re.Match[str], number: Fraction | None, units: list[str], bare: str, words: _Written
) -> Compound | None:
    last = _number(bare, words)
    if number is None or last is None:
        return None
    for larger in units:
        smaller = words.bare.get(larger, "")
        if not smaller or (smaller in _TWO_DIGITS and len(bare) != 2):
            continue
        factor = _STEPS[larger, smaller]
        if last < factor:
            return Compound(match.start(), match.end("bare"), number * factor + last, smaller)
    return None


def _number(written: str | None, words: _Written) -> Fraction | None:
    if written is None:
        return None
    return Fraction(words.small[written]) if written in words.small else Fraction(written)


def _meanings(written: str | None, words: _Written) -> list[str]:
    word = (written or "").lstrip(" \n-")
    return [unit for pattern, unit in words.units if word and pattern.fullmatch(word)]
