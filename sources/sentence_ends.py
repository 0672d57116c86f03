# ruff: noqa: RUF001 - marks of several scripts are the matter of this module
"""Where the sentences around a place begin and end, to show a passage
whole.

Where it is in doubt, it sees no end: a passage that is longer than need
be is still what the text says.
"""

from __future__ import annotations

import re

from sources import word_lists

REACH = 2_000  # characters looked at on each side
_LISTS = word_lists.beside(__file__)
_ABBREVIATIONS = frozenset().union(*(_LISTS[name].set("abbreviations") for name in _LISTS))
_end = re.compile(
    r"[.!?…؟।۔]++[\"'”’»)\]]*+(?:[⁰¹²³⁴-⁹]+|(?:\[\w{1,4}\])+)?(?=\s)|[。！？｡]+[」』”’）]*|\n+"
)
_last_word = re.compile(r"[^\W_]+$")


def is_wrapped(text: str) -> bool:
    """Whether lines end where the page is full, as in a PDF."""
    lines = [line.rstrip() for line in text[:20_000].split("\n")[:-1] if len(line) > 40]
    open_lines = sum(line[-1].isalnum() or line[-1] in ",;-" for line in lines if line)
    return len(lines) > 3 and 2 * open_lines > len(lines) and max(map(len, lines)) < 200


def sentence_around(
    text: str,
    start: int,
    end: int,
    *,
    wrapped: bool,
) -> tuple[int, int]:
    """The whole sentences that a stretch of a text touches."""
    begun = max(0, start - REACH)
    first = begun
    for match in _end.finditer(text, begun, min(len(text), start + 1)):
        if match.end() <= start and _ends(text, match, wrapped=wrapped):
            first = match.end()
    last = min(len(text), end + REACH)
    for match in _end.finditer(text, max(first, end - 1), last):
        if match.end() >= end and _ends(text, match, wrapped=wrapped):
            last = match.start() if match[0][0] == "\n" else match.end()
            break
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def _ends(text: str, match: re.Match[str], *, wrapped: bool) -> bool:
    following = text[match.end() : match.end() + 200].lstrip()[:1]
    if match[0][0] == "\n":
        return not (wrapped and len(match[0]) == 1)
    if following.islower():
        return False
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    word = _last_word.search(text, max(0, match.start() - 30), match.start())
    if word is None:
        return True
    ordinal = word[0].isdigit() and len(word[0]) <= 2 and following.isalpha()
    # “J. Roe”, “Moss v. Brack”, “h. c.”, “5 p.m. in London”, “د. خالد”
    initial = len(word[0]) == 1 and word[0].isalpha()
    return not (ordinal or initial or word[0].lower() in _ABBREVIATIONS)
