"""Small raised print, words broken at line ends, and sentences that go on over a page's
foot and head.
"""

from __future__ import annotations

import pytest

from sources.quotes import find_quote
from sources.readers import pdf
from sources.response_bodies import read_body, read_document
from tests import files


def _up(mark: str, *, by: float = 4, size: float = 7, width: float = 4) -> str:
    """A mark that is set higher and smaller, and then back on the line."""
    return f"/F1 {size} Tf 0 {by} Td ({mark}) Tj /F1 12 Tf {width} {-by} Td"


def _line(before: str, mark: str, after: str, **how: float) -> str:
    # About as wide as the words before it are in this font.
    return (
        f"/F1 12 Tf 72 720 Td ({before}) Tj {6 * len(before)} 0 Td {_up(mark, **how)} ({after}) Tj"
    )


SET = (
    (_line("3,150", "1", " boats"), ["3,150 boats"], ["3,1501", "1 boats"]),
    (_line("3,150", "12", " boats", width=8), ["3,150 boats"], ["3,15012", "12 boats"]),
    (_line("3,150", "1", " boats", by=7), ["3,150 boats"], ["3,1501", "1 boats", "3,150 1"]),
    (_line("3,150", "1,2", " boats", width=9), ["3,150 boats"], ["3,1501", "2 boats"]),
    (_line("3,150 boats.", "3", " They sank"), ["boats. They sank"], ["boats.3", "3 They"]),
    (_line("3,150", "a", " boats"), ["3,150 boats"], ["3,150a"]),
    (_line("some 10", "9", " crabs"), ["10⁹ crabs"], ["109", "10 crabs", "9 crabs"]),
    (_line("70 m", "2", " of deck"), ["70 m² of deck", "70 m2 of deck"], ["70 m of"]),
    (_line("the 1", "st", " boat", width=7), ["the 1st boat"], []),
    (_line("CO", "2", " rose", by=-3), ["CO2 rose"], []),
    (
        "/F1 12 Tf 72 720 Td (3,150) Tj /F1 7 Tf 5 Ts (1) Tj 0 Ts /F1 12 Tf ( boats) Tj",
        ["3,150 boats"],
        ["3,1501"],
    ),
    (
        "/F1 12 Tf 72 720 Td (3,150) Tj 5 Ts /F1 7 Tf (1) Tj /F1 12 Tf 0 Ts ( boats) Tj",
        ["3,150 boats"],
        ["3,1501"],
    ),
    (
        "/F1 1 Tf 12 0 0 12 72 720 Tm (3,150) Tj /F1 1 Tf 7 0 0 7 102 724 Tm (1) Tj"
        " /F1 1 Tf 12 0 0 12 106 720 Tm ( boats) Tj",
        ["3,150 boats"],
        ["3,1501"],
    ),
    # The rise ends with the state that it was set in.
    (
        "ET q BT /F1 12 Tf 72 720 Td (3,150) Tj /F1 7 Tf 5 Ts (1) Tj ET Q BT /F1 12 Tf 72 690 Td"
        " (40) Tj /F1 7 Tf 5 Ts (2) Tj",
        ["3,150", "40"],
        ["3,1501", "402"],
    ),
    # In a heading, marks are but a little smaller.
    (
        "/F1 18 Tf 72 720 Td (Boats in 2024) Tj /F1 16 Tf 118 9 Td (1) Tj",
        ["Boats in 2024"],
        ["20241"],
    ),
    (
        "/F1 6 Tf 72 724 Td (1) Tj /F1 10 Tf 4 -4 Td (See the minutes.) Tj",
        ["See the minutes."],
        ["1See"],
    ),
    # Not raised: a heading beside a number, a large first letter, small print below.
    ("/F1 24 Tf 72 720 Td (T) Tj /F1 12 Tf 16 0 Td (he 3,150 boats) Tj", ["3,150 boats"], []),
    (
        "/F1 12 Tf 72 720 Td (3,150 boats) Tj /F1 7 Tf 0 -14 Td (12 of them sank) Tj",
        ["3,150 boats 12 of them sank"],
        [],
    ),
    ("/F1 12 Tf 72 720 Td (It sank 3,150) Tj /F1 7 Tf 0 -14 Td (12) Tj", ["3,150 12"], []),
)


def test_raised_print_is_no_part_of_the_figure_before_it() -> None:
    wrong = []
    for operators, said, unsaid in SET:
        (text,) = pdf.read(files.set_pdf(operators))["pages"]
        wrong += [(text, quote, "missing") for quote in said if not find_quote(quote, text)]
        wrong += [(text, quote, "found") for quote in unsaid if find_quote(quote, text)]
    assert wrong == []


def test_a_page_is_a_picture_however_it_is_drawn() -> None:
    picture = b"/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    image = b"<< /Type /XObject /Subtype /Image %s /Length 1 >>\nstream\n0\nendstream" % picture
    form = b"<< /Subtype /Form /Resources << /XObject << /I 5 0 R >> >> /Length 5 >>\nstream\n/I Do"
    inline = b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q"
    for content, drawn in ((b"/F Do", b"/XObject << /F 6 0 R >>"), (inline, b"")):
        page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << %s >> >>" % drawn
        stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
        catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
        pages = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
        objects = [catalogue, pages, page, stream, image, form + b"\nendstream"]
        assert pdf.read(files.pdf_of(objects))["scans"] == [1], content


REPORT = [
    f"Port of Largo\nReport of {2000 + number}\n{words}\nPage {number} of 5"
    for number, words in enumerate(
        (
            "The board met on Monday. The loss of the last year, it said, was",
            "12.5 million crowns, which is more than in any other year before, and the infor-",
            "mation on well-\nknown cranes was\nkept back. Port of Largo\nis the name of it.",
            "Table\n4\n5\n7",
            "Table\n9\n5\n8",
        ),
        1,
    )
]


def test_a_sentence_goes_on_over_foot_and_head() -> None:
    read = read_document(files.lines_pdf(*REPORT))
    for quote in (
        "it said, was 12.5 million crowns",
        "and the information on well-known cranes was kept back",
        "kept back. Port of Largo is the name",
    ):
        assert find_quote(quote, read.text), quote
    assert "Page 2" not in read.text and "Report of" not in read.text
    assert find_quote("Report of 2003", read.page_text) and find_quote(
        "Page 5 of 5", read.page_text
    )
    assert [read.text[start:].split()[0] for start in read.pages] == [
        "The",
        "12.5",
        "mation",
        "Table",
        "Table",
    ]


@pytest.mark.parametrize(
    "pages",
    [
        ["In 2019 it sold 40 boats", "In 2020 it bought 50 tugs"],
        ["The one page of it\n7"],
        ["Boats\n3,150\n40", "Boats of others\n2,900\n55", "Tugs\n88\n56"],
    ],
)
def test_what_does_not_run_stays(pages: list[str]) -> None:
    text = read_document(files.lines_pdf(*pages)).text
    assert text.split() == " ".join(pages).split()


def test_numbers_of_pages_in_several_forms_run() -> None:
    for form in ("{}", "- {} -", "Seite {}", "{} / 9", "[{}]"):
        pages = [f"Words {word} here\n{form.format(at + 7)}" for at, word in enumerate("abcd")]
        assert (
            read_document(files.lines_pdf(*pages)).text.split()
            == " ".join(f"Words {word} here" for word in "abcd").split()
        )


def test_locks_are_told_apart_from_damage() -> None:
    def note(body: bytes) -> str:
        page = read_body(body, url="https://a.example/x.pdf", content_type="application/pdf")
        return page.text or page.note

    for cipher in ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"):
        assert note(files.locked_pdf("Words of it", cipher=cipher, password="")) == "Words of it"
        assert "password" in note(files.locked_pdf("Words of it", cipher=cipher))
    other = files.pdf("Words").replace(
        b"trailer <<", b"trailer << /Encrypt << /Filter /Adobe.PubSec /V 4 >> /ID [(a) (a)]"
    )
    assert "certificate" in note(other)
    assert "damaged" in note(files.locked_pdf("Words of it")[:300])
