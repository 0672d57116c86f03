# ruff: noqa: RUF001 - dashes are the matter of this module
"""Who speaks in a transcript: the names that stand before what is said, with or without a time
code.

A line alone ("LONDON: Five were hurt") can be a dateline as well. It is read as a speaker where the
page shows that it is a transcript: a time code, a title after the name, a name that returns, or
somebody who says I, we or you.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.word_lists import wordset

_TIME = r"[\[(<]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])>]?"
_SHOUTED = r"(?:[A-Z][A-Z.’'-]*[A-Z.](?:\s+[A-Z][A-Z.’'-]*){0,4}|[QA](?=\s?:))"
_TITLED = r"(?:[A-Z][\w.’'-]*)(?:\s+(?:(?:al|de|van|von|bin|der|la)\s)?[A-Z][\w.’'-]*){0,3}"
_LABEL = re.compile(rf"""(?x)(?:>{{2,3}}\s*)?(?P<time>{_TIME}\s*[-–—|]?\s*)?
    (?:(?P<shouted>{_SHOUTED})(?P<title>,\s[A-Z][^:.!?\n]{{1,90}})?|(?P<titled>{_TITLED}))
    (?:\s*[(\[][^()\[\]\n]{{1,40}}[)\]])?\s?:\s+(?=\S)""")
_LONGEST_LABEL = 160
_TALK = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|I[’']\w+|[Ww]e[’']\w+)\b|\?")
_NO_NAMES = wordset(
    "note update updated correction photo photos image video source sources read watch listen"
    " related breaking exclusive analysis opinion warning more fact facts background context live"
    " editor credit caption topics tags by date time subject re from to cc"
)
_UNNAMED = re.compile(
    r"(?:[QA]|(?:UNIDENTIFIED|UNKNOWN|AUDIENCE|CROWD|SPEAKER|INTERVIEWER|REPORTER|CALLER|VOICE|"
    r"MALE|FEMALE)\b.*)$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """`name` is where the name stands, `said_from` where the words begin."""

    name: tuple[int, int]
    said_from: int


@dataclass(frozen=True, slots=True)
class _Seen:
    start: int
    label: Label
    name: str
    shouted: bool
    certain: bool
    talks: bool


def labels(folded: str, lines: Sequence[tuple[int, int]]) -> dict[int, Label]:
    """By where the line begins; nothing on a page that is no transcript."""
    seen = [found for start, end in lines if (found := _read(folded, start, end))]
    certain = any(one.certain for one in seen)
    shouted = [one for one in seen if one.shouted]
    titled = [one for one in seen if not one.shouted]
    kept = shouted if certain or _speaks(shouted, alone=True) else []
    kept = [
        *kept,
        *(
            titled
            if certain or _speaks(titled, alone=False)
            else [one for one in titled if one.certain]
        ),
    ]
    return {one.start: one.label for one in kept}


def unnamed(name: str) -> bool:
    """Whether the transcript tells only that somebody spoke."""
    return _UNNAMED.match(name.upper()) is not None


def _speaks(seen: list[_Seen], *, alone: bool) -> bool:
    counts = Counter(one.name for one in seen)
    talking = sum(one.talks for one in seen)
    returns = any(count > 1 for count in counts.values())
    if alone and talking:
        return True
    return (
        len(seen) > 1
        and (returns or bool(talking and len(counts) > 1))
        and len(seen) >= len(counts) > 0
    )


def _read(folded: str, start: int, end: int) -> _Seen | None:
    match = _LABEL.match(folded, start, min(end, start + _LONGEST_LABEL))
    if not match or match.end() >= end:
        return None
    shouted = match.group("shouted") is not None
    part = "shouted" if shouted else "titled"
    name = match.group(part)
    words = name.lower().split()
    if words[0].strip(".") in _NO_NAMES or words[-1] in _NO_NAMES:
        return None
    return _Seen(
        start,
        Label(match.span(part), match.end()),
        name,
        shouted,
        match.group("time") is not None or match.group("title") is not None,
        _TALK.search(folded, match.end(), min(end, match.end() + 400)) is not None,
    )
