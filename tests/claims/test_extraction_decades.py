"""Decades as other languages write them: their first year alone would be a year."""

import datetime

from tests.claims import figure_tables
from tests.claims.date_tables import wrong

_DAY = datetime.date(2025, 9, 24)
_EIGHTIES = ["1980-01-01..1989-12-31"]


def test_a_decade_is_ten_years() -> None:
    german = (
        "In den 1980er Jahren sank es.",
        "In den 1980er-Jahren sank es.",
        "In den 80er Jahren sank es.",
        "In den achtziger Jahren sank es.",
        "In den Achtzigerjahren sank es.",
        "Ein Boot der 80er-Jahre sank.",
    )
    french = (
        "Dans les années 1980, elle a monté.",
        "Dans les années 80, elle a monté.",
        "Dans les années quatre-vingt, elle a monté.",
        "Un bateau des années 1980 a coulé.",
    )
    spanish = (
        "En los años 80 subió.",
        "En los años 1980 subió.",
        "En los años ochenta subió.",
        "En la década de 1980 subió.",
        "En la década de los 80 subió.",
        "Era un barco de la década de los ochenta.",
    )
    for language, texts in (("de", german), ("fr", french), ("es", spanish)):
        assert not wrong(dict.fromkeys(texts, _EIGHTIES), language, anchor=_DAY)


def test_years_side_by_side_and_ages_are_no_decade() -> None:
    assert not wrong(
        {
            "Dans les années 2019 et 2020, elle a monté.": [
                "2019-01-01..2019-12-31",
                "2020-01-01..2020-12-31",
            ],
            "Dans les années 2010-2012, elle a monté.": ["2010-01-01..2012-12-31"],
            "Dans les années 2010 à 2012, elle a monté.": [
                "2010-01-01..2010-12-31",
                "2012-01-01..2012-12-31",
            ],
        },
        "fr",
        anchor=_DAY,
    )
    assert not wrong({"Tiene 80 años.": [], "A los 80 años murió.": []}, "es", anchor=_DAY)
    assert not wrong(
        {"En los años 2010 y 2011 subió.": ["2010-01-01..2010-12-31", "2011-01-01..2011-12-31"]},
        "es",
        anchor=_DAY,
    )


def test_the_century_of_a_short_one_that_may_be_in_two_is_not_guessed() -> None:
    assert not wrong({"In den 20er Jahren sank es.": ["None"]}, "de", anchor=_DAY)
    assert not wrong({"En los años veinte subió.": ["None"]}, "es", anchor=_DAY)
    assert not wrong({"Dans les années 80, elle a monté.": ["None"]}, "fr", anchor=None)


def test_the_number_of_a_decade_is_no_figure() -> None:
    texts = {
        "es": "En los años 80 subió un 4 %.",
        "fr": "Dans les années 80, il a monté de 4 %.",
        "de": "In den 80er Jahren stieg es um 4 %.",
    }
    for language, text in texts.items():
        assert figure_tables.figures(text, language) == ["4 %"]
