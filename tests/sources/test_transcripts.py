"""A scan is quoted by page, with what a person typed; the pages that have text of their
own keep it.
"""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path

import pytest

from sources.filestore import file_store
from sources.response_bodies import read_body
from sources.transcripts import joined_pages, transcribed_pages
from sources.uploads import Document, FileError, receive
from tests import files

FIRST, LAST = "The board sold 3,150 boats.", "Signed by the whole board."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    assert file_store()


def _page(document: Document, words: str) -> int:
    return bisect_right(document.pages, document.text.index(words))


@pytest.mark.parametrize(
    "heading",
    [
        "Page 3",
        "page 3:",
        "[Page 3]",
        "--- Page 3 ---",
        "p. 3",
        "Seite 3",
        "Página 3",
        "Страница 3",
        "صفحة 3",
        "P.3",
    ],
)
def test_a_heading_begins_a_page(heading: str) -> None:
    typed = transcribed_pages(f"{heading}\nThe loss was 12.5 million.\n\nPage 5\nIt rose.")
    assert typed == {3: "The loss was 12.5 million.", 5: "It rose."}
    text, starts = joined_pages(typed)
    assert [bisect_right(starts, text.index(word)) for word in ("The loss", "It rose")] == [3, 5]


@pytest.mark.parametrize("line", ["See page 3", "Page 3 is empty.", "Page three", "3", "Page 0"])
def test_other_lines_do_not(line: str) -> None:
    assert transcribed_pages(f"{line}\nThe loss was 12.5 million.") == {}


def test_a_scan_is_quoted_by_page() -> None:
    scan = receive(
        files.pdf("", "", ""), name="a.pdf", transcript=f"Page 2\n{FIRST}\nPage 3\n{LAST}"
    )
    assert (_page(scan, FIRST), _page(scan, LAST)) == (2, 3)
    assert "Page 2" not in scan.text and "typed by the checker" in scan.note
    whole = receive(files.pdf("", ""), name="a.pdf", transcript=FIRST)
    assert (whole.text, whole.pages) == (FIRST, ())


def test_pages_that_are_scans_are_added_to_those_with_text() -> None:
    mixed = files.pdf(FIRST, "", LAST, "")
    assert "may be scans: 2, 4." in receive(mixed, name="a.pdf").note
    typed = receive(mixed, name="a.pdf", transcript="Page 2\nThe loss was 12.5 million.")
    assert [_page(typed, words) for words in (FIRST, "The loss", LAST)] == [1, 2, 3]
    assert typed.note == (
        "Typed by the checker, not read from the file: page 2."
        " No text on these pages, which may be scans: 4."
    )


@pytest.mark.parametrize(
    "transcript", ["The loss was 1.", "Page 1\nThe loss was 1.", "Page 9\nNo."]
)
def test_nobody_types_over_a_page_with_text(transcript: str) -> None:
    with pytest.raises(FileError, match="all pages but 2"):
        receive(files.pdf(FIRST, ""), name="a.pdf", transcript=transcript)
    with pytest.raises(FileError, match="text of its own"):
        receive(files.pdf(FIRST), name="a.pdf", transcript=transcript)


def test_a_scan_behind_an_address_says_how_to_quote_it() -> None:
    page = read_body(files.pdf("", ""), url="https://a.example/x.pdf", content_type="")
    assert page.text == "" and "only images" in page.note and "“Page 3”" in page.note
