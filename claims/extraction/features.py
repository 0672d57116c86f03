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
    words = {_word(shape) for shape in shapes}
    words.update(_pair(first, second) for first, second in zip(["^", *shapes], [*shapes, "$$"], strict=True))
    letters: set[int] = set()
    for shape in shapes:
        letters.update(_letters(shape))
    return Features(frozenset(words), frozenset(letters))


def _shape(word: str) -> str:
    """A figure counts by its length and form, never by its value."""
    if not word[0].isdigit():
        return word.lower()[:40]
    if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20"):
        return "0year"
    return "0" * min(len(word), 6) + ("." if "." in word else "")


@lru_cache(maxsize=_REMEMBERED)
def _word(shape: str) -> int:
    return zlib.crc32(shape.encode()) & _MASK


def _pair(first: str, second: str) -> int:
    return zlib.crc32(f"{first} {second}".encode()) & _MASK


@lru_cache(maxsize=_REMEMBERED)
def _letters(shape: str) -> tuple[int, ...]:
    padded = f" {shape} ".encode()
    return tuple(
        {
            zlib.crc32(padded[at : at + size]) & _MASK
            for size in range(_SHORTEST, _LONGEST + 1)
            for at in range(max(1, len(padded) - size + 1))
        }
    )
