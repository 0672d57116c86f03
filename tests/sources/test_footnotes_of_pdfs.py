"""A sentence goes on over the notes at the foot of a page."""

from __future__ import annotations

from sources.quotes import find_quote
from sources.response_bodies import read_document
from tests import files

FIRST = (
    "The board met on Monday and spoke of the quay.",
    "The loss of the last year, it said, was",
)


def _page(*lines: str, notes: tuple[str, ...] = (), number: int = 0, size: int = 8) -> str:
    set_lines = " T* ".join(f"({line}) Tj" for line in lines)
    set_notes = " T* ".join(f"({line}) Tj" for line in notes)
    foot = f" /F1 {size} Tf 0 -400 Td {set_notes}" if notes else ""
    end = f" /F1 9 Tf 200 -60 Td ({number}) Tj" if number else ""
    return f"/F1 12 Tf 14 TL 72 720 Td {set_lines}{foot}{end}"


def _read(*notes: str, end: str = FIRST[1], size: int = 8) -> tuple[str, str]:
    read = read_document(
        files.set_pdf(
            _page(FIRST[0], end, notes=notes, number=6, size=size),
            _page("12.5 million crowns, more than ever.", "It was paid.", number=7),
        )
    )
    return read.text, read.page_text


def test_notes_stand_in_no_sentence() -> None:
    for notes in (
        ("1 See the minutes of May.",),
        ("1. See the minutes of May.", "2. Ibid."),
        ("[1] See the minutes of May,", "which were not kept."),
        ("* See the minutes of May.",),
        ("12 Harbour Act, section 4.",),
    ):
        text, whole = _read(*notes)
        assert find_quote("it said, was 12.5 million crowns", text), notes
        # The notes can be quoted as well.
        assert all(find_quote(note, whole) for note in notes), notes


def test_what_is_no_note_stays() -> None:
    # A sentence that ends is not interrupted.
    assert find_quote("1 See the minutes", _read("1 See the minutes.", end="It was lost.")[0])
    # Print of the same size, and small print without a mark.
    assert find_quote("1 See the minutes", _read("1 See the minutes.", size=12)[0])
    assert find_quote("Photo by Ines Holt", _read("Photo by Ines Holt")[0])
    # A page of small print only.
    page = "/F1 8 Tf 14 TL 72 720 Td (1 See the minutes) Tj T* (2 See the books) Tj"
    assert find_quote("2 See the books", read_document(files.set_pdf(page, page)).text)
