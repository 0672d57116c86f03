# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Speakers whom the layout names: behind a dash under a quotation, or
on a line that introduces it.
"""

import re

from claims.extraction import phrases
from claims.extraction.blocks import Block
from claims.extraction.labels import LABELS

Span = tuple[int, int]

_PART = (
    r"(?:[A-ZÀ-Þ][\w’'-]*\.?"
    r"|(?:al|el|de|del|di|da|van|von|der|den|bin|ibn|la|le|of|and)(?=\s[A-ZÀ-Þ]))"
)
_NAME = rf"(?:@\w{{2,30}}|[A-ZÀ-Þ][\w’'-]*\.?(?:\s{_PART}){{0,6}})"
_REST = r"(?:(?:[,(]|\s(?:on|in|at|via)\s)[^“”\"]{1,100})?\.?$"  # what they are, and where
_BEHIND_DASH = re.compile(rf"[”\"’']\s*[.,]?\s*(?:[—–]|--?)\s?(?P<name>{_NAME}){_REST}")
_NEXT_LINE = re.compile(r"[ ]?\n\s{0,4}(?:[—–]|--?)\s?")
_LINE = re.compile(rf"(?P<name>{_NAME}){_REST}")
_CAPITAL = re.compile(r"(?<![\w@])[A-ZÀ-Þ@]")
_INTRODUCED = re.compile(
    rf"(?P<name>(?:The\s)?{_NAME})"
    r"(?:,\s[^:.!?]{2,90}|\s(?:on|in|via|at|to|of|last|this|after|during)\s[^:.!?]{1,70})?:$"
)
_LED_IN = re.compile(r"\b(?:from|by|per|is|here[’']s|hear|comes)\s+(?:the\s)?$", re.IGNORECASE)
_LONGEST = 160  # characters of a line that introduces somebody
_OPENS = '“"‘'


class LayoutSpeakers:
    """The speakers whom the blocks of an article name for their neighbours."""

    def __init__(self, folded: str, blocks: tuple[Block, ...]) -> None:
        self._named: dict[int, Span] = {}
        # Where the names of lines begin that hold nothing else.
        self._name_lines: set[int] = set()
        for index, block in enumerate(blocks):
            quoted = folded[block.start] in _OPENS
            if quoted:
                self._note(index, _behind_dash(folded, block.start, block.end))
            if quoted and index:
                before = blocks[index - 1]
                self._note(index, _introduced(folded, before.start, before.end))
            if quoted and (name := _on_next_line(folded, block.end)):
                self._note(index, name)
                self._name_lines.add(name[0])

    def _note(self, index: int, name: Span | None) -> None:
        if name:
            self._named.setdefault(index, name)

    def of(self, index: int) -> Span | None:
        return self._named.get(index)

    def is_name_line(self, block: Block) -> bool:
        return any(at in self._name_lines for at in range(block.start, block.start + 4))


def _behind_dash(folded: str, start: int, end: int) -> Span | None:
    """The name at the end of a block that begins with a quotation."""
    if folded[start] not in _OPENS:
        return None
    tail = max(start, end - _LONGEST)
    # From the last mark on: the pattern is not tried at every place.
    last = max(folded.rfind(mark, tail, end) for mark in "”\"’'")
    for at in range(last, max(tail, last - 1) - 1, -1):
        match = _BEHIND_DASH.match(folded, at, end)
        if match and _names_somebody(match.group("name")):
            return match.span("name")
    return None


def _on_next_line(folded: str, end: int) -> Span | None:
    """The name of a line that holds a dash, a name and what they are."""
    begin = _NEXT_LINE.match(folded, end, end + _LONGEST)
    if not begin or folded[end - 1] not in "”\"’'":
        return None
    stop = folded.find("\n", begin.end(), begin.end() + _LONGEST)
    match = _LINE.match(folded, begin.end(), len(folded) if stop < 0 else stop)
    return match.span("name") if match and _names_somebody(match.group("name")) else None


def _introduced(folded: str, start: int, end: int) -> Span | None:
    """Whom a line such as “And this from Senator Ana Ruiz:” announces."""
    if end - start > _LONGEST or folded[end - 1] != ":":
        return None
    line = folded[start:end]
    for capital in _CAPITAL.finditer(line):
        match = _INTRODUCED.match(line, capital.start())
        before = line[: capital.start()]
        led_in = not before or _LED_IN.search(before)
        if match and led_in and _names_somebody(match.group("name")):
            return start + match.start("name"), start + match.end("name")
    return None


def _names_somebody(name: str) -> bool:
    words = name.split()
    if words[0].lower().strip(".") in LABELS:
        return False
    if name.startswith("@"):
        return True
    capitals = [word for word in words if word[0].isupper() and word.lower() != "the"]
    return len(capitals) > 1 or phrases.is_role(words[-1].lower())
