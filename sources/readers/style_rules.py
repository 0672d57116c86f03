"""What a page's own style sheets hide, and raise: rules whose selectors are a tag,
a class, an id, or a tag with one of both. Bounded, and without the rest
of CSS: what a rule may or may not match is left to be seen. Runs in a
reader only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Element = Any  # of a tree that `visible` has parsed
MOST_CHARACTERS = 400_000
MOST_SELECTORS = 4_000

# A sheet that hides or raises something has one of these; most others are left unread.
_SIGNS = (
    "super",
    "none",
    "hidden",
    "collapse",
    "clip",
    "-through",
    "000px",
    "999px",
    "font-size:0",
)
_comment = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_brace = re.compile(r"[{}]")
_simple = re.compile(r"(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,20})?(?:(?P<kind>[.#])(?P<name>[\w-]{1,80}))?")
# What holds on any screen; other rules hold on paper, or on small ones.
_everywhere = re.compile(r"@(?:layer|supports|media\s+(?:only\s+)?(?:screen|all)\s*\Z)")
_shows = re.compile(r"(?:^|[;\s])(?:display|visibility)\s*:", re.IGNORECASE)


@dataclass(slots=True)
class Rules:
    """Tags, or all ("*"), for each class, for each id, and by themselves,
    that are hidden, and the classes that are raised.
    """

    by: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: {".": {}, "#": {}, "": {"": set()}}
    )

    raised: set[str] = field(default_factory=set)

    @property
    def hide(self) -> bool:
        return bool(self.by["."] or self.by["#"] or self.by[""][""])

    def hides(self, element: Element) -> bool:
        tag, attributes = element.tag, element.attrib
        if tag in self.by[""][""]:
            return True
        if not attributes:
            return False
        ids, classes = self.by["#"], self.by["."]
        if ids and not ids.get(attributes.get("id", ""), _NONE).isdisjoint((tag, "*")):
            return True
        names = attributes.get("class", "").split() if classes else ()
        return any(not classes.get(name, _NONE).isdisjoint((tag, "*")) for name in names)

    def set(self, selector: re.Match[str], *, hidden: bool) -> None:
        """The last rule for a selector holds."""
        tag, kind, name = selector.groups()
        if not kind:
            name, kind = "", ""
        tags = self.by[kind].setdefault(name, set())
        if hidden:
            tags.add((tag or "*").lower())
        else:
            tags.discard((tag or "*").lower())


_NONE: frozenset[str] = frozenset()


def rules_of(
    tree: Element, is_hiding: Callable[[str], bool], is_raising: Callable[[str], bool]
) -> Rules:
    """What the style elements of a page hide and raise, by its declarations."""
    rules, left, count = Rules(), MOST_CHARACTERS, 0
    for style in tree.iter("style"):
        sheet = (style.text or "")[:left]
        left -= len(sheet)
        if style.get("media", "all").strip().lower() not in ("", "all", "screen"):
            continue
        low = sheet.lower()
        if not any(sign in low for sign in _SIGNS):
            continue
        for selectors, declarations in _rules(_comment.sub("", sheet)):
            hides, raises = is_hiding(declarations), is_raising(declarations)
            if not (hides or raises or _shows.search(declarations)):
                continue
            for selector in selectors.split(",", MOST_SELECTORS):
                match = _simple.fullmatch(selector.strip())
                if not (match and match.group() and (count := count + 1) <= MOST_SELECTORS):
                    continue
                if raises and match["kind"] == ".":
                    rules.raised.add(match["name"])
                rules.set(match, hidden=hides)
    return rules


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The rules that hold on any screen, each with its declarations."""
    depth = skipped = start = 0
    selectors = ""
    for brace in _brace.finditer(sheet):
        words = sheet[start : brace.start()]
        start = brace.end()
        if brace[0] == "{":
            depth += 1
            selectors = words.rpartition(";")[2].strip()
            if not skipped and selectors.startswith("@") and not _everywhere.match(selectors):
                skipped = depth
        elif depth:
            if not skipped and selectors and not selectors.startswith("@"):
                yield selectors, words
            selectors = ""
            skipped = 0 if skipped == depth else skipped
            depth -= 1
