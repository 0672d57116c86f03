# ruff: noqa: RUF001 - curly marks and raised digits are the matter of this module
"""The pieces that a page of a PDF is set in, joined to its text, with
raised and lowered small print written as such. Runs in a reader only.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sources.superscripts import lowered, raised

# Shares of the size of the print beside it.
SMALLER = 0.85
# High above the line, print that is a little smaller is raised, too, as in headings.
LITTLE_SMALLER, HIGH = 0.93, 0.3
MOST_STATES = 500
LOWEST_RAISED, HIGHEST_RAISED = 0.2, 0.85
SAME_LINE = 0.1

# What is raised: numbers, signs, the letters of marks and ordinals. The rest is print
# of another size beside this one, as in tables.
_small_print = re.compile(
    r"[(\[]?\d{1,3}[)\]]?|\d{1,3}(?:[,;\u2013-] ?\d{1,3}){1,4}|[+\u2212-]\d{1,3}|[*†‡§]{1,3}"
    r"|[a-h]|[a-z]{2,4}"
)


# The print of notes, as a share of that of the page.
NOTE_SIZE = 0.92
_note_begins = re.compile(
    r"\s*(?:[(\[]?(?:\d{1,3}|[*†‡§]{1,3}|[a-h])[)\].]?|[⁰¹²³⁴-⁹]{1,3})\s*[A-ZÀ-Þa-zà-ÿ“\"‘(]"
)
_ended = re.compile(r"[.!?…:;][”’\"')\]\d⁰¹²³⁴-⁹*†‡\[]{0,8}\s*\Z")


@dataclass(slots=True)
class _Fragment:
    text: str
    x: float
    y: float
    size: float

    def stands_above(self, base: _Fragment) -> bool:
        height = self.y - base.y
        return LOWEST_RAISED * base.size <= height <= HIGHEST_RAISED * base.size

    def stands_below(self, base: _Fragment) -> bool:
        return 0.05 * base.size <= base.y - self.y <= 0.5 * base.size

    def is_small_beside(self, base: _Fragment) -> bool:
        high = self.y - base.y >= HIGH * base.size
        return self.size <= (LITTLE_SMALLER if high else SMALLER) * base.size


@dataclass(slots=True)
class Fragments:
    """What the two visitors of pypdf are told of one page."""

    found: list[_Fragment] = field(default_factory=list)
    rise: float = 0.0
    shown_at: float = 0.0  # the rise of what was shown last
    saved: list[float] = field(default_factory=list)

    def operator(self, operator: bytes, operands: Any, *_matrices: Any) -> None:
        if operator == b"Ts" and operands and isinstance(operands[0], (int, float)):
            self.rise = float(operands[0])
        elif operator == b"q" and len(self.saved) < MOST_STATES:
            self.saved.append(self.rise)
        elif operator == b"Q" and self.saved:
            self.rise = self.saved.pop()
        elif operator in (b"Tj", b"TJ", b"'", b'"'):
            self.shown_at = self.rise

    def add(
        self,
        text: str,
        outer: list[float],
        inner: list[float],
        _font: Any,
        size: Any,
    ) -> None:
        if not text:
            return
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        scale = math.hypot(
            inner[2] * outer[0] + inner[3] * outer[2], inner[2] * outer[1] + inner[3] * outer[3]
        )
        self.found.append(_Fragment(text, x, y + self.shown_at * scale, float(size) * scale))

    def text(self) -> str:
        return "".join(self._written())

    def without_notes(self) -> str:
        """The text without the notes at the foot of the page, where they
        stand in a sentence that goes on overleaf.
        """
        written, notes = self._written(), self._notes()
        before = "".join(written[: notes.start])
        if not notes or _ended.search(before):
            return "".join(written)
        return before + "\n" + "".join(written[notes.stop :])

    def _notes(self) -> range:
        """The small print below all other, if it begins like a note."""
        size = self._main_size()
        small = [one.size <= NOTE_SIZE * size for one in self.found]
        lowest = min(
            (one.y for one in self.found if one.size == size and one.text.strip()), default=0
        )
        start = len(self.found)
        for at, one in enumerate(self.found):
            if one.text.strip() and small[at] and one.y < lowest:
                start = at
                break
        stop = start
        while stop < len(small) and (small[stop] or not self.found[stop].text.strip()):
            stop += 1
        words = "".join(one.text for one in self.found[start:stop])
        body = sum(len(one.text) for one in self.found[:start])
        return range(start, stop if _note_begins.match(words) and body > len(words) // 2 else start)

    def _main_size(self) -> float:
        """The size of most of the print."""
        counts: dict[float, int] = {}
        for one in self.found:
            counts[one.size] = counts.get(one.size, 0) + len(one.text.strip())
        return max(counts, key=lambda size: counts[size], default=0.0)

    def _written(self) -> list[str]:
        written: list[str] = []
        inked = [at for at, one in enumerate(self.found) if one.text.strip()]
        follows = dict(pairwise(inked))
        previous: _Fragment | None = None
        for at, fragment in enumerate(self.found):
            following = self.found[follows[at]] if at in follows else None
            words = _in_line(fragment, previous, following, written)
            written.append(words)
            if fragment.text.strip() and words == fragment.text:
                previous = fragment
        return written


def _in_line(
    fragment: _Fragment, previous: _Fragment | None, following: _Fragment | None, line: list[str]
) -> str:
    """What is written for a fragment. It takes back the line end that
    stands between a high mark and the word before it.
    """
    content = fragment.text.strip()
    if not _small_print.fullmatch(content):
        return fragment.text
    start = fragment.text[: len(fragment.text) - len(fragment.text.lstrip())].replace("\n", "")
    end = fragment.text[len(fragment.text.rstrip()) :]
    if previous and fragment.is_small_beside(previous) and previous.x <= fragment.x:
        if fragment.stands_above(previous):
            _take_back_line_end(line)
            before = "".join(line[-3:])
            words = raised(content, before=before)
            if len(content) > 1 and content.isalpha() and before.rstrip()[-1:].isdigit():
                # An ordinal: the gap that seems to be there is one of small print.
                start, line[-1] = "", line[-1].rstrip()
            return start + words + _kept(end, following, previous)
        if fragment.stands_below(previous) and content.isdigit():
            _take_back_line_end(line)
            return start + lowered(content) + _kept(end, following, previous)
    near = following and 0 <= following.x - fragment.x <= fragment.size * (len(content) + 1)
    if (
        following
        and near
        and fragment.is_small_beside(following)
        and fragment.stands_above(following)
    ):
        return raised(content, before="") + end.replace("\n", "")
    return fragment.text


def _take_back_line_end(line: list[str]) -> None:
    while line and not line[-1].strip():
        line.pop()
    if line:
        line[-1] = line[-1].rstrip("\n")


def _kept(end: str, following: _Fragment | None, base: _Fragment) -> str:
    """The white space after a mark, without the line end if the line goes on."""
    goes_on = following is not None and abs(following.y - base.y) < SAME_LINE * base.size
    return " " if goes_on and "\n" in end else end
