"""Words as data: a module that needs many has a TOML file of its name
beside it.

A list is running text, so that one reads a line of it and adds a word
to it. A table in square brackets is a language, or what its heading
says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def beside(module: str) -> Words:
    """The words of a module, which is given as its `__file__`."""
    return Words(read(module))


def read(module: str) -> dict[str, Any]:
    """The same, as it is written."""
    return tomllib.loads(Path(module).with_suffix(".toml").read_text("utf-8"))


def ordered(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def wordset(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Words:
    """The lists of a file or of one table of it. A list that is not there is empty."""

    def __init__(self, lists: dict[str, Any]) -> None:
        self._lists = lists

    def __getitem__(self, table: str) -> Words:
        return Words(self._lists[table])

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def text(self, name: str) -> str:
        return str(self._lists.get(name, ""))

    def ordered(self, name: str) -> tuple[str, ...]:
        return ordered(self.text(name))

    def set(self, name: str) -> frozenset[str]:
        return wordset(self.text(name))

    def pattern(self, name: str) -> str:
        """The words of a list, each of which may be a regular expression, as one."""
        return f"(?:{'|'.join(self.ordered(name))})"

    def flag(self, name: str) -> bool:
        return bool(self._lists.get(name, False))

    def entries(self, name: str) -> list[Any]:
        """A list whose entries are more than one word each, or tables."""
        return list(self._lists.get(name, []))

    def table(self, name: str) -> dict[str, Any]:
        return dict(self._lists[name])

    def by_word(self, name: str) -> dict[str, str]:
        """Each word to the heading that it stands under."""
        table: dict[str, str | list[str]] = self._lists.get(name, {})
        return {
            word: heading
            for heading, words in table.items()
            for word in (words.split() if isinstance(words, str) else words)
        }
