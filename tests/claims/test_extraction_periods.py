# ruff: noqa: RUF001 - curly marks are the matter of these tests
"""Quarters, halves of a year, and periods that are told by how long they
lasted and when they ended; two days that share a month.
"""

import datetime

from tests.claims.date_tables import wrong

_THURSDAY = datetime.date(2022, 6, 16)


def test_quarters_and_halves_of_a_year() -> None:
    assert not wrong(
        {
            "In the first quarter of 2021 catches fell.": ["2021-01-01..2021-03-31"],
            "Catches fell in Q3 2020.": ["2020-07-01..2020-09-30"],
            "Catches fell in the fourth quarter 2020.": ["2020-10-01..2020-12-31"],
            "Third-quarter 2020 catches fell.": ["2020-07-01..2020-09-30"],
            "In the second half of 2021 catches fell.": ["2021-07-01..2021-12-31"],
            "Catches fell in H1 2021.": ["2021-01-01..2021-06-30"],
            "Catches fell in the last quarter of 2021.": ["2021-10-01..2021-12-31"],
            "In the first quarter of last year catches fell.": ["2021-01-01..2021-03-31"],
            "In the third quarter of 2019 and the first half of 2020 catches fell.": [
                "2019-07-01..2019-09-30",
                "2020-01-01..2020-06-30",
            ],
            "The first quarter of fiscal 2021 was good.": ["None"],
            "In the second half of 2021, 2000 boats sank.": ["2021-07-01..2021-12-31"],
            "A quarter of the boats sank in 2021.": ["2021-01-01..2021-12-31"],
        },
        anchor=_THURSDAY,
    )


def test_quarters_in_other_languages() -> None:
    assert not wrong(
        {
            "Im ersten Quartal 2021 sanken 40 Boote.": ["2021-01-01..2021-03-31"],
            "Im 3. Quartal 2020 sanken 40 Boote.": ["2020-07-01..2020-09-30"],
            "Im zweiten Halbjahr 2021 sanken 40 Boote.": ["2021-07-01..2021-12-31"],
            "Im vierten Quartal des Jahres 2020 sanken 40 Boote.": ["2020-10-01..2020-12-31"],
            "In der ersten Hälfte des Jahres 2020 sanken 40 Boote.": ["2020-01-01..2020-06-30"],
        },
        "de",
        _THURSDAY,
    )
    assert not wrong(
        {
            "Au premier trimestre 2021, 40 bateaux ont coulé.": ["2021-01-01..2021-03-31"],
            "Au 3e trimestre de 2020, 40 bateaux ont coulé.": ["2020-07-01..2020-09-30"],
            "Au second semestre 2021, 40 bateaux ont coulé.": ["2021-07-01..2021-12-31"],
            "Au premier trimestre de l’année 2021, 40 ont coulé.": ["2021-01-01..2021-03-31"],
        },
        "fr",
        _THURSDAY,
    )
    assert not wrong(
        {
            "En el primer trimestre de 2021 se hundieron 40.": ["2021-01-01..2021-03-31"],
            "En el segundo semestre de 2021 se hundieron 40.": ["2021-07-01..2021-12-31"],
            "En el tercer trimestre del año 2020 se hundieron 40.": ["2020-07-01..2020-09-30"],
            "En la primera mitad de 2020 se hundieron 40.": ["2020-01-01..2020-06-30"],
        },
        "es",
        _THURSDAY,
    )


def test_periods_that_are_told_by_their_end() -> None:
    assert not wrong(
        {
            "In the year to March 2022, 40 boats sank.": ["2021-04-01..2022-03-31"],
            "In the 12 months to June 2021, 40 boats sank.": ["2020-07-01..2021-06-30"],
            "In the three months to May, 40 boats sank.": ["2022-03-01..2022-05-31"],
            "In the year ended 30 June 2021, 40 boats sank.": ["2020-07-01..2021-06-30"],
            "In the year ending March 31, 2022, 40 sank.": ["2021-04-01..2022-03-31"],
            "In the six months through May 2021, 40 boats sank.": ["2020-12-01..2021-05-31"],
            "In the week to 5 May 2022, 40 boats sank.": ["2022-04-29..2022-05-05"],
            "In the decade to 2020, 40 boats sank.": ["2011-01-01..2020-12-31"],
            "In the five years to 2020, 40 boats sank.": ["2016-01-01..2020-12-31"],
            "In the six months to the end of May 2021, 40 sank.": ["2020-12-01..2021-05-31"],
            # What has two readings has none.
            "It took a year to May’s delight.": [],
        },
        anchor=_THURSDAY,
    )


def test_two_days_or_months_that_share_what_follows() -> None:
    assert not wrong(
        {
            "On 12 and 13 May 2021 it rained.": ["2021-05-12..2021-05-13"],
            "On May 12 and 13, 2021, it rained.": ["2021-05-12..2021-05-13"],
            "On 12 and 15 May 2021 it rained.": ["2021-05-12", "2021-05-15"],
            "In May and June 2021 it rained.": ["2021-05-01..2021-06-30"],
            "On 30 April and 1 May 2021 it rained.": ["2021-04-30..2021-05-01"],
            "On 3 March and 9 May 2021 it rained.": ["2021-03-03", "2021-05-09"],
            "On 12 and 13 May it rained.": ["2022-05-12..2022-05-13"],
            "On May 12 and 13 boats sank.": ["2022-05-12"],
            "On May 12 and 13, boats sank.": ["2022-05-12..2022-05-13"],
        },
        anchor=_THURSDAY,
    )
    assert not wrong(
        {"Am 12. und 13. Mai 2021 regnete es.": ["2021-05-12..2021-05-13"]}, "de", _THURSDAY
    )
    assert not wrong(
        {"Les 12 et 13 mai 2021, il a plu.": ["2021-05-12..2021-05-13"]}, "fr", _THURSDAY
    )
    assert not wrong(
        {"El 12 y el 13 de mayo de 2021 llovió.": ["2021-05-12..2021-05-13"]}, "es", _THURSDAY
    )


def test_a_feast_that_lies_on_two_days_has_none() -> None:
    """Canada keeps Thanksgiving in October."""
    assert not wrong({"On Thanksgiving 2021 it rained.": []}, anchor=_THURSDAY)
