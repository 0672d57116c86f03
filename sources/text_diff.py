"""The difference between two texts, word by word, in reading order.
Time is bounded for any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

AROUND = 40  # words of unchanged text kept on each side of a change
MOST_LINES = 3_000  # compared with each other: beyond this the whole middle counts as replaced
MOST_WORDS = 2_000
MOST_WORDS_IN_ALL = 20_000
LONGEST_SHOWN = 20_000  # characters of one piece

_token = re.compile(r"\S+\s*|\s+")


class Kind(StrEnum):
    same = "same"
    removed = "removed"
    added = "added"
    skipped = "skipped"


class Piece(NamedTuple):
    """One passage. `text` is empty if the passage is skipped; `words` is its length."""

    kind: Kind
    text: str
    words: int


def difference(before: str, after: str, *, around: int = AROUND) -> list[Piece]:
    """The passages, removed before added, unchanged ones cut to
    `around` words beside a change. Empty if the words are equal.
    """
    pieces = _merged(_pieces(_lines(before), _lines(after)))
    if all(kind == Kind.same for kind, _ in pieces):
        return []
    return list(_shortened(pieces, around))


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _pieces(before: list[str], after: list[str]) -> Iterator[tuple[Kind, str]]:
    """Line by line first: most of a page is unchanged, and only changed
    lines are compared by word.
    """
    key = [line.split() for line in before], [line.split() for line in after]
    head = _alike(*key)
    tail = _alike([*reversed(key[0][head:])], [*reversed(key[1][head:])])
    yield Kind.same, "".join(after[:head])
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    words_left = MOST_WORDS_IN_ALL
    if max(map(len, middle)) > MOST_LINES:
        yield from _replaced(*middle)
    else:
        for kind, a1, a2, b1, b2 in _opcodes(
            [" ".join(line.split()) for line in middle[0]],
            [" ".join(line.split()) for line in middle[1]],
        ):
            if kind == "equal":
                yield Kind.same, "".join(middle[1][b1:b2])
            else:
                old, new = (
                    _token.findall("".join(lines)) for lines in (middle[0][a1:a2], middle[1][b1:b2])
                )
                words_left -= len(old) + len(new)
                yield from _words(old, new) if words_left > 0 else _replaced(old, new)
    yield Kind.same, "".join(after[len(after) - tail :])


def _words(old: list[str], new: list[str]) -> Iterator[tuple[Kind, str]]:
    keys = [word.strip() for word in old], [word.strip() for word in new]
    head = _alike(*keys)
    tail = _alike([*reversed(keys[0][head:])], [*reversed(keys[1][head:])])
    yield Kind.same, "".join(new[:head])
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(map(len, middle)) > MOST_WORDS:
        yield from _replaced(*middle)
    else:
        for kind, a1, a2, b1, b2 in _opcodes(
            keys[0][head : len(old) - tail], keys[1][head : len(new) - tail]
        ):
            if kind == "equal":
                yield Kind.same, "".join(middle[1][b1:b2])
            else:
                yield from _replaced(middle[0][a1:a2], middle[1][b1:b2])
    yield Kind.same, "".join(new[len(new) - tail :])


def _opcodes(
    before: list[str],
    after: list[str],
) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(
        None, before, after, autojunk=len(before) * len(after) > 1_000_000
    ).get_opcodes()


def _replaced(
    before: Iterable[str],
    after: Iterable[str],
) -> Iterator[tuple[Kind, str]]:
    yield Kind.removed, "".join(before)
    yield Kind.added, "".join(after)


def _alike(
    one: list[object] | list[str] | list[list[str]],
    other: list[object] | list[str] | list[list[str]],
) -> int:
    """The length of the common start."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _merged(pieces: Iterable[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """Joins neighbours of one kind; white space alone is no change."""
    cleaned = ((kind if text.strip() else Kind.same, text) for kind, text in pieces if text)
    return _trimmed(
        [
            (kind, "".join(text for _, text in group))
            for kind, group in groupby(cleaned, key=lambda piece: piece[0])
        ]
    )


def _trimmed(pieces: list[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """Moves white space after a changed word to what follows, so that
    only words are marked.
    """
    trimmed: list[tuple[Kind, str]] = []
    blank = ""
    for kind, text in pieces:
        if kind == Kind.same:
            trimmed.append((kind, blank + text))
            blank = ""
            continue
        words = text.rstrip()
        trimmed.append((kind, words))
        blank = text[len(words) :]
    return [*trimmed, (Kind.same, blank)] if blank else trimmed


def _shortened(pieces: list[tuple[Kind, str]], around: int) -> Iterator[Piece]:
    for number, (kind, text) in enumerate(pieces):
        words = _token.findall(text)
        if kind != Kind.same:
            yield Piece(
                kind,
                text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]} …",
                len(words),
            )
            continue
        first, last = (around if number else 0), (around if number + 1 < len(pieces) else 0)
        if len(words) <= first + last + 10:
            yield Piece(kind, text, len(words))
            continue
        if first:
            yield Piece(kind, "".join(words[:first]), first)
        yield Piece(Kind.skipped, "", len(words) - first - last)
        if last:
            yield Piece(kind, "".join(words[-last:]), last)
