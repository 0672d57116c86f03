# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Folding: a view of the text with one form of each quotation mark,
space and digit, and without footnote marks.

Every fold replaces one code point by one code point, so an offset in
the view is an offset in the text and no map is needed. Plain NFKC would
change lengths.

Which mark opens and which closes differs by country: „so“, »so«, «so».
Its position decides.
"""

import re
import sys
import unicodedata
from itertools import islice

from sources.superscripts import pieces

MOST_MARKS = 100_000
OPENERS = "“„‟«"
CLOSERS = "”»"
_LINE_ENDS = "\u000b\u000c\u0085\u2028\u2029"
_SPACES = "\t\u00a0\u1680\u202f\u205f\u3000\u200b\u2060\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DASHES = "\u2010\u2011\u2212"


def _digits() -> dict[int, str]:
    table = {}
    for code in range(0x80, min(sys.maxunicode, 0x20000)):
        if unicodedata.category(chr(code)) == "Nd":
            table[code] = str(unicodedata.decimal(chr(code)))
    return table


def _table() -> dict[int, str]:
    table = _digits()
    # Full-width forms of ASCII, as East Asian keyboards write them.
    table.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
    table.update(dict.fromkeys(map(ord, OPENERS), "“"))
    table.update(dict.fromkeys(map(ord, CLOSERS), "”"))
    table.update(dict.fromkeys(map(ord, "‘‚‛‹"), "‘"))
    table.update(dict.fromkeys(map(ord, "’›ʼ"), "’"))
    table.update(dict.fromkeys(map(ord, _LINE_ENDS), "\n"))
    table.update(dict.fromkeys(map(ord, _SPACES), " "))
    table.update(dict.fromkeys(map(ord, _DASHES), "-"))
    table[ord("―")] = "—"
    return table


_TABLE = _table()


_FOREIGN_MARKS = re.compile("[„‚»›]")
# A mark of the other direction than its position: an opening one behind a letter, or
# the reverse.
_TURNED = re.compile(r"(?<=[^\s(„‚“‘»›])[“«‘‹](?![^\W_])|(?<![^\s(„‚])[»›](?=[^\W_])")
_TURN = str.maketrans("“«‘‹»›", "””’’“‘")


def fold(text: str) -> str:
    text = _without_marks(text)
    # English texts, which are most, skip the pattern.
    if _FOREIGN_MARKS.search(text):
        text = _TURNED.sub(lambda mark: mark.group().translate(_TURN), text)
    # CR LF becomes a space and LF: one for one, as everywhere here.
    return text.translate(_TABLE).replace("\r\n", " \n").replace("\r", "\n")


def lower(text: str) -> str:
    """In lower case and of the same length: “İ” would become two code points."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def _without_marks(text: str) -> str:
    """The text with spaces for footnote marks: no part of figures or words."""
    parts: list[str] = []
    place = 0
    for piece in islice(pieces(text), MOST_MARKS):
        if piece.mark:
            parts += text[place : piece.start], " " * (piece.end - piece.start)
            place = piece.end
    return "".join([*parts, text[place:]])
