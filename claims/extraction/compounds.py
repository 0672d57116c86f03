# ruff: noqa: RUF001 - primes and curly marks are the matter of this module
"""Measures of two units or three, such as “5ft 11in” and “2 hours and
15 minutes”: one figure, counted in the smallest of them. Sums of money
such as “£2 50p” are counted in the larger one, as price tags do.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from claims.extraction import figure_words, fold, number_words
from claims.extraction.summed_words import Sum, Word, summed
from sources import word_lists
from sources.word_lists import Words

_LISTS = word_lists.beside(__file__)
_EVERYWHERE = _LISTS["everywhere"]
_LANGUAGES = frozenset(_LISTS) - {"everywhere"}
# Of each unit of money, what its hundredth is called here.
_COINS = _EVERYWHERE.by_word("coins")
_STEPS = {tuple(pair.split()): int(factor) for pair, factor in _EVERYWHERE.table("steps").items()}
_STEPS |= dict.fromkeys(_COINS.items(), 100)
_TWO_DIGITS = {"cm", "minute"} | set(_COINS.values())
_SIGNS = {sign.lower(): unit for sign, unit in figure_words.CURRENCIES.items() if unit in _COINS}
_sign = "|".join(re.escape(one) for one in sorted(_SIGNS, key=len, reverse=True))
_WORD = re.compile(r"[^\W\d_]+")
# What may stand behind a measure whose last number has no unit.
_closing = "|".join(_EVERYWHERE.ordered("closing"))
_CLOSED = rf"(?=[.,;:!?)”’\"]|$|\s(?:{_closing})\b)"


class Compound(NamedTuple):
    start: int
    end: int
    value: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class _Written:
    """How a language writes them; `units` are patterns with what each may mean."""

    language: str
    pattern: re.Pattern[str]
    signed: re.Pattern[str]
    units: list[tuple[re.Pattern[str], str]]
    bare: dict[str, str]


@cache  # each language when it is first read: all would slow every start of a process
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
    word = "|".join(sorted(small, key=len, reverse=True))
    # "Twenty-five", "treinta y cinco"; German writes it as one word.
    inner = "|".join(number_words.BY_LANGUAGE[name].joins) or "(?!)"
    word = rf"(?:{word})(?:[\s-](?:(?:{inner})\s)?(?:{word}))?"
    if name == "de":
        word = number_words.GERMAN_BELOW_HUNDRED + f"|{word}"
    number = rf"(?:\d{{1,4}}|(?:{word})(?![^\W\d_]))"
    join = "|".join(lists.ordered("joins"))
    bare_join = lists.text("bare_join") or "(?!)"
    gap = rf"(?:,?\s(?:{join})\s?|,\s|[\s-]{{0,2}})"
    measure = rf"[\s-]?(?:{unit})(?![^\W\d_])"
    return _Written(
        language=name,
        pattern=re.compile(
            rf"(?<![\w.,/:-])(?P<n1>{number})(?P<u1>{measure})"
            rf"(?:{gap}(?P<n2>{number}(?:\.\d+)?)(?P<u2>{measure})"
            rf"(?:{gap}(?P<n3>{number}(?:\.\d+)?)(?P<u3>{measure}))?"
            rf"|(?:\s(?:{bare_join})\s|[\s-])?(?P<bare>\d\d?|(?<=\s)(?:{word})){_CLOSED})"
        ),
        signed=re.compile(
            rf"(?<![\w.,/:$€£¥-])(?P<sign>{_sign})\s?(?P<whole>\d{{1,3}}(?:[.,]\d{{3}})+|\d{{1,7}})"
            rf"\s(?:(?:{join})\s?)?(?P<coins>\d\d?)(?P<coin>{measure})"
        ),
        units=units,
        bare=_COINS | _EVERYWHERE.table("bare") | (lists.table("bare") if "bare" in lists else {}),
    )


def _patterns(lists: Words) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for unit, words in lists.table("written").items():
        for word in words.split():
            table.setdefault(word, []).append(unit)
    return table


def find(sentence: str, language: str) -> list[Compound]:
    """In the order of the sentence, which is folded."""
    words = _listed(language if language in _LANGUAGES else "en")
    low = fold.lower(sentence)
    found = [_signed(match, words) for match in words.signed.finditer(low)]
    found += [_read(match, words) for match in words.pattern.finditer(low)]
    return sorted(one for one in found if one)


def _signed(match: re.Match[str], words: _Written) -> Compound | None:
    """ "£2 50p": the sign of the larger unit stands in front."""
    unit = _SIGNS[match.group("sign")]
    if _COINS[unit] not in _meanings(match.group("coin"), words):
        return None
    whole = re.sub(r"[.,]", "", match.group("whole"))
    value = int(whole) + Fraction(int(match.group("coins")), 100)
    return Compound(*match.span(), value, unit)


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
    return _counted(match.start(), end, value, units)


def _counted(start: int, end: int, value: Fraction, units: list[str]) -> Compound:
    if units[0] in _COINS:
        return Compound(start, end, value / 100, units[0])
    return Compound(start, end, value, units[-1])


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
        # "Two pounds five" may be 2.05; nobody writes "2 euros 5".
        if not smaller or (
            smaller in _TWO_DIGITS and (len(bare) != 2 if bare.isdigit() else last < 10)
        ):
            continue
        factor = _STEPS[larger, smaller]
        if last < factor:
            value = number * factor + last
            return _counted(match.start(), match.end("bare"), value, [larger, smaller])
    return None


def _number(written: str | None, words: _Written) -> Fraction | None:
    if written is None:
        return None
    if written[0].isdigit():
        return Fraction(written)
    table = number_words.BY_LANGUAGE[words.language]
    if words.language == "de" and written not in table.small:
        return number_words.german(written)
    tokens = [Word(one.group(), *one.span()) for one in _WORD.finditer(written)]
    total = Sum(table)
    return total.value if summed(written, tokens, 0, total) == len(tokens) else None


def _meanings(written: str | None, words: _Written) -> list[str]:
    word = (written or "").lstrip(" \n-")
    return [unit for pattern, unit in words.units if word and pattern.fullmatch(word)]
