"""Transcripts of scans, typed page by page: a line such as “Page 3” begins a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

_heading = re.compile(
    r"^[^\w\n]*(?:page|pages|p|pg|seite|s|página|pagina|pág|stránka|strona|sida|side|страница|стр"
    r"|сторінка|الصفحة|صفحة|صفحه|页|頁|ページ)[.:]?[ \u00a0]*(\d{1,4})[^\w\n]*$",
    re.IGNORECASE | re.MULTILINE,
)


def transcribed_pages(transcript: str) -> dict[int, str]:
    """The text of each page that the transcript names; empty if it
    names none. What stands before the first heading belongs to the page
    before it.
    """
    headings = [match for match in _heading.finditer(transcript) if int(match[1])]
    pages: dict[int, str] = {}
    if not headings:
        return pages
    if transcript[: headings[0].start()].strip():
        pages[max(1, int(headings[0][1]) - 1)] = transcript[: headings[0].start()].strip()
    ends = [match.start() for match in headings[1:]] + [len(transcript)]
    for match, end in zip(headings, ends, strict=True):
        number, words = int(match[1]), transcript[match.end() : end].strip()
        pages[number] = "\n\n".join(filter(None, (pages.get(number), words)))
    return pages


def joined_pages(pages: Mapping[int, str]) -> tuple[str, tuple[int, ...]]:
    """One text of the pages, and the offset at which each page from the
    first begins. A page that is not there begins where the next one
    does.
    """
    starts: list[int] = []
    text = ""
    for number in sorted(pages):
        if not pages[number]:
            continue
        text += "\n\n" if text else ""
        starts += [len(text)] * (number - len(starts))
        text += pages[number]
    return text, tuple(starts)
