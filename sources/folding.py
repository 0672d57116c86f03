"""Folding of texts for comparison: case, quote marks, dashes, white
space, Unicode forms, footnote marks, and words broken at the end of a
line. Folded text is never stored.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from heapq import merge
from itertools import islice

from sources.superscripts import Piece, pieces

CACHE_SIZE = 20_000
# Beyond these a text is compared letter by letter: what people write has fewer.
MOST_PIECES = 100_000

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
_marks = {**_single, **_double, **_dashes, **_invisible, "\u2044": "/", "\x02": ""}
_space = re.compile(r"\s+")
# A hyphen at the end of a line may belong to the word, or only to the line.
LINE_HYPHEN = "\x02"  # in no stored text
_line_end = re.compile(r"([-\u00ad\u2010\u2011])[^\S\n]*\n\s*(?=(\w))")


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


def folded(text: str, *, line_hyphens: bool = False) -> str:
    """The text folded, with single spaces. With `line_hyphens`, a
    hyphen that may only belong to a line end is LINE_HYPHEN; without,
    such words are one.
    """
    parts: list[str] = []
    place = 0
    for piece in _pieces(text):
        parts += text[place : piece.start].translate(_folding), piece.compared
        place = piece.end
    whole = "".join([*parts, text[place:].translate(_folding)])
    return " ".join((whole if line_hyphens else whole.replace(LINE_HYPHEN, "")).split())


def origins(text: str, *, upto: int) -> array[int]:
    """The offset in `text` of each of the first `upto` characters of
    its folded form, line hyphens included.
    """
    offsets = array("L")
    blank = True
    for index, end, compared in _steps(text):
        for number, part in enumerate(compared, 1):
            if part != " " or not blank:
                offsets.append(end - 1 if number == len(compared) else index)
            blank = part == " "
        if len(offsets) >= upto:
            break
    return offsets


def _steps(text: str) -> Iterator[tuple[int, int, str]]:
    place = 0
    for piece in (*_pieces(text), Piece(len(text), len(text), "")):
        for index in range(place, piece.start):
            yield index, index + 1, _folding[ord(text[index])]
        yield piece.start, piece.end, piece.compared
        place = piece.end


def _pieces(text: str) -> Iterator[Piece]:
    place = 0
    for piece in islice(merge(_line_ends(text), pieces(text)), MOST_PIECES):
        if piece.start >= place:
            yield piece
            place = piece.end


def _line_ends(text: str) -> Iterator[Piece]:
    for match in _line_end.finditer(text):
        hyphen, following = match[1], match[2]
        previous = text[max(0, match.start() - 1) : match.start()]
        if not previous.isalnum():
            continue  # a dash
        if hyphen == "\u00ad":
            compared = ""
        elif previous.isalpha() and following.isalpha() and not following.isupper():
            compared = LINE_HYPHEN
        else:
            compared = "-"
        yield Piece(*match.span(), compared)
