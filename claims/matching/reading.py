# ruff: noqa: RUF001 - curly marks are the matter of this module
"""What a text says, as far as two texts can be compared by it: words,
names, figures, periods, directions, and whether it denies.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Self

from claims.extraction import comparable, fold, measurements
from claims.matching import words
from factcheck.ledger.full_text import folded
from sources import word_lists

# Raised when what is read changes: `rebuild_matching` reads all entries anew.
VERSION = 2
_LISTS = word_lists.beside(__file__)
_DENIES = {language: _LISTS["denies"].pattern(language) for language in _LISTS["denies"]}
_DENIAL = re.compile(rf"\b(?:{'|'.join(_DENIES.values())})\b|n['’]t\b")
# Both say it: two texts of one pair say opposite things.
_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, _, other in (pair.partition(" | ") for pair in _LISTS.text("opposites").splitlines())
    if other
)
# By word as it is compared, the sides that it is on.
SIDES_OF: dict[str, frozenset[int]] = defaultdict(frozenset)
for _number, _pair in enumerate(_OPPOSITES, 1):
    for _side, _of_side in ((_number, _pair[0]), (-_number, _pair[1])):
        for _word in map(words.stem, _of_side):
            SIDES_OF[_word] |= {_side}
DENYING = frozenset(
    words.stem(word) for language in _LISTS["denies"] for word in _LISTS["denies"].set(language)
)
_NAME = re.compile(r"(?<![\w’'])[A-ZÀ-ÖØ-Þ][\w’'-]*")
_SENTENCE = re.compile(r"(?:^|[.!?:]\s+[“\"'(]*|^[“\"'(]+)$")
_FOLLOWED = re.compile(r"\s[A-ZÀ-ÖØ-Þ][a-zß-ÿ]")
_VOTE = frozenset(("vote", "votes", "voted", "voting", "stimmte", "stimmt", "stimmten"))
_AGAINST = frozenset(("against", "gegen"))
_COUNTS = {word: str(number) for number, word in enumerate(_LISTS.ordered("counts"), 2)}
_ALTERNATIVES = {kind: _LISTS["alternatives"].by_word(kind) for kind in _LISTS["alternatives"]}
# What is no single word: its kind, its value, or how the number in it is written.
_PHRASES = (
    (re.compile(r"\b(?:all|everyone|everything) but\b"), "scope", "except"),
    (re.compile(rf"\b(?P<number>{'|'.join(_COUNTS)}|\d+) times\b"), "multiple", ""),
    (re.compile(r"\b(?P<number>\d+)(?:st|nd|rd|th)\b"), "place", ""),
    (re.compile(r"\b(?:over|above|uber) [$€£]?(?=\d)"), "bound", "more"),
    (re.compile(r"\b(?:under|below|unter) [$€£]?(?=\d)"), "bound", "less"),
)
# A fifth of something is no place.
_SHARE = re.compile(r"\b(?:an?|one|two|three|four|\d+)[ -]+\w+$")
# By whom something is done, and with what it is compared.
_AGENT = re.compile(rf"\b(?:by|par|por)\s(?!\d|{'|'.join(_COUNTS)})")
_COMPARED = re.compile(
    r"\bthan\b|\b(?:plus|moins|mieux|mas|menos|mejor|peor|mayor|menor)\b.*?\b(?:que\b|qu['’])"
)
# A thing is said in any order there, or this reads no endings that tell who did it.
_FREE_ORDER = frozenset(("de", "lb", "nl", "ar", "ru", "uk", "pl", "cs", "tr"))
# All nouns have a capital there.
_CAPITAL_NOUNS = frozenset(("de", "lb"))


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is a number as text, or a range from it up to `to`."""

    text: str
    value: str
    unit: str
    noun: str
    to: str = ""

    @property
    def number(self) -> float:
        try:
            return float(Fraction(self.value))
        except (ValueError, ZeroDivisionError, OverflowError):
            return 0.0


@dataclass(frozen=True)  # without slots: cached_property keeps its value in __dict__
class Reading:
    """`words` are in their order; all else is a set, sorted so that the
    same text gives the same row.
    """

    words: tuple[str, ...]
    # As they are compared, and as they are written.
    names: tuple[tuple[str, str], ...] = ()
    figures: tuple[Figure, ...] = ()
    periods: tuple[str, ...] = ()
    # Which side of which pair of opposites: its number, negative for the second.
    sides: tuple[int, ...] = ()
    denies: bool = False
    # Kind, value, and the word that says it: see `alternatives` in the list of words.
    alternatives: tuple[tuple[str, str, str], ...] = ()
    # “plain”, “by” somebody, or “than” and the words that follow it; nothing where the
    # order of words does not tell who did it.
    order: tuple[str, ...] = ()

    @cached_property
    def distinct(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def letters(self) -> frozenset[str]:
        return words.letters(self.words)

    def to_json(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "words": list(self.words),
            "names": [list(pair) for pair in self.names],
            "figures": [[one.text, one.value, one.unit, one.noun, one.to] for one in self.figures],
            "periods": list(self.periods),
            "sides": list(self.sides),
            "denies": self.denies,
            "alternatives": [list(one) for one in self.alternatives],
            "order": list(self.order),
        }

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Self:
        return cls(
            tuple(row["words"]),
            tuple((stem, name) for stem, name in row["names"]),
            tuple(Figure(*one) for one in row["figures"]),
            tuple(row["periods"]),
            tuple(row["sides"]),
            row["denies"],
            tuple((kind, value, word) for kind, value, word in row.get("alternatives", ())),
            tuple(row.get("order", ())),
        )


def read(text: str, language: str = "en") -> Reading:
    short = language.partition("-")[0].lower()
    plain = words.cleaned(text)
    view = fold.fold(plain)
    stated = comparable.read(view)
    stems = words.of(text)
    lower = folded(view)
    tokens = frozenset(re.findall(r"[^\W\d_]+", lower))
    return Reading(
        stems,
        () if short in _CAPITAL_NOUNS else _names(view),
        tuple(
            Figure(one.text, one.value, one.unit, one.noun.lower(), one.to)
            for one in measurements.find(view, 0, None, short or "en").quantities
        ),
        tuple(sorted(map(_in_digits, stated.periods))),
        _sides(tokens),
        _DENIAL.search(lower) is not None,
        _alternatives(lower),
        () if short in _FREE_ORDER else _order(lower),
    )


def _names(view: str) -> tuple[tuple[str, str], ...]:
    """Words with a capital, but for the first of a sentence, which has one anyway."""
    found: dict[str, str] = {}
    for match in _NAME.finditer(view):
        word = folded(match.group()).removesuffix("'s").removesuffix("’s")
        first = _SENTENCE.search(view[: match.start()]) is not None
        # A name in front is one of two words, such as a first name and a last one.
        alone = first and not match[0].isupper() and not _FOLLOWED.match(view, match.end())
        if len(word) > 1 and word not in words.STOP and not alone:
            found.setdefault(words.stem(word), match.group())
    return tuple(sorted(found.items()))


def _sides(tokens: frozenset[str]) -> tuple[int, ...]:
    sides = []
    for number, (one, other) in enumerate(_OPPOSITES, 1):
        mine, theirs = bool(tokens & one), bool(tokens & other)
        if mine != theirs:
            sides.append(number if mine else -number)
    if tokens & _VOTE:
        sides.append(0x100 if tokens & _AGAINST else -0x100)
    return tuple(sides)


def _alternatives(lower: str) -> tuple[tuple[str, str, str], ...]:
    found = set()
    for pattern, kind, value in _PHRASES:
        for match in pattern.finditer(lower):
            number = match.groupdict().get("number", "")
            found.add((kind, value or _COUNTS.get(number, number), match.group().strip(" $€£")))
        # “All but two” are not all.
        lower = pattern.sub(" ", lower) if value == "except" else lower
    for match in re.finditer(r"[^\W\d_]+", lower):
        for kind, values in _ALTERNATIVES.items():
            value = values.get(match.group(), "")
            if value and not (kind == "place" and _SHARE.search(lower[: match.end()])):
                found.add((kind, value, words.stem(match.group())))
    return tuple(sorted(found))


def _order(lower: str) -> tuple[str, ...]:
    if compared := _COMPARED.search(lower):
        return ("than", *words.of(lower[compared.end() :])[:3])
    return ("by",) if _AGENT.search(lower) else ("plain",)


def _in_digits(period: str) -> str:
    """“Ten years” as “10 years”."""
    first, _, rest = period.partition(" ")
    return f"{_COUNTS[first]} {rest}" if first in _COUNTS else period
