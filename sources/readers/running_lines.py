"""Running heads and feet, and page numbers: lines at the edges of pages
that come again from page to page. A sentence goes on from one page to
the next without them.
"""

from __future__ import annotations

import re
from collections import defaultdict

EDGE = 3  # lines at the top and at the bottom of a page
LONGEST = 120
# Left and right pages may have heads of their own, and a first page of a chapter none.
FARTHEST = 2
FEWEST = 3

_number = re.compile(r"\d+")
_roman = re.compile(r"\W*[ivxlc]{1,7}\W*")


def without_running_lines(pages: list[str]) -> list[str]:
    """The pages without the lines that run at their edges."""
    lines = [page.split("\n") for page in pages]
    edges = [_edges(page) for page in lines]
    running = _running(lines, edges)
    return ["\n".join(_stripped(page, running[at])) for at, page in enumerate(lines)]


def _edges(page: list[str]) -> set[int]:
    full = [at for at, line in enumerate(page) if line.strip()]
    return {at for at in (*full[:EDGE], *full[-EDGE:]) if len(page[at]) <= LONGEST}


def _running(lines: list[list[str]], edges: list[set[int]]) -> dict[int, set[int]]:
    """For each page, the lines at its edges that come again on pages near by."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for page, numbers in enumerate(edges):
        for at in sorted(numbers):
            places[_shape(lines[page][at], page)].append((page, at))
    running: dict[int, set[int]] = defaultdict(set)
    for found in places.values():
        for run in _runs(found):
            if len({page for page, _ in run}) >= min(FEWEST, len(lines)) >= 2:
                for page, at in run:
                    running[page].add(at)
    return running


def _shape(line: str, page: int) -> str:
    """The same for lines that differ in numbers only; of a bare number,
    how far it is from the number of the page: the rows of a table are
    not.
    """
    plain = " ".join(line.casefold().split())
    if _roman.fullmatch(plain):
        return "#"
    bare = _number.findall(plain)
    if len(bare) == 1 and not any(map(str.isalpha, plain)):
        return f"# {int(bare[0][:9]) - page}"
    return _number.sub("#", plain)


def _runs(found: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    runs: list[list[tuple[int, int]]] = []
    for place in found:
        if runs and place[0] - runs[-1][-1][0] <= FARTHEST:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _stripped(page: list[str], running: set[int]) -> list[str]:
    """From the edges inwards only: what comes again between other lines is text."""
    first, last = 0, len(page)
    while first < last and (first in running or not page[first].strip()):
        first += 1
    while last > first and (last - 1 in running or not page[last - 1].strip()):
        last -= 1
    return page[first:last] or page  # a page of nothing else is no page without words
