# ruff: noqa: RUF001 - curly marks are the matter of this module
"""Features of a sentence for the scoring model: hashed words, letters
and shapes of figures.

Nothing here can be turned back into words: a feature is a number below
`SIZE`.
"""

import re
import zlib
from functools import lru_cache
from typing import NamedTuple

BITS = 16
SIZE = 1 << BITS
_MASK = SIZE - 1  # SIZE is a power of two, so & is the modulo
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[$€£%?!:;]")
_SHORTEST, _LONGEST = 3, 5
_CACHE_SIZE = 8192
_WORDS_READ = 400


class Features(NamedTuple):
    """Distinct feature numbers: single words and pairs in one table,
    letters in another.
    """

    words: frozenset[int]
    letters: frozenset[int]


def of(sentence: str) -> Features:
    """`sentence` is folded. Words past the four-hundredth are not read."""
    shapes = [_shape(word) for word in _WORD.findall(sentence.replace("’", "'"))[:_WORDS_READ]]
    hashed = [_hashed(shape) for shape in shapes]
    words = {one.number for one in hashed}
    before = _FIRST
    for one in hashed:
        words.add(zlib.crc32(one.written, before) & _MASK)
        before = one.opens
    words.add(zlib.crc32(_LAST, before) & _MASK)
    return Features(frozenset(words), frozenset().union(*[one.letters for one in hashed]))


@lru_cache(maxsize=_CACHE_SIZE)
def _shape(word: str) -> str:
    """The word in lower case; of a figure only its length and form, never its value."""
    if not word[0].isdigit():
        return word.lower()[:40]
    if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20"):
        return "0year"
    return "0" * min(len(word), 6) + ("." if "." in word else "")


class _HashedWord(NamedTuple):
    """`opens` is the checksum of the word and a space, which crc32
    continues to that of a pair.
    """

    written: bytes
    number: int
    opens: int
    letters: frozenset[int]


# crc32 and not hash(): Python salts hash() in every process, and the weights would fit
# none.
_FIRST, _LAST = zlib.crc32(b"^ "), b"$$"


@lru_cache(maxsize=_CACHE_SIZE)
def _hashed(shape: str) -> _HashedWord:
    written = shape.encode()
    padded = f" {shape} ".encode()
    letters = frozenset(
        zlib.crc32(padded[at : at + size]) & _MASK
        for size in range(_SHORTEST, _LONGEST + 1)
        for at in range(max(1, len(padded) - size + 1))
    )
    return _HashedWord(written, zlib.crc32(written) & _MASK, zlib.crc32(written + b" "), letters)
