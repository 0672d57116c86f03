"""Two years joined by “and”, in every language: the reading of a whole article ended
there.
"""

import datetime
import itertools

import pytest

from claims.extraction import extract, measurements
from tests.claims.date_tables import wrong

_YEARS = ["2019-01-01..2019-12-31", "2020-01-01..2020-12-31"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In 2019 and 2020 the bay lost 40 boats."),
        ("de", "In den Jahren 2019 und 2020 sanken 40 Boote."),
        ("fr", "En 2019 et 2020, 40 bateaux ont coulé."),
        ("es", "En 2019 y 2020 se hundieron 40 barcos."),
        ("ar", "في 2019 و 2020 غرق 40 قاربا."),
    ],
)
def test_two_years_are_read_each(language: str, text: str) -> None:
    assert not wrong({text: _YEARS}, language, anchor=datetime.date(2025, 9, 24))


def test_an_article_with_two_years_is_read() -> None:
    text = (
        "Das hat der Rat am Mittwoch in der Stadt nicht gesagt, und es ist nicht neu. In den"
        " Jahren 2019 und 2020 sanken in der Bucht 40 Boote."
    )
    assert any("40 Boote" in one.text for one in extract(text))


_NUMBERS = "3 12. 2019 2020 1980s 40 % - ½"
_WORDS = {
    "en": "from between to and in May Monday last year",
    "de": "vom zwischen bis und im Mai Montag letzten Jahr",
    "fr": "du entre au et en mai lundi dernier année",
    "es": "desde entre hasta y en mayo lunes pasado año",
    "ar": "من بين إلى و في مايو الاثنين الماضي عام",
}


@pytest.mark.parametrize("language", _WORDS)
def test_no_four_words_of_dates_and_numbers_end_the_reading(language: str) -> None:
    words = [*_NUMBERS.split(), *_WORDS[language].split()]
    for four in itertools.product(words, ["2019", *words[-9:]], words, ["", "2020"]):
        measurements.find(" ".join(four).strip(), 0, datetime.date(2025, 9, 24), language)
