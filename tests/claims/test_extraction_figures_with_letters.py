"""Magnitudes and adjectives that stand close to a figure."""

from claims.extraction import extract
from tests.claims.figure_tables import wrong


def test_a_letter_counts_at_a_range_and_at_a_rate() -> None:
    assert not wrong(
        {
            "A bridge would cost €40m-€50m.": ["40000000..50000000 €"],
            "It is a £30m-a-year scheme.": ["30000000 £"],
            "It was a $5k-per-month deal.": ["5000 $"],
            "The 40m-long wall fell.": [],
        }
    )


def test_thousands_are_shortened_in_german() -> None:
    table = {
        "Rund 12 Tsd. Stellen fallen weg.": ["12000 Stellen"],
        "Es kostet 40 Tsd. Euro.": ["40000 €"],
    }
    assert not wrong(table, "de")


def test_a_spanish_range_may_have_an_article_at_each_end() -> None:
    table = {
        "Subieron entre un 4 y un 6 %.": ["4..6 %"],
        "Subieron entre un 4 % y un 6 %.": ["4..6 %"],
        "Subió un 4 por ciento hasta el 6 %.": ["4 %", "6 %"],
    }
    assert not wrong(table, "es")


def test_an_adjective_at_the_end_is_nothing_that_is_counted() -> None:
    assert not wrong(
        {
            "The dam is 37 per cent full.": ["37 %"],
            "Food is 12 percent higher than before.": ["12 %"],
            "It holds 20 larger boats.": ["20 boats"],
            "It killed 12 full sailors.": ["12 sailors"],
        }
    )


def test_words_that_name_nobody_do_not_end_the_reading() -> None:
    assert extract("2019 Quartal Mai 3:1") == ()
