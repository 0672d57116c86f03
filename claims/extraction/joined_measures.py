# ruff: noqa: RUF001 - dashes and Arabic letters are the matter of this module
"""Measures that belong together: the two ends of a range, "one in
five", the step and where it led.
"""

import re
from fractions import Fraction
from typing import NamedTuple

from claims.extraction.figure_words import FigureWords
from claims.extraction.numerals import Numeral

_DASH = re.compile(r"-? ?[-–—] ?")
_JOIN = re.compile(r"(?i)\s(?:and|und|et|y|e|و|و?)\s?(?:(?:el|los|las|le|les|la|una?|dem|den)\s)?")
DESCENDS = "its second number is smaller than its first"
THOUSANDS = "its first number may stand for thousands"
SCALE_BEHIND = "the other number may have its scale"


class Measure(NamedTuple):
    """A number with its sign, currency and unit; `name` is what those were called."""

    start: int
    end: int
    numeral: Numeral
    value: Fraction
    unit: str
    money: bool = False
    unit_word: str = ""
    to: Fraction | None = None


class Joined(NamedTuple):
    measures: list[Measure]
    next: int
    reason: str = ""


def joined(
    sentence: str,
    measures: list[Measure],
    at: int,
    words: FigureWords,
) -> Joined:
    """A measure alone, or with the next one as a range, a share or a change."""
    one = measures[at]
    if at + 1 == len(measures):
        return Joined([one], at + 1)
    other = measures[at + 1]
    between = sentence[one.end : other.start]
    if len(between) > 40:
        return Joined([one], at + 1)
    share = _one_in(sentence, one, other, words)
    if share:
        return Joined([share], at + 2)
    if _shares_scale(one, other, between, words):
        return Joined([one], at + 1, SCALE_BEHIND)
    kind = _range_kind(sentence, one, other, between, words)
    if not kind and words.per_between.fullmatch(between) and _is_rate(one, other):
        unit = f"per {plain(other.value)}"
        return Joined([one._replace(end=other.end, unit=unit)], at + 2)
    if not kind:
        return Joined([one], at + 1)
    return _range(one, other, at, kind)


def _shares_scale(one: Measure, other: Measure, between: str, words: FigureWords) -> bool:
    """ "80 statt 82 Millionen": the scale is written once."""
    plain = one.numeral.scale == 1 and not one.numeral.share and not one.unit
    return (
        plain and other.numeral.scale > 1 and words.instead_between.fullmatch(between) is not None
    )


def _is_rate(one: Measure, other: Measure) -> bool:
    """ "12 auf 100.000 Einwohner", but not "um 15 % auf 77 Millionen Dollar"."""
    return other.value >= 100 and one.unit != "%" and not (one.money or other.money)


def _one_in(
    sentence: str,
    one: Measure,
    other: Measure,
    words: FigureWords,
) -> Measure | None:
    """ "One in five children" is a share; "three in two weeks" is not."""
    if not words.one_in.search(sentence[one.numeral.end : other.start]):
        return None
    low, high = one.value, other.value
    if low.denominator != 1 or high.denominator != 1 or not 0 < low < high or other.unit:
        return None
    return one._replace(end=other.end, value=low / high, numeral=one.numeral._replace(share=True))


def _range_kind(
    sentence: str, one: Measure, other: Measure, between: str, words: FigureWords
) -> str:
    if _DASH.fullmatch(between):
        return "dash"
    if words.to_between.fullmatch(between):
        lead = sentence[max(0, one.start - 60) : one.start]
        # "By $1 to $8.25": either a range or a step and where it led, so both are read.
        if one.unit and not one.numeral.share and lead.endswith(" by "):
            return "change"
        if re.search(rf"(?i)\b{words.start}\s$", lead) and re.search(
            rf"(?i)\b{words.change}\b(?:\s[^\W\d_]+){{0,3}}\s?$",
            lead[: lead.rstrip().rfind(" ") + 1],
        ):
            return "change"
        # Per cent of what was, and what is now: "rose 5% to 400".
        return "change" if one.unit == "%" and not _per_cent(other) else "to"
    if words.onto and between.lower() == f" {words.onto} ":
        return "change" if re.search(rf"(?i)\b{words.start}\s$", sentence[: one.start]) else ""
    if words.either_between.fullmatch(between):
        return "either"
    lead = sentence[max(0, one.start - 24) : one.start]
    joined = _JOIN.fullmatch(between)
    return "between" if joined and re.search(rf"(?i){words.between}[^,.;]{{0,14}}$", lead) else ""


def _range(one: Measure, other: Measure, at: int, kind: str) -> Joined:
    unit, low, high = other.unit or one.unit, one.value, other.value
    high = abs(high) if kind == "dash" else high
    if one.numeral.scale == 1 and other.numeral.scale > 1 and low * other.numeral.scale < high:
        low *= other.numeral.scale
    elif kind == "to" and not one.unit and 0 < low * 1000 < high and high % 1000 == 0:
        return Joined([one._replace(end=other.end)], at + 2, THOUSANDS)
    if kind == "either" and one.unit_word and not other.unit:
        return Joined([one], at + 1)  # "two hours or 15 boats"
    if kind == "change":
        # “By 0.2 percentage points to 4 %”, “by 5 % to 400”: each has its own unit.
        apart = other.unit and one.unit and one.unit != other.unit
        if apart or (one.unit == "%" and not _per_cent(other)):
            return Joined([one, other], at + 2)
        first = one._replace(value=low, unit=unit, end=other.end)
        return Joined([first, other._replace(unit=unit)], at + 2)
    if one.numeral.unread or other.numeral.unread or (one.unit and one.unit != unit):
        return Joined([one], at + 1)
    whole = one._replace(end=other.end, value=low, to=high, unit=unit, unit_word=other.unit_word,
        numeral=other.numeral._replace(start=one.numeral.start),
    )  # fmt: skip
    if low >= high:
        # "Won 3-1" is a score; with a unit it may be a change, which is not said.
        if kind == "either":
            return Joined([one], at + 1)
        return Joined([whole] if unit else [], at + 2, DESCENDS if unit else "")
    return Joined([whole], at + 2)


def plain(value: Fraction) -> str:
    """As a decimal without an exponent; a third is cut at six places."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.6f}".rstrip("0")


def _per_cent(other: Measure) -> bool:
    """Whether the end of a range may be per cent as well: "5% to 10"."""
    return other.unit == "%" or (
        not other.unit
        and other.value <= 100
        and other.numeral.scale == 1
        and not other.numeral.letter
    )
