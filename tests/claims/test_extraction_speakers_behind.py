# ruff: noqa: RUF001 - curly marks are the matter of these tests
"""Speakers that stand where other languages put them: before “zufolge”, and behind
those who were told. German fractions that count one of so many.
"""

import pytest

from claims.extraction import extract
from tests.claims.figure_tables import wrong

_GERMAN = "Das hat der Rat am Mittwoch in der Stadt nicht gesagt, und es ist nicht neu. "
_SPANISH = "El alcalde no lo dijo ayer en la ciudad, y tampoco es una novedad para los vecinos. "
_FRENCH = "Le maire ne l’a pas dit hier dans la ville, et ce n’est pas une nouvelle pour les élus. "


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (_GERMAN + "Anna Bach zufolge sanken 2019 in der Bucht 40 Boote.", "Anna Bach"),
        (_GERMAN + "In der Bucht sanken 2019 der Polizei zufolge 40 Boote.", "der Polizei"),
        (_GERMAN + "Der Hafenbehörde zufolge sanken in der Bucht 40 Boote.", "Der Hafenbehörde"),
        (
            _SPANISH + "“En la bahía se hundieron 40 barcos”, dijo a la prensa Ana Bravo.",
            "Ana Bravo",
        ),
        (
            _SPANISH + "“Se hundieron 40 barcos”, explicó a los periodistas el alcalde.",
            "el alcalde",
        ),
        (_FRENCH + "« 40 bateaux ont coulé », a dit à la presse Anne Brunet.", "Anne Brunet"),
    ],
)
def test_who_said_it_is_found_there(text: str, speaker: str) -> None:
    assert [one.speaker for one in extract(text) if "40" in one.text] == [speaker]


def test_one_of_so_many_is_a_share_and_every_second_week_is_none() -> None:
    assert not wrong(
        {
            "Jeder fünfte Schüler fehlt.": ["1/5 Schüler"],
            "Fast jede dritte Frau wurde bedroht.": ["1/3 Frau"],
            "Jedes zweite Boot sank.": ["1/2 Boot"],
            "Der Rat tagt jede zweite Woche.": [],
            "Jeder dritte Tag ist frei.": [],
        },
        "de",
    )
