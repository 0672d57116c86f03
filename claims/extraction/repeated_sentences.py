"""Repeated sentences: the same statement twice in one article."""

import re

_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_SIMILARITY = 0.8
_COMPARED = 30  # of the latest with the same numbers and longest word


class Repeats:
    def __init__(self) -> None:
        self._seen: dict[tuple[tuple[str, ...], str], list[tuple[frozenset[str], int]]] = {}

    def add(self, folded: str, number: int) -> int | None:
        """The number of an earlier sentence with the same statement; if
        None, it is stored.
        """
        words = frozenset(_WORD.findall(folded.lower())) or frozenset({folded.strip()})
        numbers = tuple(sorted(_NUMBER.findall(folded)))
        # Only sentences with the same numbers and the same longest word are compared;
        # all pairs of a long article would be quadratic.
        bucket = self._seen.setdefault(
            (numbers, max(words, key=lambda word: (len(word), word))), []
        )
        for other, first in bucket[-_COMPARED:]:
            if len(words & other) >= _SIMILARITY * len(words | other):
                return first
        bucket.append((words, number))
        return None
