"""Folding of texts for comparison: case, quote marks, dashes, white space and Unicode
forms. Folded text is never stored.
"""

from __future__ import annotations

import re
import unicodedata
from array import array

CACHE_SIZE = 20_000

_single = dict.fromkeys(
    "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u02bc\u02b9\u0060\u00b4\uff07", "'"
)
_double = dict.fromkeys(
    "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb"
    "\u301d\u301e\u301f\u300c\u300d\u300e\u300f\uff02",
    '"',
)
_dashes = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d", "-")
_invisible = dict.fromkeys(
    "\u00ad\u200b\u200c\u200d\u200e\u200f"
    "\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "",
)
_marks = {**_single, **_double, **_dashes, **_invisible}
_space = re.compile(r"\s+")


class _Folding(dict[int, str]):
    """A translate table that learns each character once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        marked = _marks.get(character)
        if marked is None:
            plain = unicodedata.normalize(
                "NFKD", unicodedata.normalize("NFKD", character).casefold()
            )
            marked = "".join(_marks.get(part, part) for part in plain)
            # Every kind of white space becomes one space; runs are collapsed
            # afterwards.
            marked = _space.sub(" ", marked)
        # Bounded: a text of every character there is must not grow the table for good.
        if len(self) < CACHE_SIZE:
            self[code] = marked
        return marked


_folding = _Folding()


def folded(text: str) -> str:
    """The text folded, with single spaces."""
    return " ".join(text.translate(_folding).split())


def origins(text: str, *, upto: int) -> array[int]:
    """The offset in `text` of each of the first `upto` characters of its folded
    form.
    """
    offsets = array("L")
    blank = True
    for index, character in enumerate(text):
        for part in _folding[ord(character)]:
            if part != " " or not blank:
                offsets.append(index)
            blank = part == " "
        if len(offsets) >= upto:
            break
    return offsets
