"""A cited passage is found as it was said, not as it was typed."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.quotes import find_quote

TEXT = (
    "Opening line.\n\nThe minister said: \u201cWe  counted\n4,210 cases \u2013 no more\u201d, and"
    " left. In\ufb02ation hit 15 per cent in Stra\u00dfe caf\u00e9s; the co\u00adop agreed."
    " It\u2019s 1.5 times 2019\u20112020. Ende. It fell by"
    " \u22120.3 per cent in three of 3/4 of them."
)


def found(quote: str, text: str = TEXT) -> str | None:
    match = find_quote(quote, text)
    return text[match.start : match.end] if match else None


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("We  counted\n4,210 cases", "We  counted\n4,210 cases"),
        ("we counted 4,210 cases - no more", "We  counted\n4,210 cases \u2013 no more"),
        ('said: "We counted 4,210 cases', "said: \u201cWe  counted\n4,210 cases"),
        ("  We counted\u00a04,210 cases  ", "We  counted\n4,210 cases"),
        ("\u00bbWe counted 4,210 cases\u00ab", "We  counted\n4,210 cases"),
        ("inflation hit 15 per cent", "In\ufb02ation hit 15 per cent"),
        ("STRASSE CAFE\u0301S", "Stra\u00dfe caf\u00e9s"),
        ("the coop agreed", "the co\u00adop agreed"),
        ("It's 1.5 times 2019-2020", "It\u2019s 1.5 times 2019\u20112020"),
        ("Opening line.", "Opening line."),
        ("Ende.", "Ende."),
        (TEXT, TEXT),
    ],
)
def test_a_passage_is_found_through_its_typography(quote: str, passage: str) -> None:
    assert found(quote) == passage


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "   ",
        '""',
        "we counted 4,201 cases",
        "We counted 4 210 cases",
        "5 per cent",
        "hit 1",
        "210 cases",
        "counted 4",
        "5 times",
        "It's 1",
        "cafes",
        "nflation",
        "Open",
        "We counted cases",
        "Ende. More",
        "0.3 per cent",
        "4 of them",
        "of 3",
    ],
)
def test_another_figure_word_or_half_of_one_is_not_the_passage(quote: str) -> None:
    assert found(quote) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [("十五", "約十五人"), ("ผู้", "มีผู้คน"), ("정부", "정부는 말했다"), ("カ月", "三カ月間")],
)
def test_scripts_without_blanks_are_found_within_a_line(quote: str, text: str) -> None:
    assert found(quote, text) == quote


MARKED = "There are 3,150¹ boats, 10⁹ crabs, 2½ tugs and 70 m² of deck.[4] CO₂ rose* in 2019.² Ende"


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("3,150 boats", "3,150¹ boats"),
        ("3,150[1] boats", "3,150¹ boats"),
        ("10^9 crabs", "10⁹ crabs"),
        ("2 1/2 tugs", "2½ tugs"),
        ("70 m2 of deck. CO2 rose", "70 m² of deck.[4] CO₂ rose"),
        ("rose in 2019. Ende", "rose* in 2019.² Ende"),
        ("3,1501 boats", None),
        ("1 boats", None),
        ("109 crabs", None),
        ("10", None),
        ("9 crabs", None),
        ("2 tugs", None),
        ("½ tugs", None),
        ("20192", None),
    ],
)
def test_marks_are_passed_over_and_powers_are_not(quote: str, passage: str | None) -> None:
    assert found(quote, MARKED) == passage


BROKEN = "The infor-\nmation on well-\n  known cases of 2019-\n2020 in Nord-\nEssen, the soft\u00ad\nware"


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("information on well-known cases", "infor-\nmation on well-\n  known cases"),
        ("infor-\nmation", "infor-\nmation"),
        ("cases of 2019-2020 in Nord-Essen", "cases of 2019-\n2020 in Nord-\nEssen"),
        ("software", "soft\u00ad\nware"),
        ("in-formation", None),
        ("infor", None),
        ("mation on", None),
        ("20192020", None),
    ],
)
def test_a_word_broken_at_a_line_end_is_one_word(quote: str, passage: str | None) -> None:
    assert found(quote, BROKEN) == passage


def test_the_whole_one_is_found_behind_a_partial_one() -> None:
    text = "15 per cent of men and 5 per cent of women"
    assert find_quote("5 per cent", text) == (
        text.index("5 per cent of women"),
        text.index(" of women"),
    )


def test_accents_of_their_own_belong_to_the_passage() -> None:
    text = unicodedata.normalize("NFD", "le café fermé hier")
    assert unicodedata.normalize("NFC", found("café fermé", text) or "") == "café fermé"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("the figure 39999 rose", " ".join(f"The figure {n} rose." for n in range(40_000))),
        ("a" * 20_000, "a" * 2_000_000),
        ("a a", "a" * 2_000_000),
        ("5", "15 " * 600_000),
        ("a" * 30_000, "a" * 30_000),
        ("a" * 20_000, "a-\na" * 250_000),
        ("b¹ b", "a¹ " * 300_000),
        ("\u0301" * 1_000, "\u0301" * 1_000_000),
    ],
)
def test_a_megabyte_takes_seconds_at_most(quote: str, text: str) -> None:
    begun = time.process_time()
    find_quote(quote, text)
    assert time.process_time() - begun < 5


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=40), st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_what_is_found_lies_within_the_text_and_a_whole_text_finds_itself(
    quote: str, text: str, start: int, end: int
) -> None:
    for wanted in (quote, text, text[start:end]):
        match = find_quote(wanted, text)
        if match is not None:
            assert 0 <= match.start < match.end <= len(text)
    if any(character.isalnum() for character in text):
        assert find_quote(text, text) is not None
