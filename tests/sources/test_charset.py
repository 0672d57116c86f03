"""A page is decoded as browsers decode it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.charset import LABELS, decoded

WORDS = "Grüße aus Köln"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (WORDS.encode(), "text/html; charset=utf-8"),
        (WORDS.encode(), "text/html"),
        (WORDS.encode("latin-1"), "text/html; charset=iso-8859-1"),
        (WORDS.encode("latin-1"), 'text/html; charset="ISO-8859-1"'),
        (WORDS.encode("latin-1"), "text/html"),
        (WORDS.encode("latin-1"), "text/html; charset=utf-8"),
        (WORDS.encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        (WORDS.encode("utf-16"), "text/html"),
        (WORDS.encode("utf-16-be"), "text/html; charset=utf-16be"),
        (WORDS.encode(), "text/html; charset=idna"),
        (WORDS.encode(), "text/html; charset=no-such-thing"),
    ],
)
def test_the_words_come_out_whatever_the_encoding(body: bytes, content_type: str) -> None:
    assert decoded(body, content_type=content_type) == WORDS


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_the_page_may_name_its_encoding(meta: str) -> None:
    page = meta + "<p>Привет"
    assert decoded(page.encode("cp1251"), content_type="text/html") == page


def test_the_header_wins_over_the_page_and_curly_quotes_survive_a_latin_label() -> None:
    assert decoded(
        '<meta charset="windows-1251">ü'.encode("cp1252"),
        content_type="text/html; charset=iso-8859-1",
    ).endswith("ü")
    assert (
        decoded(b"\x93quoted\x94", content_type="text/html; charset=latin1") == "\u201cquoted\u201d"
    )


def test_a_broken_byte_is_marked_and_the_rest_is_kept() -> None:
    assert decoded(
        "Käse ".encode() + b"\x81\xff", content_type="text/html; charset=utf-8"
    ).endswith("\ufffd")


def test_every_label_names_an_encoding_of_text() -> None:
    for encoding in set(LABELS.values()):
        assert b"word".decode(encoding, "replace") is not None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(sorted(LABELS)) | st.text(max_size=20))
def test_no_bytes_and_no_label_make_it_raise(body: bytes, label: str) -> None:
    assert isinstance(decoded(body, content_type=f"text/html; charset={label}"), str)
