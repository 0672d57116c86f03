# ruff: noqa: RUF001 - bullets and dashes are the matter of this module
"""Where the items of a list begin that a page runs together in one paragraph."""

import re

_MARK = re.compile(
    r"(?:[•⁃▪●]\s?)?\(?(?:(?P<number>\d{1,2})|(?P<letter>[a-zA-Z]))(?P<closed>\.\)?|\))\s(?=\S)"
)
_BULLETS = "•⁃▪●"
_BULLET = re.compile(rf"(?<=\s)[{_BULLETS}](?=\s?\S)")
_MOST = 99


def starts(paragraph: str) -> list[int]:
    """The starts of the second item and of those after it, in order; a
    list begins with its paragraph.
    """
    if paragraph[:1] in _BULLETS and paragraph[:1]:
        return [match.start() for match in _BULLET.finditer(paragraph)]
    first = _MARK.match(paragraph)
    if not first:
        return []
    found: list[int] = []
    closed, at = re.escape(first.group("closed")), first.end()
    label = _after(first.group("number") or first.group("letter"))
    while label and len(found) < _MOST:
        following = re.compile(rf"(?<=\s)\(?{label}{closed}\s(?=[^\W\d_a-z])")
        match = following.search(paragraph, at)
        if not match:
            break
        found.append(match.start())
        label, at = _after(label), match.end()
    return found


def begins(paragraph: str, start: int, stop: int) -> bool:
    """Whether the stop at `stop` belongs to the mark of the item that
    begins at `start`.
    """
    mark = _MARK.match(paragraph, start, stop + 5)
    return mark is not None and mark.start("closed") == stop


def _after(label: str) -> str:
    if label.isdigit():
        return str(int(label) + 1)
    return chr(ord(label) + 1) if label.lower() != "z" else ""
