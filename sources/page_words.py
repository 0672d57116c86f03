"""The phrases of page_words.toml, compiled."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple

from sources import word_lists

_GAP = r"(?:\W+\w[\w'-]*){0,8}?\W+"
# “Page not found on this server”, but not “Files missing from the ministry”; “Checking
# your browser before accessing the Post”
_TAILS = {
    "missing": r"(?:\W+(?:on|at|auf|bei|sur|em|su)\b(?:\W+[\w.'-]+){1,4}"
    r"|\W+from\W+(?:this|our|the)\W+(?:web\W?)?(?:site|server|page|system|database|archive))?",
    "blocked": r"(?:\W+(?:on|at|from|to|before|bevor|avant|antes|prima|auf|bei|zu|sur|em|su)\b"
    r"(?:\W+[\w.'-]+){1,4})?",
}


class Phrases(NamedTuple):
    """`whole` matches words that say nothing else, `begun` what begins
    so; `anywhere` leaves out the numbers, which mean nothing within a
    sentence. `itself` is what only the page itself is called, or asks.
    """

    whole: re.Pattern[str]
    begun: re.Pattern[str]
    anywhere: re.Pattern[str]
    itself: re.Pattern[str]
    whole_says_all: bool

    def may_end(self, words: list[str]) -> bool:
        """Whether these words may stand behind a phrase that says all.
        “… is not here any more”, but not “… was removed from the charter”.
        """
        return afters().issuperset(words) if self.whole_says_all else len(words) <= 2


class AddressWords(NamedTuple):
    errors: frozenset[str]
    whole: frozenset[str]
    within: frozenset[str]
    beside: frozenset[str]
    paths: frozenset[str]
    hosts: frozenset[str]


@cache
def missing() -> Phrases:
    words = [word for of in _data().values() for word in of.get("itself", ())]
    itself = re.compile(rf"(?<!\w)(?:{_unaccented('|'.join(words))})(?!\w)")
    return _compiled("missing", itself, whole_says_all=True)


@cache
def blocked() -> Phrases:
    # What one must do first may be asked of members, or of voters, too.
    return _compiled("blocked", banners(), whole_says_all=False)


@cache
def addresses() -> AddressWords:
    return AddressWords(**{name: frozenset(of) for name, of in _data()["addresses"].items()})


@cache
def banners() -> re.Pattern[str]:
    """What banners on top of living pages are about."""
    return re.compile("|".join(map(_unaccented, _data()["banners"]["words"])))


@cache
def fillers() -> re.Pattern[str]:
    """Words that say no more than “Sorry” or “Error”."""
    return re.compile(rf"\W*(?:{_filler()})+")


@cache
def afters() -> frozenset[str]:
    return frozenset(map(_unaccented, _data()["after"]["words"]))


@cache
def ors() -> frozenset[str]:
    return frozenset(_data()["or"]["words"])


@cache
def _data() -> dict[str, Any]:
    return word_lists.read(__file__)


def _compiled(kind: str, itself: re.Pattern[str], *, whole_says_all: bool) -> Phrases:
    numbers = _phrases("numbers", kind)
    sentences = [
        phrase
        for language, words in _data().items()
        if kind in words and language != "numbers"
        for phrase in _phrases(language, kind)
    ]
    phrase = "|".join(numbers + sentences)
    fillers = f"(?:{_filler()})*"
    return Phrases(
        re.compile(rf"\W*{fillers}(?:{phrase}){_TAILS[kind]}(?:\W*(?:{phrase}))?\W*"),
        re.compile(rf"\W*{fillers}(?:{phrase})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{'|'.join(sentences)})(?!\w)"),
        itself,
        whole_says_all,
    )


def _filler() -> str:
    return rf"(?:{_unaccented('|'.join(_data()['fillers']['words']))})\b\W*"


def _phrases(language: str, kind: str) -> list[str]:
    words = _data()[language]
    thing = f"(?:{'|'.join(words['thing'])})"
    apart, ends = [], []
    for phrase in words[kind]:
        begins, gap, end = phrase.partition("{thing}…")
        # The gap is searched once for all ends, which takes half the time. They come
        # first: “The page you want was removed” says more than “The page you want”.
        if gap and not begins:
            ends.append(end)
        else:
            apart.append(phrase)
    phrases = [f"{{thing}}…(?:{'|'.join(ends)})", *apart] if ends else apart
    return [
        f"(?:{_unaccented(phrase.replace('{thing}', thing).replace('…', _GAP))})"
        for phrase in phrases
    ]


def _unaccented(pattern: str) -> str:
    decomposed = unicodedata.normalize("NFKD", pattern)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
