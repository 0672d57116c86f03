"""The phrases of page_words.toml, compiled."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple

from sources import word_lists

_GAP = r"(?:\W+\w[\w'-]*){0,8}?\W+"
# “Page not found on this server”
_TAIL = (
    r"(?:\W+(?:on|at|from|to|before|bevor|avant|antes|prima|auf|bei|zu|sur|em|su)\b"
    r"(?:\W+[\w.'-]+){1,4})?"
)


class Phrases(NamedTuple):
    """`whole` matches words that say nothing else, `begun` what begins
    so; `anywhere` leaves out the numbers, which mean nothing within a
    sentence.
    """

    whole: re.Pattern[str]
    begun: re.Pattern[str]
    anywhere: re.Pattern[str]


class AddressWords(NamedTuple):
    errors: frozenset[str]
    whole: frozenset[str]
    within: frozenset[str]
    hosts: frozenset[str]


@cache
def missing() -> Phrases:
    return _compiled("missing")


@cache
def blocked() -> Phrases:
    return _compiled("blocked")


@cache
def addresses() -> AddressWords:
    return AddressWords(**{name: frozenset(of) for name, of in _data()["addresses"].items()})


@cache
def banners() -> re.Pattern[str]:
    """What banners on top of living pages are about."""
    return re.compile("|".join(map(_unaccented, _data()["banners"]["words"])))


@cache
def _data() -> dict[str, Any]:
    return word_lists.read(__file__)


def _compiled(kind: str) -> Phrases:
    numbers = _phrases("numbers", kind)
    sentences = [
        phrase
        for language, words in _data().items()
        if kind in words and language != "numbers"
        for phrase in _phrases(language, kind)
    ]
    phrase = "|".join(numbers + sentences)
    fillers = rf"(?:(?:{_unaccented('|'.join(_data()['fillers']['words']))})\b\W*)*"
    return Phrases(
        re.compile(rf"\W*{fillers}(?:{phrase}){_TAIL}(?:\W*(?:{phrase}))?\W*"),
        re.compile(rf"\W*{fillers}(?:{phrase})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{'|'.join(sentences)})(?!\w)"),
    )


def _phrases(language: str, kind: str) -> list[str]:
    words = _data()[language]
    thing = f"(?:{'|'.join(words['thing'])})"
    return [
        f"(?:{_unaccented(phrase.replace('{thing}', thing).replace('…', _GAP))})"
        for phrase in words[kind]
    ]


def _unaccented(pattern: str) -> str:
    decomposed = unicodedata.normalize("NFKD", pattern)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
