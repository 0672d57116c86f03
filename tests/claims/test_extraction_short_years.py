# ruff: noqa: RUF001 - curly marks are the matter of these tests
"""Years of two digits: the latest such year, or a blank one, and never a figure."""

import datetime

from tests.claims.date_tables import wrong
from tests.claims.figure_tables import figures

_DAY = datetime.date(2022, 6, 16)
_TABLE = {
    "In '19 the quay fell.": ["2019-01-01..2019-12-31"],
    "In ’19 the quay fell.": ["2019-01-01..2019-12-31"],
    "The class of '99 met.": ["1999-01-01..1999-12-31"],
    "The storm of '68 sank boats.": ["1968-01-01..1968-12-31"],
    "In May '21 it rained.": ["2021-05-01..2021-05-31"],
    "It opened on 3 May '21.": ["2021-05-03"],
    "It opened on 12/03/19.": ["None"],
    "It opened on 25/03/19.": ["2019-03-25"],
    "It opened on 03/25/19.": ["2019-03-25"],
    "It opened on 25.03.19.": ["2019-03-25"],
    "It opened (25.03.19) late.": ["2019-03-25"],
    "It opened (18.01.2018) late.": ["2018-01-18"],
    "It opened on 11/11/98.": ["1998-11-11"],
    "In FY21/22 profit fell.": ["2021-01-01..2022-12-31"],
    "In FY2021-22 profit fell.": ["2021-01-01..2022-12-31"],
    "In FY22 profit fell.": ["None"],
    "In FY 2021/22 profit fell.": ["2021-01-01..2022-12-31"],
    "Version 25.30.19 is out.": [],
    "He said 'twas late.": [],
    "In the '90s it rained.": ["1990-01-01..1999-12-31"],
}


def test_years_of_two_digits() -> None:
    assert not wrong(_TABLE, anchor=_DAY)
    assert {sentence: got for sentence in _TABLE if (got := figures(sentence))} == {}
    # Without the article's date nobody knows the century.
    assert not wrong({"In '19 the quay fell.": ["None"], "On 25.03.19 it fell.": ["None"]})


def test_days_in_digits_in_other_languages() -> None:
    for language, table in {
        "de": {
            "Der Kai öffnete (18.01.2018) spät.": ["2018-01-18"],
            "Der Kai öffnete am 18.01.18.": ["2018-01-18"],
            "Der Kai öffnete am 18.1. im Regen.": ["2022-01-18"],
            "Der Kai öffnete am 3.5.": ["2022-05-03"],
        },
        "fr": {
            "Le quai a ouvert le 18/01/18.": ["2018-01-18"],
            "Le quai a ouvert le 12/03/2019.": ["2019-03-12"],
        },
        "es": {"El muelle abrió el 12/03/2019.": ["2019-03-12"]},
        "ar": {"افتتح الرصيف في 12/03/2019.": ["2019-03-12"]},
    }.items():
        assert not wrong(table, language, _DAY)
        assert not [one for one in table if figures(one, language)]
