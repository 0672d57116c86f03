# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Tokens of a sentence, each marked as quoted or not."""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?<!\w)@\w+|\w+(?:[.,]\d+|[’'&/-]\w+|\.(?=\w)\w+)*|[^\w\s]"
)

_CACHE_SIZE = 16_384


class Token(NamedTuple):
    text: str
    low: str
    start: int
    end: int
    quoted: bool

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.is_handle

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper() or self.is_handle

    @property
    def is_handle(self) -> bool:
        """A name on a platform: @ana_ruiz."""
        return self.text[0] == "@" and len(self.text) > 1


def tokenize(sentence: str, quoted: tuple[tuple[int, int], ...] = ()) -> list[Token]:
    """Tokens of a sentence; `quoted` are the passages inside quotation
    marks, in order.
    """
    if not quoted:
        return [
            Token(word, _low(word), match.start(), match.end(), False)
            for match in _TOKEN.finditer(sentence)
            if (word := match.group())
        ]
    tokens: list[Token] = []
    passages = iter(quoted)
    current = next(passages, None)
    for match in _TOKEN.finditer(sentence):
        start = match.start()
        while current and start >= current[1]:
            current = next(passages, None)
        inside = current is not None and start >= current[0]
        word = match.group()
        tokens.append(Token(word, _low(word), start, match.end(), inside))
    return tokens


# News uses few words again and again; the cache also lets equal words share one string.
@lru_cache(maxsize=_CACHE_SIZE)
def _low(word: str) -> str:
    return word.lower().replace("’", "'")
