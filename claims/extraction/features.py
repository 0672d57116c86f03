# ruff: noqa: RUF001 - curly marks are the matter of this module
"""What the trained model sees of a sentence: words and letters as hashes, and how its figures read.

Nothing here can be turned back into words: a feature is a number below `SIZE`.
"""

import re
import zlib
from functools import lru_cache
from typing import NamedTuple

BITS = 16
SIZE = 1 << BITS
_MASK = SIZE - 1
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[$€£%?!:;]")
_SHORTEST, _LONGEST = 3, 5
_REMEMBERED = 8192
_WORDS_READ = 400


class Features(NamedTuple):
    """Distinct feature numbers: single words and pairs in one table, letters in another."""

    words: frozenset[int]
    letters: frozenset[int]


def of(sentence: str) -> Features:
    """`sentence` is folded. Words past the four-hundredth are not read."""
    shapes = [_shape(word) for word in _WORD.findall(sentence.replace("’", "'"))[:_WORDS_READ]]
    seen = [_spelled(shape) for shape in shapes]
    words = {one.number for one in seen}
    before = _FIRST
    for one in seen:
        words.add(zlib.crc32(one.written, before) & _MASK)
        before = one.opens
    words.add(zlib.crc32(_LAST, before) & _MASK)
    return Features(frozenset(words), frozenset().union(*[one.letters for one in seen]))


@lru_cache(maxsize=_REMEMBERED)
def _shape(word: str) -> str:
    """A figure counts by its length and form, never by its value."""
    if not word[0].isdigit():
        return word.lower()[:40]
    if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20"):
        return "0year"
    return "0" * min(len(word), 6) + ("." if "." in word else "")


class _Spelled(NamedTuple):
    """`opens` is the checksum of the word and a space, from which that of a pair is one step
    further.
    """

    written: bytes
    number: int
    opens: int
    letters: frozenset[int]


_FIRST, _LAST = zlib.crc32(b"^ "), b"$$"


@lru_cache(maxsize=_REMEMBERED)
def _spelled(shape: str) -> _Spelled:
    written = shape.encode()
    padded = f" {shape} ".encode()
    letters = frozenset(
        zlib.crc32(padded[at : at + size]) & _MASK
        for size in range(_SHORTEST, _LONGEST + 1)
        for at in range(max(1, len(padded) - size + 1))
    )
    return _Spelled(written, zlib.crc32(written) & _MASK, zlib.crc32(written + b" "), letters)
