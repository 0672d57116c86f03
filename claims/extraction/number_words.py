"""The words of numbers in each language: a table of values, read by `numerals`."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sources import word_lists
from sources.word_lists import ordered


@dataclass(frozen=True, slots=True)
class NumberWords:
    """`small` are the words below a hundred, `hundreds` whole ones
    (doscientos), `hundred` what multiplies (hundred), `scales` from a
    dozen or a thousand upwards.

    `articles` stand before a scale or a fraction for one. `shares` are
    the denominators of fractions, `halves` what follows a whole number
    ("and a half"). `lone_shares` are a share by themselves: "half", "la
    mitad". `each` before one of `ordinals` is one of so many ("jeder
    fünfte"), but not of what is `not_each` ("jede zweite Woche").
    """

    small: dict[str, int]
    scales: dict[str, int]
    shares: dict[str, int]
    articles: frozenset[str]
    joins: frozenset[str]
    hundred: frozenset[str]
    hundreds: dict[str, int]
    point: str
    halves: re.Pattern[str] | None
    lone_shares: dict[str, Fraction]
    each: frozenset[str]
    ordinals: dict[str, int]
    not_each: frozenset[str]
    vague: frozenset[str]
    by_twenties: bool

    def vocabulary(self) -> frozenset[str]:
        tables = (self.small, self.scales, self.shares, self.hundreds, self.lone_shares)
        return frozenset().union(*tables) | self.hundred | self.each


def _counted(runs: list[dict[str, Any]]) -> dict[str, int]:
    return {
        word: run["first"] + run.get("step", 1) * place
        for run in runs
        for place, word in enumerate(ordered(run["words"]))
    }


def _valued(by_word: dict[str, str]) -> dict[str, int]:
    return {word: int(value) for word, value in by_word.items()}


def _listed(language: str) -> NumberWords:
    lists = _LISTS[language]
    return NumberWords(
        small=_counted(lists.entries("small")),
        scales=_valued(lists.by_word("scales")),
        shares=_valued(lists.by_word("shares")),
        articles=lists.set("articles"),
        joins=lists.set("joins"),
        hundred=lists.set("hundred"),
        hundreds=_counted(lists.entries("hundreds")),
        point=lists.text("point"),
        halves=_HALVES.get(language),
        lone_shares={word: Fraction(value) for word, value in lists.by_word("lone_shares").items()},
        each=lists.set("each"),
        ordinals=_valued(lists.by_word("ordinals")),
        not_each=lists.set("not_each"),
        vague=lists.set("vague"),
        by_twenties=lists.flag("by_twenties"),
    )


_LISTS = word_lists.beside(__file__)
_HALVES = {
    "en": re.compile(r"[ -]and[ -](?:a[ -]half|(?P<n>three)[ -]quarters|a[ -](?P<q>quarter))\b"),
    "fr": re.compile(r"\set\sdemie?\b"),
    "es": re.compile(r"\sy\smedi[oa]\b"),
}
BY_LANGUAGE = {language: _listed(language) for language in _LISTS}


def halves(language: str) -> re.Pattern[str] | None:
    """What makes of two years two and a half, behind them."""
    return _HALVES.get(language)


# German writes a number below a million as one word.
_COMPOUND = _LISTS["de"]["compound"]
_ONES, _TEENS, _TENS = (_counted(_COMPOUND.entries(part)) for part in ("ones", "teens", "tens"))
_one, _teen, _ten = ("|".join(sorted(t, key=len, reverse=True)) for t in (_ONES, _TEENS, _TENS))
GERMAN_BELOW_HUNDRED = rf"(?:{_teen}|(?:(?:{_one})und)?(?:{_ten})|(?:{_one}))"
_below_thousand = rf"(?:(?:(?:{_one})?hundert(?:und)?)?(?:{GERMAN_BELOW_HUNDRED})?)"
_GERMAN = re.compile(
    rf"(?:(?P<k>{_below_thousand})tausend(?:und)?)?(?P<u>{_below_thousand})(?P<half>einhalb)?"
)
_GERMAN_PARTS = re.compile(
    rf"(?:(?:(?P<h>{_one})?(?P<hundred>hundert)(?:und)?)?)"
    rf"(?:(?P<teen>{_teen})|(?:(?P<one>{_one})und)?(?P<ten>{_ten})|(?P<last>{_one}))?"
)
_LONGEST_COMPOUND = 60


def german(word: str) -> Fraction | None:
    """ "zweihundertfünfzigtausend", "dreieinhalb"; `word` is lower case."""
    if word in ("anderthalb", "eineinhalb"):
        return Fraction(3, 2)
    if len(word) > _LONGEST_COMPOUND:
        return None
    match = _GERMAN.fullmatch(word)
    if not match or not (match.group("u") or match.group("k") is not None):
        return None
    whole = _german_part(match.group("u"))
    if match.group("k") is not None:
        whole += max(1, _german_part(match.group("k"))) * 1000
    return Fraction(whole) + (Fraction(1, 2) if match.group("half") else 0)


def _german_part(word: str) -> int:
    match = _GERMAN_PARTS.fullmatch(word)
    if not match:
        return 0
    value = 100 * _ONES.get(match.group("h") or "", 1) if match.group("hundred") else 0
    value += _TEENS.get(match.group("teen") or "", 0) + _TENS.get(match.group("ten") or "", 0)
    return value + _ONES.get(match.group("one") or match.group("last") or "", 0)
