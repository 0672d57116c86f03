# ruff: noqa: RUF001 - dashes are the matter of this module
"""Speaker labels of transcripts, with or without a time code.

A line alone ("LONDON: Five were hurt") can be a dateline as well. It is
read as a speaker where the page shows that it is a transcript: a time
code, a title after the name, a name that returns, or somebody who says
I, we or you.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.labels import LABELS, PLACES

_TIME = r"[\[(<]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])>]?"
_SHOUTED = r"(?:[A-Z][A-Z.’'-]*[A-Z.](?:\s+[A-Z][A-Z.’'-]*){0,4}|[QA](?=\s?:))"
_TITLED = r"(?:[A-Z][\w.’'-]*)(?:\s+(?:(?:al|de|van|von|bin|der|la)\s)?[A-Z][\w.’'-]*){0,3}"
_LABEL = re.compile(rf"""(?x)(?:>{{2,3}}\s*)?(?P<time>{_TIME}\s*[-–—|]?\s*)?
    (?:(?P<shouted>{_SHOUTED})(?P<title>,\s[A-Z][^:.!?\n]{{1,90}})?|(?P<titled>{_TITLED}))
    (?:\s*[(\[][^()\[\]\n]{{1,40}}[)\]])?\s?:\s+(?=\S)""")
_LONGEST_LABEL = 160  # characters, with a title behind the name
_TALK = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|I[’']\w+|[Ww]e[’']\w+)\b|\?")
_UNNAMED = re.compile(
    r"(?:[QA]|(?:UNIDENTIFIED|UNKNOWN|AUDIENCE|CROWD|SPEAKER|INTERVIEWER|REPORTER|CALLER|VOICE|"
    r"MALE|FEMALE)\b.*)$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """`name` is the span of the name, `said_from` where the speech begins."""

    name: tuple[int, int]
    said_from: int


@dataclass(frozen=True, slots=True)
class _LabelledLine:
    start: int
    label: Label
    name: str
    shouted: bool
    certain: bool
    talks: bool


def labels(folded: str, lines: Sequence[tuple[int, int]]) -> dict[int, Label]:
    """Labels by the start of their line; empty on a page that is no transcript."""
    labelled = [line for start, end in lines if (line := _read(folded, start, end))]
    # One time code or title makes the page a transcript, and then every label counts.
    certain = any(one.certain for one in labelled)
    shouted = [one for one in labelled if one.shouted]
    titled = [one for one in labelled if not one.shouted]
    accepted = shouted if certain or _speaks(shouted, alone=True) else []
    accepted = [
        *accepted,
        *(
            titled
            if certain or _speaks(titled, alone=False)
            else [one for one in titled if one.certain]
        ),
    ]
    return {one.start: one.label for one in accepted}


def unnamed(name: str) -> bool:
    """Whether the label names nobody, as Q, A or SPEAKER 1."""
    return _UNNAMED.match(name.upper()) is not None


def _speaks(lines: list[_LabelledLine], *, alone: bool) -> bool:
    counts = Counter(one.name for one in lines)
    talking = sum(one.talks for one in lines)
    returns = any(count > 1 for count in counts.values())
    if alone and talking:
        return True
    # A topic or a place before a colon is one word, and does not return.
    full_names = sum(" " in name for name in counts)
    return (
        len(lines) > 1
        and (returns or bool(talking and full_names > 1))
        and len(lines) >= len(counts) > 0
    )


def _read(folded: str, start: int, end: int) -> _LabelledLine | None:
    match = _LABEL.match(folded, start, min(end, start + _LONGEST_LABEL))
    if not match or match.end() >= end:
        return None
    shouted = match.group("shouted") is not None
    part = "shouted" if shouted else "titled"
    name = match.group(part)
    words = name.lower().split()
    if words[0].strip(".") in LABELS or words[-1] in LABELS or name.lower() in PLACES:
        return None
    return _LabelledLine(
        start,
        Label(match.span(part), match.end()),
        name,
        shouted,
        match.group("time") is not None or match.group("title") is not None,
        _TALK.search(folded, match.end(), min(end, match.end() + 400)) is not None,
    )
