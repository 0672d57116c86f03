"""Text is stored in one form, or refused with a remedy."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.plaintext import TextError, stored_text, tidied


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("plain", "plain"), ("a\r\nb\rc\nd", "a\nb\nc\nd"), ("a\u2028b\u2029c\x85d\x0be\x0cf", "a\nb\nc\nd\ne\nf"),
        ("Cafe\u0301", "Caf\u00e9"), ("\ufeffmarked", "marked"), (b"\xef\xbb\xbfmarked", "marked"), ("caf\u00e9".encode(), "caf\u00e9"),
        ("tab\tkept  twice\n\n", "tab\tkept  twice\n\n"), ((
            "one \x02 stray mark in a text that is"
            " otherwise long enough to be a text"
        ), "one  stray mark in a text that is otherwise long enough to be a text"),
        ("\u202bعربي\u202c", "\u202bعربي\u202c"), ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)  # fmt: skip
def test_text_is_stored_composed_with_plain_line_ends(raw: str | bytes, expected: str) -> None:
    assert stored_text(raw) == expected


@pytest.mark.parametrize(
    ("raw", "remedy"),
    [
        ("", "Paste"), (b"", "Paste"), (" \r\n\t\u00a0", "Paste"), ("\ufeff", "text"),
        ("a\x00b", "NUL"), (b"a\x00b", "NUL"), ("a\ud800b", "surrogate"), ("\udfff", "surrogate"),
        (b"caf\xe9", "UTF-8 (byte 4)"), (b"\xff\xfea\x00", "UTF-8"), (b"\xed\xa0\x80", "UTF-8"), (b"\xc0\xaf", "UTF-8"),
        (b"%PDF-1.7\n...", "plain text"), (b"PK\x03\x04docx", "plain text"), (b"\x89PNG\r\n", "plain text"), (b"\xff\xd8\xff\xe0", "plain text"),
        ("\x01\x02\x03 text", "plain text"), ("e" + "\u0301" * 200, "accents"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_a_remedy(raw: str | bytes, remedy: str) -> None:
    with pytest.raises(TextError) as caught:
        stored_text(raw)
    assert remedy in str(caught.value)


def test_the_limit_counts_characters_and_is_itself_allowed() -> None:
    assert stored_text("ä" * 100, limit=100) == "ä" * 100
    assert stored_text(("ä" * 100).encode(), limit=100) == "ä" * 100
    for raw in ("a" * 101, b"a" * 101, b"a" * 1_000, "\ufb2c" * 60):
        with pytest.raises(TextError, match="100 characters"):
            stored_text(raw, limit=100)


def test_a_heap_of_accents_costs_no_time() -> None:
    heap = "e" + "\u0301\u0316" * 500_000
    begun = time.process_time()
    with pytest.raises(TextError):
        stored_text(heap)
    assert len(tidied(heap)) < 100
    assert time.process_time() - begun < 2


@settings(max_examples=500, deadline=None)
@given(st.text() | st.binary() | st.text("\r\n\x85\u2028e\u0301\ufeff\x00\x01", max_size=20))
def test_any_input_is_stored_stably_or_refused(raw: str | bytes) -> None:
    try:
        text = stored_text(raw)
    except TextError as error:
        assert str(error).endswith(".")
        return
    assert stored_text(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert text.encode("utf-8")
    assert not set(text) & set("\x00\r\x0b\x0c\x85\u2028\u2029\ufeff")


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(), max_size=50) | st.text("\ud800\x00e\u0301\u0316\r\n", max_size=300))
def test_anything_can_be_tidied(raw: str) -> None:
    text = tidied(raw)
    assert text.encode("utf-8") is not None
    assert tidied(text) == text
    assert text == "" or not text.strip() or stored_text(text) == text
