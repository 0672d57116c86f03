"""Markdown as readers see it, with passages marked in it: what changed,
or what a comment is about.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from claims.templatetags.reading import markdown

# Of private use, and at the far end of it. They go through Markdown as letters would,
# so that a mark may stand inside of a word in bold.
_FIRST, _LAST = 0x100000, 0x100FFF
_marker = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_token = re.compile(rf"(<[^>]*>|{_marker.pattern})")
# What makes a line a heading, a quotation or an item of a list stays first in its line.
_line_start = re.compile(r"(?:[ \t]*(?:[-*+>]|\d{1,9}[.)]|#{1,6})(?:[ \t]+|$))*[ \t]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """HTML around each stretch of the marked text that stands in one
    element, and after the last of them.
    """

    before: SafeString
    after: SafeString
    end: str = ""


def highlight(end: SafeString) -> Mark:
    return Mark(mark_safe("<mark>"), mark_safe("</mark>"), end)


def marked(text: str, mark: int, *, after: str = "") -> str:
    """The text with the markers of the mark of this number; `after` is
    what stands before it. An end for each line that is marked.
    """
    opening, closing = chr(_FIRST + 2 * mark), chr(_FIRST + 2 * mark + 1)
    first, *rest = text.split("\n")
    start, words = ("", first) if after and not after.endswith("\n") else _split(first)
    lines = [(start, words), *map(_split, rest)]
    return "\n".join(
        f"{start}{opening}{words}{closing}" if words.strip() else start + words
        for start, words in lines
    )


def unmarked(text: str) -> str:
    """Text of people, which might hold such a code point by malice."""
    return _marker.sub("", text)


def _split(line: str) -> tuple[str, str]:
    match = _line_start.match(line)
    end = match.end() if match else 0
    return line[:end], line[end:]


def rendered(source: str, marks: Iterable[Mark]) -> SafeString:
    """The HTML of a Markdown text with markers."""
    html = "".join(_with_marks(_token.split(markdown(source)), list(marks)))
    return mark_safe(html)  # noqa: S308 (cleaned Markdown between constant marks)


def rendered_plain(source: str, marks: Iterable[Mark]) -> SafeString:
    """The same for a text without markup."""
    html = "".join(_with_marks(_token.split(escape(source)), list(marks)))
    return mark_safe(html)  # noqa: S308 (escaped text between constant marks)


def _with_marks(tokens: list[str], marks: list[Mark]) -> Iterator[str]:
    open_marks: list[Mark] = []
    for token in tokens:
        if not _marker.fullmatch(token):
            yield _stretch(token, open_marks)
            continue
        number, closes = divmod(ord(token) - _FIRST, 2)
        if number >= len(marks):
            continue
        mark = marks[number]
        if not closes:
            open_marks.append(mark)
        elif mark in open_marks:
            open_marks.remove(mark)
            yield mark.end


def _stretch(token: str, open_marks: list[Mark]) -> str:
    if token.startswith("<") or not token.strip():
        return token
    before = "".join(mark.before for mark in open_marks)
    after = "".join(mark.after for mark in reversed(open_marks))
    html = f"{before}{token}{after}"
    return mark_safe(html)  # noqa: S308 (cleaned or escaped text between constant marks)
