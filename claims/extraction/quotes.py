# ruff: noqa: RUF001, RUF002 - curly marks and dashes are the matter of this module
"""Where the quotations of one paragraph lie.

The right single mark is both apostrophe and closing mark. Inside a
single-quoted passage it closes when no letter follows, unless it could
be a plural possessive (s’ before a small word) and another mark closes
the passage later. Marks of the other kind inside a quotation stay
inside. A passage left open at the end of its paragraph ends there;
`closed` tells.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_MARKS = re.compile(r"[“”‘’\"']+")
_LONGEST_RUN = 3  # more marks in a row are decoration
_SINGLE_LIMIT = 1500  # characters; an apostrophe further on closes nothing


@dataclass(frozen=True, slots=True)
class Quotation:
    """Offsets include the marks."""

    start: int
    end: int
    closed: bool


def find(paragraph: str, offset: int = 0) -> tuple[Quotation, ...]:
    runs = (match.span() for match in _MARKS.finditer(paragraph))
    marks = [
        at for first, last in runs if last - first <= _LONGEST_RUN for at in range(first, last)
    ]
    singles = [at for at in marks if paragraph[at] in "’'" and _may_close_single(paragraph, at)]
    quotations: list[Quotation] = []
    opened, style = -1, ""
    for at in marks:
        if not style:
            style = _opening_style(paragraph, at, singles)
            opened = at
        elif _closes(paragraph, at, style, singles):
            quotations.append(Quotation(offset + opened, offset + at + 1, closed=True))
            style = ""
    # A quotation of several paragraphs is closed in the last one only. A single mark
    # left open was an apostrophe.
    if style in ("“", '"'):
        quotations.append(Quotation(offset + opened, offset + len(paragraph), closed=False))
    return tuple(quotations)


def touching(quotations: tuple[Quotation, ...], start: int, end: int) -> tuple[Quotation, ...]:
    """Those that share a character with a stretch. They follow each
    other, so that a paragraph of 34,000 is not looked through for each
    of its sentences.
    """
    first = bisect_right(quotations, start, key=lambda quote: quote.end)
    return quotations[first : bisect_left(quotations, end, lo=first, key=lambda one: one.start)]


def _before(paragraph: str, at: int) -> str:
    return paragraph[at - 1] if at else " "


def _after(paragraph: str, at: int) -> str:
    return paragraph[at + 1] if at + 1 < len(paragraph) else " "


def _opening_style(paragraph: str, at: int, singles: list[int]) -> str:
    mark, before, after = paragraph[at], _before(paragraph, at), _after(paragraph, at)
    if mark == "“" and (not after.isspace() or before in " \n("):
        return "“"  # « with a space inside, as French has it, too
    if mark in "“”’" or after.isspace():
        return ""
    if before.isalnum():
        return ""
    if mark == '"':
        return '"'
    return "‘" if _closing_single_ahead(at, singles) else ""


def _closing_single_ahead(at: int, singles: list[int]) -> bool:
    index = bisect_right(singles, at + 1)
    return index < len(singles) and singles[index] - at <= _SINGLE_LIMIT


def _may_close_single(paragraph: str, at: int) -> bool:
    return not _before(paragraph, at).isspace() and not _after(paragraph, at).isalnum()


def _closes(paragraph: str, at: int, style: str, singles: list[int]) -> bool:
    mark = paragraph[at]
    if style == "“":
        return mark == "”" or (mark == '"' and not _after(paragraph, at).isalnum())
    if style == '"':
        return mark in '"”' and not (
            _before(paragraph, at).isspace() and _after(paragraph, at).isalnum()
        )
    if mark not in "’'" or not _may_close_single(paragraph, at):
        return False
    return not (_possessive(paragraph, at) and _closing_before_opening(paragraph, at, singles))


def _closing_before_opening(paragraph: str, at: int, singles: list[int]) -> bool:
    index = bisect_right(singles, at)
    if index == len(singles) or singles[index] - at > _SINGLE_LIMIT:
        return False
    return "‘" not in paragraph[at : singles[index]] and " '" not in paragraph[at : singles[index]]


def _possessive(paragraph: str, at: int) -> bool:
    return (
        _before(paragraph, at) == "s"
        and _after(paragraph, at) == " "
        and paragraph[at + 2 : at + 3].islower()
    )
