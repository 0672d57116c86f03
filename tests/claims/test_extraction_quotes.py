# ruff: noqa: RUF001
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction import extract, quotes


def _found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in quotes.find(text)]


def test_a_quote_mark_inside_a_word_is_an_apostrophe() -> None:
    assert _found("The port’s chief can’t say who’d won.") == []


def test_a_plural_possessive_does_not_close_a_single_quotation() -> None:
    assert _found("‘The sailors’ boats are lost,’ she said.") == ["‘The sailors’ boats are lost,’"]


def test_a_plural_in_single_marks_closes_before_the_next_pair() -> None:
    assert _found("No ‘rebels’ in town and no ‘armed rebels’ outside.") == [
        "‘rebels’",
        "‘armed rebels’",
    ]


def test_marks_of_the_other_kind_stay_inside() -> None:
    assert _found("“He called it ‘a farce’ again,” she said.") == [
        "“He called it ‘a farce’ again,”"
    ]


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    (one,) = quotes.find("He said: “We lost the boats.")
    assert not one.closed


@pytest.mark.parametrize(
    "text",
    [
        "The port was closed by ‘unruly’ sailors in 2021.",
        "A so-called “peace fleet” reached the port in 2021.",
    ],
)
def test_scare_quotes_are_no_quotation(text: str) -> None:
    assert extract(text)[0].kind == "none"


def test_a_quotation_over_paragraphs_keeps_its_speaker() -> None:
    text = "Ana Ruiz said: “The port lost 40 boats in 2019.\n\n“The town lost 12 houses in 2020.”"
    found = {one.text: one for one in extract(text)}
    second = next(one for words, one in found.items() if "12 houses" in words)
    assert (second.kind, second.speaker) == ("direct", "Ana Ruiz")


def test_the_rest_of_a_quotation_belongs_to_the_speaker_beside_it() -> None:
    text = "“The port lost 40 boats in 2019,” Ana Ruiz said. “The town lost 12 houses in 2020.”"
    second = next(one for one in extract(text) if "12 houses" in one.text)
    assert (second.kind, second.speaker) == ("direct", "Ana Ruiz")


@given(st.text('“”" aB.', max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_quotations_are_found_by_the_stretch_they_touch(text: str, start: int, size: int) -> None:
    found = quotes.find(text)
    touched = [one for one in found if one.start < start + size and one.end > start]
    assert list(quotes.touching(found, start, start + size)) == touched
