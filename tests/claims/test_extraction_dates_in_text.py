# ruff: noqa: RUF001 - dashes are the matter of these tests
"""Dates that need the sentence around them: its verb, a range, a named day."""

import datetime

from claims.extraction import measurements
from tests.claims.date_tables import days, wrong

_THURSDAY = datetime.date(2022, 6, 16)


def test_a_day_without_a_year_is_past_unless_the_verb_looks_ahead() -> None:
    assert not wrong(
        {
            "On April 2 the quay broke.": ["2022-04-02"],
            "On November 20 the quay broke.": ["2021-11-20"],
            "The quay is due to open on November 20.": ["2022-11-20"],
            "On November 20 the council will vote.": ["2022-11-20"],
            "By April 2 it must open.": ["2023-04-02"],
            "In September the council will spend more.": ["2022-09-01..2022-09-30"],
            "In September the council spent more.": ["2021-09-01..2021-09-30"],
            "On Monday the council will vote.": ["2022-06-20"],
            "The vote is on November 20.": ["2022-11-20"],
            "Elections take place on November 20.": ["2022-11-20"],
            "By March the firm had lost 3 boats.": ["2022-03-01..2022-03-31"],
            "They will meet, the mayor said on Monday.": ["2022-06-13"],
            "In May last year it fell.": ["2021-05-01..2021-05-31", "2021-01-01..2021-12-31"],
            "In March 12 boats sank.": ["2022-03-01..2022-03-31"],
            "In January 2020 it was cold.": ["2020-01-01..2020-01-31"],
            "On Monday the council voted.": ["2022-06-13"],
            "By Saturday it has to open.": ["2022-06-18"],
            "The mayor said on Monday the quay will open.": ["2022-06-13"],
            "It opened on June 16.": ["2022-06-16"],
            "LARGO, March 3 Harbour police said so.": ["2022-03-03"],
            "LARGO, Pa., May 29 /Wire/ -- It opened.": ["2022-05-29"],
            "On Monday, April 2 it broke.": ["2022-04-02"],
            "In mid-May 2021 it broke.": ["2021-05-01..2021-05-31"],
            "The sale was extended until November 20.": ["2022-11-20"],
            "The port can reply in September.": ["2022-09-01..2022-09-30"],
        },
        anchor=_THURSDAY,
    )


def test_from_last_year_compares_and_a_fiscal_year_begins_nobody_knows_when() -> None:
    assert not wrong(
        {
            "Sales rose from last year.": ["2021-01-01..2021-12-31"],
            "Sales rose from last year's sum.": ["2021-01-01..2021-12-31"],
            "Sales rose over the last year.": ["2021-06-16..2022-06-16"],
            "Sales rose in last 2 weeks.": ["2022-06-02..2022-06-16"],
            "The first quarter of fiscal 2023 was good.": ["None"],
            "In the financial year 2021 it grew.": ["None"],
            "In the fiscal year 2021-22 it grew.": ["2021-01-01..2022-12-31"],
        },
        anchor=_THURSDAY,
    )


def test_a_range_of_dates_is_one_interval() -> None:
    assert not wrong(
        {
            "Between 3 February and 9 April 2021 it fell.": ["2021-02-03..2021-04-09"],
            "It rose from May to July 2020.": ["2020-05-01..2020-07-31"],
            "It ran from 3 to 9 April 2021.": ["2021-04-03..2021-04-09"],
            "It ran April 3-9, 2021.": ["2021-04-03..2021-04-09"],
            "It ran from 2014 to 2019.": ["2014-01-01..2019-12-31"],
            "Between 2014 and 2019 it fell.": ["2014-01-01..2019-12-31"],
            "It closed from December 2020 to March 2021.": ["2020-12-01..2021-03-31"],
            "It ran from November to February 2021.": ["2020-11-01..2021-02-28"],
            "It ran from October 3 to November 9.": ["2021-10-03..2021-11-09"],
            "It is open from Monday to Friday.": [],
            "It fell from 40 to 35 in March.": ["2022-03-01..2022-03-31"],
        },
        anchor=_THURSDAY,
    )


def test_the_nth_weekday_of_a_month_is_one_day() -> None:
    assert not wrong(
        {
            "The second Tuesday of September is a holiday.": ["2022-09-13"],
            "The last Sunday of March 2021 was wet.": ["2021-03-28"],
            "They vote on the first Thursday of next month.": ["2022-07-07"],
            "The third Monday in January 2020 was cold.": ["2020-01-20"],
            "On the fifth Monday of June 2021 nobody came.": [],
            "The last day of this month is a holiday.": ["2022-06-30"],
        },
        anchor=_THURSDAY,
    )


def test_named_days_are_right_or_blank() -> None:
    assert not wrong(
        {
            "On Good Friday 3 boats sank.": ["2022-04-15"],
            "On Easter Sunday 2019 it rained.": ["2019-04-21"],
            "The September 11 attacks changed the port.": ["2001-09-11"],
            "The 9/11 attacks changed the port.": ["2001-09-11"],
            "On Christmas Day the port was closed.": ["2021-12-25"],
            "The port will close on New Year's Eve.": ["2022-12-31"],
            "On Bloody Sunday 14 died.": [],
            "Orthodox Easter Sunday was late.": [],
            "Christmas sales rose.": [],
            "He died on Christmas Eve in 2019.": ["2019-12-24"],
            "On Whit Monday it was closed.": ["2022-06-06"],
            "The January 6 riot was mentioned.": ["2021-01-06"],
            "Since Christmas 2020 it has been closed.": ["2020-12-25..2022-06-16"],
        },
        anchor=_THURSDAY,
    )


def test_a_season_spans_two_years() -> None:
    assert not wrong(
        {
            "The 2014/15 season was short.": ["2014-07-01..2015-06-30"],
            "In 2018-19 it earned more.": ["2018-01-01..2019-12-31"],
            "The 2018–19 season was short.": ["2018-07-01..2019-06-30"],
            "In 2020/21 it earned less.": ["2020-01-01..2021-12-31"],
            "The season 1999/2000 was long.": ["1999-07-01..2000-06-30"],
        },
        anchor=_THURSDAY,
    )


def test_a_count_is_no_year() -> None:
    assert not wrong({"Salieron más de 2000 barcos.": []}, "es", _THURSDAY)
    assert not wrong({"Mehr als 2000 Boote sanken.": []}, "de", _THURSDAY)
    assert not wrong({"Plus de 2000 bateaux ont coulé.": []}, "fr", _THURSDAY)
    assert not wrong({"Up to 1900 boats sank.": [], "Some 2000 sank.": []}, anchor=_THURSDAY)


def test_other_languages_look_ahead_too() -> None:
    assert not wrong(
        {
            "Am 20. November sank das Boot.": ["2021-11-20"],
            "Am 20. November wird das Boot fahren.": ["2022-11-20"],
            "Es lief vom 3. bis 9. April 2021.": ["2021-04-03..2021-04-09"],
            "Ostermontag sank das Boot.": ["2022-04-18"],
        },
        "de",
        _THURSDAY,
    )
    assert not wrong(
        {
            "Le 20 novembre, le bateau a coulé.": ["2021-11-20"],
            "Du 3 au 9 avril 2021, il a coulé.": ["2021-04-03..2021-04-09"],
            "Le lundi de Pâques, il a coulé.": ["2022-04-18"],
        },
        "fr",
        _THURSDAY,
    )
    assert not wrong(
        {
            "El 20 de noviembre se hundió.": ["2021-11-20"],
            "Del 3 al 9 de abril de 2021 se hundió.": ["2021-04-03..2021-04-09"],
            "El Viernes Santo se hundió.": ["2022-04-15"],
        },
        "es",
        _THURSDAY,
    )


def test_without_the_articles_date_such_days_stay_blank() -> None:
    assert days("On Easter Monday it sank.", None) == ["None"]
    assert days("It ran from October 3 to November 9.", None) == ["None"]


def test_so_long_ago_at_the_beginning_of_a_sentence_is_a_date_and_no_figure() -> None:
    anchor = datetime.date(2026, 3, 11)
    dates = {
        "Two weeks ago 40 boats sank.": ["2026-02-25"],
        "A week ago 40 boats sank.": ["2026-03-04"],
        "Ten years ago 40 boats sank.": ["2016-01-01..2016-12-31"],
    }
    assert not wrong(dates, anchor=anchor)
    for text in dates:
        found = measurements.find(text, 0, anchor).quantities
        assert [one.value for one in found] == ["40"]
