# ruff: noqa: RUF001
"""Marks and sentences as German, French, Spanish and Arabic write them."""

import pytest

from claims.extraction import fold, quotes, sentences


def _quoted(text: str) -> list[str]:
    return [text[one.start : one.end] for one in quotes.find(fold.fold(text))]


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences.spans(fold.fold(text))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Die „Hafenpost“ nannte es „übertrieben“, mehr nicht.", ["„Hafenpost“", "„übertrieben“"]),
        ("»Das ist gut«, sagte er. »Ja.«", ["»Das ist gut«", "»Ja.«"]),
        ("« Le port est fermé », dit-elle. Il « doute ».", ["« Le port est fermé »", "« doute »"]),
        ("«Hay 40 barcos», dijo Ruiz.", ["«Hay 40 barcos»"]),
        ("قال «نعم» ثم ذهب.", ["«نعم»"]),
        ("He said ’twas “fine” then.", ["“fine”"]),
    ],
)
def test_quotations_are_found_whatever_their_marks(text: str, quoted: list[str]) -> None:
    assert _quoted(text) == quoted


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Am 3. Mai waren es z. B. 12.500 Menschen. Das ist viel.",
            ["Am 3. Mai waren es z. B. 12.500 Menschen.", "Das ist viel."],
        ),
        (
            "« Que faire ? » M. Durand le sait. Oui.",
            ["« Que faire ? »", "M. Durand le sait.", "Oui."],
        ),
        (
            "El Sr. Gil vive en EE. UU. desde 2019. ¿Por qué?",
            ["El Sr. Gil vive en EE. UU. desde 2019.", "¿Por qué?"],
        ),
        ("هل غرقت ٤٠ سفينة؟ نعم. غرقت.", ["هل غرقت ٤٠ سفينة؟", "نعم.", "غرقت."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert _sentences(text) == parts
