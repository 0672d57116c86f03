# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
import re
from typing import NamedTuple

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[.,]\d+|[’'&/-]\w+|\.(?=\w)\w+)*|[^\w\s]")


class Token(NamedTuple):
    text: str
    low: str
    start: int
    end: int
    quoted: bool

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def tokenize(sentence: str, quoted: tuple[tuple[int, int], ...] = ()) -> list[Token]:
    """Tokens of a sentence; `quoted` are the passages inside quotation marks, in order."""
    found: list[Token] = []
    passages = iter(quoted)
    current = next(passages, None)
    for match in _TOKEN.finditer(sentence):
        start = match.start()
        while current and start >= current[1]:
            current = next(passages, None)
        inside = current is not None and start >= current[0]
        word = match.group()
        found.append(Token(word, word.lower().replace("’", "'"), start, match.end(), inside))
    return found
